"""The older `.h5` format of whole models, by the order of layers rather than their places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from course.engine.layer import Layer
from course.engine.variable import Variable
from course.models.saving import state, weights
from course.models.saving.archive import KERAS_VERSION, parse
from course.models.saving.classes import is_model
from course.models.saving.hdf5 import Dataset, Reader

LIMIT = 64_512  # bytes of one attribute in HDF5
TOP = "top_level_model_weights"


# -- writing -----------------------------------------------------------------------------------


def to_bytes(model: Any, entry: dict[str, Any], compiled: dict[str, Any] | None) -> bytes:
    """Return an `.h5` file of a model, its configuration and what it was compiled with."""
    with weights.new_file() as (file, content):
        _sign(file)
        file.attrs["model_config"] = json.dumps(entry, allow_nan=False)
        if compiled is not None:
            training = {**compiled, "optimizer_config": compiled["optimizer"]}
            del training["optimizer"]
            file.attrs["training_config"] = json.dumps(training, allow_nan=False)
        _write_layers(file.create_group("model_weights"), model)
        if compiled is not None and weights.has_optimizer(model):
            names = state.optimizer_names(model, _names(model))
            group = file.create_group("optimizer_weights")
            _write_arrays(group, names, state.optimizer_arrays(model))
    return content.getvalue()


def _sign(group: Any) -> None:
    group.attrs["backend"], group.attrs["keras_version"] = "numpy", KERAS_VERSION


def _write_layers(group: Any, model: Any) -> None:
    layers = model.layers
    _sign(group)
    _write_texts(group, "layer_names", [layer.name for layer in layers])
    for layer in layers:
        variables, names = _variables(layer), _names(layer)
        arrays = [v.value for v in variables]
        _write_arrays(group.create_group(layer.name), [names[v] for v in variables], arrays)
    _write_texts(group.create_group(TOP), "weight_names", [])


def _write_arrays(group: Any, names: list[str], arrays: list[np.ndarray]) -> None:
    _write_texts(group, "weight_names", names)
    for name, array in zip(names, arrays, strict=True):
        group[name] = array


def _write_texts(group: Any, name: str, texts: list[str]) -> None:
    """Write a list as an attribute, or as several where it is longer than HDF5 allows."""
    values = np.array([text.encode() for text in texts]) if texts else np.array([])
    if values.nbytes <= LIMIT:
        group.attrs[name] = values
        return
    count = -(-values.nbytes // LIMIT)
    for number, part in enumerate(np.array_split(values, count + 1)):
        group.attrs[f"{name}{number}"] = part


def _names(layer: Layer, path: str = "") -> dict[Variable, str]:
    path = f"{path}{layer.name}/"
    if not is_model(layer):
        return {v: f"{path}{v.name}" for v in layer.weights}
    named: dict[Variable, str] = {}
    for inner in layer.layers:
        named |= {v: name for v, name in _names(inner, path).items() if v not in named}
    return named


# -- the order of weights ----------------------------------------------------------------------


def _variables(layer: Layer) -> list[Variable]:
    """Return the weights of a layer as Keras lists them: first those that training moves."""
    variables = list(dict.fromkeys(_flat(layer)))
    moving = set(layer.trainable_weights)
    return sorted(variables, key=lambda v: v not in moving)


def _flat(layer: Layer) -> Iterator[Variable]:
    if is_model(layer):
        for inner in layer.layers:
            yield from _flat(inner)
    else:
        yield from layer.weights


# -- reading -----------------------------------------------------------------------------------


def is_legacy(file: Reader) -> bool:
    """Whether a file holds weights in this older form."""
    return bool("model_weights" in file or file.texts("layer_names"))


def configs(file: Reader) -> tuple[Any, Any]:
    """Return the entry of the model, and what it was compiled with or None.

    Raises
    ------
    ValueError
        If the file holds no model.
    """
    text = file.text("model_config")
    if text is None:
        what = "weights alone" if is_legacy(file) or "layers" in file else "no model"
        raise ValueError(f"it holds {what}; build the model and call load_weights for weights")
    training = file.text("training_config")
    if training is None:
        return parse(text, "model_config"), None
    compiled = parse(training, "training_config")
    if isinstance(compiled, dict):
        compiled["optimizer"] = compiled.pop("optimizer_config", None)
    return parse(text, "model_config"), compiled


def find_weights(model: Any, file: Reader) -> list[tuple[Variable, Dataset]]:
    """Return each weight with the array that stands at its place in the order of layers.

    Raises
    ------
    ValueError
        If the numbers of layers, or any shapes, differ.
    """
    group = file.within("model_weights") if "model_weights" in file else file
    layers = [layer for layer in model.layers if layer.weights]
    stored = {name: _arrays(group.within(name)) for name in group.texts("layer_names")}
    stored = {name: datasets for name, datasets in stored.items() if datasets}
    if len(layers) != len(stored):
        raise ValueError(
            f"it holds weights of {len(stored)} layers, {list(stored)!s:.200}, but the model has "
            f"{len(layers)} with weights, {[layer.name for layer in layers]!s:.200}"
        )
    found = []
    for layer, datasets in zip(layers, stored.values(), strict=True):
        variables = _variables(layer)
        weights.check_layer(layer.name, variables, datasets)
        found += zip(variables, datasets, strict=True)
    return found


def find_optimizer(model: Any, file: Reader) -> list[Dataset]:
    """Return the arrays of the optimizer; none where the file has none."""
    if not weights.has_optimizer(model) or "optimizer_weights" not in file:
        return []
    datasets = _arrays(file.within("optimizer_weights"))
    weights.check_optimizer(model, datasets)
    return datasets


def _arrays(group: Reader) -> list[Dataset]:
    return [group.dataset(name) for name in group.texts("weight_names")]
