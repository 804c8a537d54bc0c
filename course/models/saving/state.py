"""Where in a file each array of a model lies: the layout of Keras 3.

::

    layers/dense/vars/0            the weights of a layer, those that training moves first
    layers/dense_1/vars/0          by class and number, not by the layer's name
    layers/sequential/layers/...   a model within the model
    optimizer/vars/0               iterations, learning rate, then the slots
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from course import checks
from course.engine.layer import Layer, snake_case
from course.engine.variable import Variable
from course.models.saving.classes import is_model

# Where Keras keeps the weights in an object within the layer.
WITHIN = {"SimpleRNN": "cell"}


class Place(NamedTuple):
    """The weights of one layer, and where they lie."""

    path: str
    layer: Layer
    variables: list[Variable]


def places(model: Any, container: str = "layers") -> list[Place]:
    """Return where the weights of each layer lie, also of those that have none.

    Parameters
    ----------
    model : Model
        Built.
    container : str, default 'layers'
        The group of the layers; older versions of Keras call it otherwise.
    """
    return list(_places(model, "", container, set()))


def _places(model: Any, path: str, container: str, seen: set[Layer]) -> Iterator[Place]:
    seen.add(model)
    counts: dict[str, int] = {}
    for layer in model.layers:
        kind = "Functional" if _is_functional(layer) else type(layer).__name__
        base = snake_case(kind)
        number = counts[base] = counts.get(base, -1) + 1
        name = f"{base}_{number}" if number else base
        if layer in seen:
            continue
        seen.add(layer)
        inner = f"{path}{container}/{name}"
        if is_model(layer):
            yield from _places(layer, f"{inner}/", container, seen)
        else:
            yield Place(inner, layer, _moving_first(layer))


def _is_functional(layer: Layer) -> bool:
    return is_model(layer) and type(layer).__name__ == "Model"


def _moving_first(layer: Layer) -> list[Variable]:
    return sorted(layer.weights, key=lambda v: not v.trainable)


def group_of(place: Place) -> str:
    """Return the path of the group that holds the arrays."""
    within = WITHIN.get(type(place.layer).__name__)
    return f"{place.path}/{within}/vars" if within else f"{place.path}/vars"


def trainable_in_order(model: Any) -> list[Variable]:
    """Return the variables that training moves now, in the order of Keras."""
    moving = set(model.trainable_weights)
    found = [v for place in places(model) for v in place.variables if v in moving]
    return list(dict.fromkeys(found))


# -- the optimizer -----------------------------------------------------------------------------


def optimizer_names(model: Any, names: dict[Variable, str]) -> list[str]:
    """Return a name for each array of the optimizer, given one for each weight."""
    optimizer = model.optimizer
    start = ["iteration"] + ["learning_rate"] * has_plain_rate(optimizer)
    slots = [f"{names[v].replace('/', '_')}_{slot}" for v, slot in _slots(model)]
    return [f"{optimizer.name}/{n}" for n in [*start, *slots, *optimizer.scalars()]]


def has_plain_rate(optimizer: Any) -> bool:
    """Whether the learning rate is a number, which Keras then keeps among its variables."""
    return isinstance(optimizer.get_config()["learning_rate"], float | int)


def _slots(model: Any) -> list[tuple[Variable, str]]:
    variables = trainable_in_order(model)
    groups = model.optimizer.slot_groups()
    return [(v, slot) for group in groups for v in variables for slot in group]


def optimizer_arrays(model: Any) -> list[np.ndarray]:
    """Return the state of the optimizer as arrays, in the order of Keras."""
    optimizer, parameters = model.optimizer, model.parameters
    arrays = [np.asarray(optimizer.iterations, "int32")]
    if has_plain_rate(optimizer):
        arrays.append(np.asarray(optimizer.current_learning_rate(), "float32"))
    for v, slot in _slots(model):
        arrays.append(parameters.slots_of(v)[slot])
    return arrays + [np.asarray(number, "float32") for number in optimizer.scalars().values()]


def optimizer_shapes(model: Any) -> list[tuple[int, ...]]:
    """Return the shapes of :func:`optimizer_arrays`."""
    optimizer = model.optimizer
    alone = 1 + has_plain_rate(optimizer)
    slots = [v.shape for v, _ in _slots(model)]
    return [()] * alone + slots + [()] * len(optimizer.scalars())


def check_numbers(model: Any, arrays: list[np.ndarray]) -> None:
    """Refuse a count of steps, or a learning rate, that no optimizer can have.

    Raises
    ------
    ValueError
        If one is negative, NaN or infinite.
    """
    told = ("number of steps", "learning rate")[: 1 + has_plain_rate(model.optimizer)]
    for what, array in zip(told, arrays, strict=False):
        checks.number(f"the optimizer's {what}", array.item(), 0)


def set_optimizer(model: Any, arrays: list[np.ndarray]) -> None:
    """Put the arrays, which fit, into the optimizer.

    Fewer than there are belong to an optimizer that had made no step: its slots stay fresh.
    """
    optimizer, parameters = model.optimizer, model.parameters
    optimizer.iterations = int(arrays[0])
    alone = 1
    if has_plain_rate(optimizer):
        alone, rate = 2, float(arrays[1])
        if np.float32(optimizer.current_learning_rate()) != np.float32(rate):
            optimizer.learning_rate = rate  # else the configuration has more digits of it
    for (v, slot), array in zip(_slots(model), arrays[alone:], strict=False):
        parameters.slots_of(v)[slot][...] = array
