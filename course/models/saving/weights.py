"""The arrays of a model in a weights file: writing them, and finding them all before one is read.

A file is read in two steps. The first compares what the model needs with what the file declares
and holds, and changes nothing; the second reads and assigns.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from course import lookup
from course.engine.hollow import fill
from course.engine.variable import Variable
from course.models.saving import state
from course.models.saving.hdf5 import Dataset, Reader, read_all

CONTAINERS = ("layers", "_layer_checkpoint_dependencies")
GENERATOR = "generator"


class Found(NamedTuple):
    """Arrays in a file, and what they belong to; nothing is read yet."""

    weights: list[tuple[Variable, Dataset]]
    optimizer: list[Dataset]
    generators: list[tuple[Any, dict[str, Any]]]


# -- writing -----------------------------------------------------------------------------------


@contextmanager
def new_file() -> Iterator[tuple[Any, io.BytesIO]]:
    """Make an HDF5 file in memory; its bytes are there when the block has ended."""
    import h5py

    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        yield file, content


def to_bytes(model: Any) -> bytes:
    """Return a weights file: all weights, and the optimizer's state where there is one."""
    with new_file() as (file, content):
        file.create_group("vars").attrs["name"] = model.name
        for place in state.places(model):
            file.require_group(f"{place.path}/vars").attrs["name"] = place.layer.name
            group = file.require_group(state.group_of(place))
            for number, v in enumerate(place.variables):
                group[str(number)] = v.value
            if place.layer.generator is not None:
                group.attrs[GENERATOR] = json.dumps(place.layer.generator.bit_generator.state)
        if has_optimizer(model):
            group = file.create_group("optimizer/vars")
            group.attrs["name"] = model.optimizer.name
            for number, array in enumerate(state.optimizer_arrays(model)):
                group[str(number)] = array
    return content.getvalue()


def has_optimizer(model: Any) -> bool:
    """Whether there is an optimizer with a state."""
    return model._compiled is not None and model.built


# -- finding -----------------------------------------------------------------------------------


def find_weights(model: Any, file: Reader) -> list[tuple[Variable, Dataset]]:
    """Return each weight of a model with the array in the file that is its own.

    Raises
    ------
    ValueError
        If one is missing or has another shape, or the file has more.
    """
    container = next((name for name in CONTAINERS if name in file), CONTAINERS[0])
    found, known = [], set()
    for place in state.places(model, container):
        group = state.group_of(place)
        known.add(group)
        datasets = _numbered(file, group)
        check_layer(place.layer.name, place.variables, datasets)
        found += zip(place.variables, datasets, strict=True)
    _refuse_more(file, container, known)
    return found


def _numbered(file: Reader, path: str) -> list[Dataset]:
    """Return the arrays 0, 1, 2, ... of a group; none where there is no group."""
    if path not in file:
        return []
    count = len(file.within(path).names())
    return [file.dataset(f"{path}/{number}") for number in range(count)]


def check_layer(layer: str, variables: list[Variable], datasets: list[Dataset]) -> None:
    """Compare the shapes of a layer's weights with those of the arrays for it.

    Raises
    ------
    ValueError
        If they differ; both are given.
    """
    wanted = [(v.name, v.shape) for v in variables]
    given = [d.shape for d in datasets]
    if [shape for _, shape in wanted] != given:
        needs = ", ".join(f"{name} {shape}" for name, shape in wanted) or "no weights"
        holds = ", ".join(map(str, given)) or "nothing for it"
        raise ValueError(f"layer {layer!r} has {needs}, but the file holds {holds}")


def _refuse_more(file: Reader, container: str, known: set[str]) -> None:
    if container not in file:
        return
    for path in _groups_with_arrays(file.within(container), container, 0):
        if path not in known:
            hint = lookup.nearest(path, sorted(known)).replace("Did you mean", "The nearest is")
            raise ValueError(
                f"it holds weights in {path!r}, for which the model has no layer.{hint}"
            )


def _groups_with_arrays(group: Reader, path: str, depth: int) -> Iterator[str]:
    if depth > 100:
        raise ValueError("its groups are nested too deeply")
    for name in group.names():
        inner = f"{path}/{name}"
        if name == "vars":
            if group.within(name).names():
                yield inner
        elif name != "seed_generator":  # of Keras' random layers; its numbers are drawn otherwise
            yield from _groups_with_arrays(group.within(name), inner, depth + 1)


def find_generators(model: Any, file: Reader) -> list[tuple[Any, dict[str, Any]]]:
    """Return the random generators of layers with a seed, each with its state in the file."""
    found = []
    for place in state.places(model):
        group = state.group_of(place)
        if place.layer.generator is None or group not in file:
            continue
        text = file.within(group).text(GENERATOR)
        if text is not None:
            found.append((place.layer.generator, generator_state(text)))
    return found


def generator_state(text: str) -> dict[str, Any]:
    """Return the state of a PCG64 generator that JSON tells of, checked."""
    try:
        told = json.loads(text)
        known = {
            "bit_generator": "PCG64",
            "state": {key: int(told["state"][key]) for key in ("state", "inc")},
            "has_uint32": int(told["has_uint32"]),
            "uinteger": int(told["uinteger"]),
        }
        np.random.PCG64(0).state = known
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError("its state of a random generator is damaged") from error
    return known


def find_optimizer(model: Any, file: Reader) -> list[Dataset]:
    """Return the arrays of the optimizer; none where the file has none.

    Raises
    ------
    ValueError
        If they do not fit the optimizer and the weights that training moves.
    """
    if not has_optimizer(model) or "optimizer/vars" not in file:
        return []
    datasets = _numbered(file, "optimizer/vars")
    check_optimizer(model, datasets)
    return datasets


def check_optimizer(model: Any, datasets: list[Dataset]) -> None:
    """Compare the shapes of the arrays with those of the optimizer's state."""
    wanted, given = state.optimizer_shapes(model), [d.shape for d in datasets]
    alone = 1 + state.has_plain_rate(model.optimizer)
    if given not in (wanted, wanted[:alone]):  # the latter where no step was made
        kind = type(model.optimizer).__name__
        raise ValueError(
            f"its state of the optimizer does not fit {kind}: the file holds {len(given)} arrays "
            f"of shapes {given!s:.200}, needed are {len(wanted)} of shapes {wanted!s:.200}. "
            "load_model(path, compile=False) loads the weights alone"
        )


# -- reading -----------------------------------------------------------------------------------


def read(model: Any, found: Found, size: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Read what was found; return the weights, and the state of the optimizer, both checked."""
    datasets = [dataset for _, dataset in found.weights] + found.optimizer
    arrays = read_all(datasets, size)
    cut = len(found.weights)
    if found.optimizer:
        state.check_numbers(model, arrays[cut:])
    return arrays[:cut], arrays[cut:]


def assign(model: Any, found: Found, weights: list[np.ndarray], state_: list[np.ndarray]) -> None:
    """Put what was read into the model. Nothing here fails."""
    for (variable, _), array in zip(found.weights, weights, strict=True):
        fill(variable, array)
    if state_:
        state.set_optimizer(model, state_)
    for generator, told in found.generators:
        generator.bit_generator.state = told
