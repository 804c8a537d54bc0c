"""An activation of one's own: a function and its derivative."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class Custom(Activation):
    """An activation made of two functions, element by element::

        y = function(x)        ∂y/∂x = derivative(x)

    Parameters
    ----------
    function, derivative : callable
        Each takes an array of any shape and returns one of the same shape.

    Raises
    ------
    TypeError
        If either cannot be called.
    ValueError
        In use, if either returns another shape.

    Examples
    --------
    >>> square = Custom(lambda x: x * x, lambda x: 2 * x)
    >>> square([1.0, 3.0])
    array([1., 9.], dtype=float32)
    """

    from_output: ClassVar[bool] = False
    function: Callable[[np.ndarray], np.ndarray]
    derivative: Callable[[np.ndarray], np.ndarray]

    def __post_init__(self) -> None:
        for name in ("function", "derivative"):
            given = getattr(self, name)
            if not callable(given):
                raise TypeError(f"{name} must be a function of an array, got {given!r}.")

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        y = _of_shape("function", self.function(x), x)
        if out is None:
            return y
        out[...] = y
        return out

    def backward(self, dy: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return dy * _of_shape("derivative", self.derivative(x), x)

    def get_config(self) -> dict[str, Any]:
        raise TypeError(
            "A Custom activation holds Python functions, which cannot be written to a file. "
            "Make it a dataclass that inherits from Activation, or save the weights alone."
        )


def _of_shape(name: str, value: Any, x: np.ndarray) -> np.ndarray:
    value = np.asarray(value, x.dtype)
    if value.shape != x.shape:
        raise ValueError(
            f"The {name} of a Custom activation must return an array of the shape of its input, "
            f"{x.shape}, got {value.shape}."
        )
    return value
