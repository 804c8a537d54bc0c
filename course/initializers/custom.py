"""An initializer of one's own: a function of the shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.initializers.base import Initializer, Shape


@dataclass
class Custom(Initializer):
    """Weights made by a function: W = function(shape).

    Parameters
    ----------
    function : callable
        Takes a tuple of int and returns an array of that shape. A second parameter `dtype`,
        if it has one, is left at its default.

    Raises
    ------
    TypeError
        If it cannot be called.
    ValueError
        In use, if it returns another shape.
    """

    function: Callable[[Shape], np.ndarray]

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise TypeError(f"function must be a function of a shape, got {self.function!r}.")

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        value = np.asarray(self.function(shape))
        if value.shape != shape:
            raise ValueError(
                f"The function of a Custom initializer must return an array of shape {shape}, "
                f"got {value.shape}."
            )
        return value

    def get_config(self) -> dict[str, Any]:
        raise TypeError(
            "A Custom initializer holds a Python function, which cannot be written to a file. "
            "Make it a dataclass that inherits from Initializer, or save the weights alone."
        )
