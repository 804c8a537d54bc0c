"""Activations: what a layer does to its sums, element by element."""

from __future__ import annotations

from typing import Any

from course import lookup, serialization
from course.activations.base import Activation
from course.activations.custom import Custom
from course.activations.exponential import Exponential, exponential
from course.activations.exponential_linear import CELU, ELU, SELU, celu, elu, selu
from course.activations.gated import GELU, Mish, SiLU, gelu, mish, silu
from course.activations.linear import Linear, linear
from course.activations.rectifiers import LeakyReLU, ReLU, leaky_relu, relu, relu6
from course.activations.sigmoid import HardSigmoid, Sigmoid, hard_sigmoid, sigmoid
from course.activations.softmax import LogSoftmax, Softmax, log_softmax, softmax
from course.activations.softplus import Softplus, Softsign, softplus, softsign
from course.activations.tanh import HardTanh, Tanh, hard_tanh, tanh

swish = silu

NAMES: dict[str, Activation] = {
    "linear": linear,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "relu6": relu6,
    "leaky_relu": leaky_relu,
    "elu": elu,
    "selu": selu,
    "celu": celu,
    "gelu": gelu,
    "silu": silu,
    "swish": silu,
    "mish": mish,
    "softplus": softplus,
    "softsign": softsign,
    "hard_sigmoid": hard_sigmoid,
    "hard_tanh": hard_tanh,
    "exponential": exponential,
    "softmax": softmax,
    "log_softmax": log_softmax,
}

# Those that Keras has as layers: so it, too, can write them with parameters of their own.
LAYERS = (ReLU, LeakyReLU, ELU, Softmax)

CLASSES: dict[str, type[Activation]] = {type(f).__name__: type(f) for f in NAMES.values()}


def get(identifier: Any) -> Activation:
    """Return an activation for a name, a class, a config or an instance.

    Parameters
    ----------
    identifier : str, type, dict, Activation or None
        ``'relu'``, ``ReLU``, ``ReLU(negative_slope=0.1)``, what :func:`serialize` returns, or
        None for `linear`.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else; a function of one's own needs its derivative beside it.
    """
    identifier = serialization.custom(identifier)
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        return lookup.find(identifier, NAMES, "activation")
    if isinstance(identifier, Activation | type) or not callable(identifier):
        return lookup.resolve(identifier, CLASSES, "activation", Activation)
    name = getattr(identifier, "__name__", repr(identifier))
    raise TypeError(
        f"activation is the function {name}, whose derivative is not known. Give it beside the "
        f"function: activations.Custom({name}, derivative), where derivative(x) returns the "
        "derivative at each element of x, in its shape."
    )


def serialize(activation: Activation) -> str | dict[str, Any]:
    """Return what a file keeps of an activation, and :func:`get` understands.

    Returns
    -------
    str or dict
        Its name, ``'relu'``, or ``{'class_name': 'ReLU', 'config': {'negative_slope': 0.1, ...}}``
        where its parameters are not those that the name stands for.
    """
    for name, known in NAMES.items():
        if activation == known:
            return name
    if isinstance(activation, Custom):
        return serialization.function_entry(activation.function)
    extras = tuple(name for name, kind in CLASSES.items() if kind not in LAYERS)
    return serialization.entry(activation, "keras.layers", CLASSES, extras)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the activation that :func:`serialize`, here or in Keras, described.

    Parameters
    ----------
    config : dict, str or None
        What `serialize` returned.
    custom_objects : dict of str to object, optional
        Classes and functions of one's own, by name.
    """
    with serialization.custom_object_scope(custom_objects):
        return get(config)


__all__ = [
    "CELU",
    "ELU",
    "GELU",
    "SELU",
    "Activation",
    "Custom",
    "Exponential",
    "HardSigmoid",
    "HardTanh",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "Mish",
    "ReLU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softplus",
    "Softsign",
    "Tanh",
    "celu",
    "deserialize",
    "elu",
    "exponential",
    "gelu",
    "get",
    "hard_sigmoid",
    "hard_tanh",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mish",
    "relu",
    "relu6",
    "selu",
    "serialize",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "softsign",
    "swish",
    "tanh",
]
