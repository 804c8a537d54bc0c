"""Losses: how far the outputs are from the targets, and which way to change them."""

from __future__ import annotations

from typing import Any

from course import lookup, serialization
from course.losses.binary_crossentropy import BinaryCrossentropy, binary_crossentropy
from course.losses.categorical_crossentropy import (
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
    categorical_crossentropy,
    sparse_categorical_crossentropy,
)
from course.losses.custom import Custom
from course.losses.hinge import Hinge, hinge
from course.losses.kl_divergence import KLDivergence, kl_divergence
from course.losses.loss import ElementwiseLoss, Loss
from course.losses.regression import (
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
)
from course.losses.robust import Huber, LogCosh, huber, log_cosh

FUNCTIONS = {
    mean_squared_error: MeanSquaredError,
    mean_absolute_error: MeanAbsoluteError,
    mean_absolute_percentage_error: MeanAbsolutePercentageError,
    huber: Huber,
    log_cosh: LogCosh,
    hinge: Hinge,
    binary_crossentropy: BinaryCrossentropy,
    categorical_crossentropy: CategoricalCrossentropy,
    sparse_categorical_crossentropy: SparseCategoricalCrossentropy,
    kl_divergence: KLDivergence,
}

TABLE: dict[str, type[Loss]] = {
    "mse": MeanSquaredError,
    "mae": MeanAbsoluteError,
    "mape": MeanAbsolutePercentageError,
    "huber_loss": Huber,
    "bce": BinaryCrossentropy,
    "kld": KLDivergence,
    "kullback_leibler_divergence": KLDivergence,
    **{loss.__name__: loss for loss in FUNCTIONS.values()},
    **{function.__name__: loss for function, loss in FUNCTIONS.items()},
}

ONLY_HERE = ("huber_loss", "kullback_leibler_divergence")  # names that Keras no longer has


def get(identifier: Any) -> Loss:
    """Return a loss for a name, a function or class of this package, a config or an instance.

    Parameters
    ----------
    identifier : str, callable, type, dict or Loss
        ``'mse'``, ``mean_squared_error``, ``MeanSquaredError``, ``MeanSquaredError()``, or
        ``{'class_name': 'Huber', 'config': {'delta': 2.0}}``.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else; a function of one's own needs its derivative beside it.
    """
    identifier = serialization.custom(identifier)
    if isinstance(identifier, Loss | type | str | dict) or not callable(identifier):
        return lookup.resolve(identifier, TABLE, "loss", Loss)
    if identifier in FUNCTIONS:
        return FUNCTIONS[identifier]()
    name = getattr(identifier, "__name__", repr(identifier))
    raise TypeError(
        f"loss is the function {name}, whose derivative is not known. Give it beside the "
        f"function: losses.Custom({name}, gradient), where gradient(y_true, y_pred) returns the "
        "derivatives with respect to y_pred, in its shape."
    )


def serialize(loss: Any) -> Any:
    """Return an entry for a file, see :mod:`course.serialization`; a name of Keras stays a name.

    Of a :class:`Custom` loss it is the name only, by which `custom_objects` give the loss again.
    """
    if loss is None or (isinstance(loss, str) and loss in TABLE and loss not in ONLY_HERE):
        return loss
    loss = get(loss)
    if isinstance(loss, Custom):
        return {**serialization.function_entry(loss.function), "config": loss.name}
    return serialization.entry(loss, "keras.losses", TABLE)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the loss that :func:`serialize`, here or in Keras, described.

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
    "TABLE",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Custom",
    "ElementwiseLoss",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "Loss",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanSquaredError",
    "SparseCategoricalCrossentropy",
    "binary_crossentropy",
    "categorical_crossentropy",
    "deserialize",
    "get",
    "hinge",
    "huber",
    "kl_divergence",
    "log_cosh",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "serialize",
    "sparse_categorical_crossentropy",
]
