"""Weights that start from a fixed value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course import checks
from course.initializers.base import Initializer, Shape


@dataclass
class Zeros(Initializer):
    """W = 0: right for biases. In kernels it makes all units of a layer the same for ever."""

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return np.zeros(shape)


@dataclass
class Ones(Initializer):
    """W = 1, as for the scale of a normalization."""

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return np.ones(shape)


@dataclass
class Constant(Initializer):
    """W = c in every element.

    Parameters
    ----------
    value : float, default 0.0
        c.

    Raises
    ------
    TypeError, ValueError
        If `value` is no finite number; `set_weights` takes whole arrays.
    """

    value: float = 0.0

    def __post_init__(self) -> None:
        self.value = checks.number("value", self.value)

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return np.full(shape, self.value)


@dataclass
class Identity(Initializer):
    """W = c I, which hands its input on unchanged where c = 1.

    Parameters
    ----------
    gain : float, default 1.0
        c.

    Raises
    ------
    TypeError, ValueError
        If `gain` is no finite number; in use, if the shape is not (rows, columns).
    """

    gain: float = 1.0

    def __post_init__(self) -> None:
        self.gain = checks.number("gain", self.gain)

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        if len(shape) != 2:
            raise ValueError(
                f"Identity makes matrices, of shape (rows, columns), got shape {shape}."
            )
        return self.gain * np.eye(*shape)
