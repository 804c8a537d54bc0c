"""What a layer was made with, in a form that a file can hold."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from course import activations, config, constraints, initializers, regularizers, serialization

_PLAIN = (bool, int, float, str, type(None))
_FAMILIES = (
    (activations.Activation, activations),
    (initializers.Initializer, initializers),
    (regularizers.Regularizer, regularizers),
    (constraints.Constraint, constraints),
)
# Kept by every layer; `input_shape` lives on in the Input of a model.
_COMMON = ("name", "trainable", "activity_regularizer", "input_shape")


def arguments(layer: Any, strict: bool = True) -> dict[str, Any]:
    """Return the arguments that make a layer like this one, read from its attributes.

    They are those in the signature of its class, and those that were handed on in ``**kwargs``.
    Where a class adds to `get_config` itself, which is not `strict`, what it does not keep is left
    out: it will add that.

    Raises
    ------
    TypeError
        If the layer does not keep one of them under its name.
    """
    kind = type(layer)
    found: dict[str, Any] = {"name": layer.name, "trainable": layer.trainable}
    if layer.activity_regularizer is not None:
        found["activity_regularizer"] = layer.activity_regularizer
    handed_on = set(layer.given) & set(serialization.parameters(kind))
    for name in [*_signature(kind), *sorted(handed_on)]:
        if name in found or name in _COMMON:
            continue
        if not strict and not hasattr(layer, name):
            continue
        if not hasattr(layer, name):
            raise TypeError(
                f"{kind.__name__} does not keep its argument {name!r} as self.{name}, so a layer "
                f"like it cannot be made again. Set self.{name} = {name} in __init__, or define "
                "get_config(self), which returns the arguments by name."
            )
        found[name] = getattr(layer, name)
    return found


def _signature(kind: type) -> list[str]:
    _, *given = inspect.signature(kind.__init__).parameters.values()  # self, however it is called
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [p.name for p in given if p.kind in named]


def dtype_entry() -> dict[str, Any]:
    """Return the entry by which Keras knows the type of the weights."""
    return {
        "module": "keras",
        "class_name": "DTypePolicy",
        "config": {"name": config.floatx()},
        "registered_name": None,
    }


def plain(owner: str, name: str, value: Any) -> Any:
    """Return the value of an argument as JSON can hold it.

    Raises
    ------
    TypeError
        If it is an object that does not say how it was made.
    """
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list | tuple):
        return [plain(owner, name, part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(owner, name, part) for key, part in value.items()}
    for family, module in _FAMILIES:
        if isinstance(value, family):
            return module.serialize(value)
    if inspect.isfunction(value) or hasattr(value, "get_config"):
        return serialization.entry(value, "", {})
    raise TypeError(
        f"{owner} holds {name}={value!r:.80}, which cannot be written to a file. Define "
        f"get_config(self) in {owner}, which returns its arguments as numbers, strings and lists, "
        "and from_config(cls, config) if they must be converted back."
    )
