"""Layers: a file for each, the mathematics in its docstring and in the same symbols below."""

from __future__ import annotations

from course.engine.layer import Layer
from course.layers.activation import Activation
from course.layers.batch_normalization import BatchNormalization
from course.layers.dense import Dense
from course.layers.dropout import Dropout
from course.layers.flatten import Flatten
from course.layers.input_layer import Input, InputLayer
from course.layers.merging import Add, Concatenate

__all__ = [
    "Activation",
    "Add",
    "BatchNormalization",
    "Concatenate",
    "Dense",
    "Dropout",
    "Flatten",
    "Input",
    "InputLayer",
    "Layer",
]
