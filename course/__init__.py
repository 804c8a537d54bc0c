"""A small neural network in NumPy, with the names of Keras, made to be read.

::

    import course as keras

    model = keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(8, activation="tanh"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, epochs=20, validation_split=0.2)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from course import (
    activations,
    callbacks,
    config,
    constraints,
    datasets,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    saving,
    utils,
)
from course.config import set_random_seed
from course.layers import Input, Layer
from course.models import Model, Sequential

__version__ = "0.1.0"

__all__ = [
    "Input",
    "Layer",
    "Model",
    "Sequential",
    "activations",
    "callbacks",
    "config",
    "constraints",
    "datasets",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "regularizers",
    "saving",
    "set_random_seed",
    "utils",
]


def __getattr__(name: str) -> Any:
    """Load what is not for every program when it is first asked for."""
    if name in ("tuners", "wrappers"):
        return import_module(f"course.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
