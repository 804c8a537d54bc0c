"""The classes that a file may name: the layers, and the models themselves."""

from __future__ import annotations

from typing import Any

from course import layers
from course.engine.layer import Layer

LAYERS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in map(layers.__dict__.get, layers.__all__)
    if isinstance(kind, type) and kind is not Layer
}
# Filled by the modules of the models, which import from here.
MODELS: dict[str, type[Layer]] = {}


def is_model(layer: Any) -> bool:
    """Whether `layer` is a model with layers of its own."""
    return isinstance(layer, tuple(MODELS.values()))


def is_sequential(layer: Any) -> bool:
    """Whether `layer` is a chain of layers."""
    return isinstance(layer, MODELS["Sequential"])
