"""Layers: a file for each, the mathematics in its docstring and in the same symbols below."""

from __future__ import annotations

from course.engine.layer import Layer
from course.layers.activation import Activation
from course.layers.batch_normalization import BatchNormalization
from course.layers.conv2d import Conv2D
from course.layers.dense import Dense
from course.layers.dropout import Dropout
from course.layers.embedding import Embedding
from course.layers.flatten import Flatten
from course.layers.gaussian_noise import GaussianNoise
from course.layers.input_layer import Input, InputLayer
from course.layers.layer_normalization import LayerNormalization
from course.layers.merges import (
    add,
    average,
    concatenate,
    maximum,
    minimum,
    multiply,
    subtract,
)
from course.layers.merging import (
    Add,
    Average,
    Concatenate,
    Maximum,
    Minimum,
    Multiply,
    Subtract,
)
from course.layers.pooling import AveragePooling2D, GlobalAveragePooling2D, MaxPooling2D
from course.layers.rectifiers import LeakyReLU, ReLU
from course.layers.reshape import Reshape
from course.layers.simple_rnn import SimpleRNN
from course.layers.softmax import Softmax
from course.layers.up_sampling2d import UpSampling2D

# The short names that Keras has, too.
AvgPool2D, GlobalAvgPool2D, MaxPool2D = AveragePooling2D, GlobalAveragePooling2D, MaxPooling2D

__all__ = [
    "Activation",
    "Add",
    "Average",
    "AveragePooling2D",
    "AvgPool2D",
    "BatchNormalization",
    "Concatenate",
    "Conv2D",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "GaussianNoise",
    "GlobalAveragePooling2D",
    "GlobalAvgPool2D",
    "Input",
    "InputLayer",
    "Layer",
    "LayerNormalization",
    "LeakyReLU",
    "MaxPool2D",
    "MaxPooling2D",
    "Maximum",
    "Minimum",
    "Multiply",
    "ReLU",
    "Reshape",
    "SimpleRNN",
    "Softmax",
    "Subtract",
    "UpSampling2D",
    "add",
    "average",
    "concatenate",
    "maximum",
    "minimum",
    "multiply",
    "subtract",
]
