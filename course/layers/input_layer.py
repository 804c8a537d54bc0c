"""Where data enters a model."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer
from course.engine.symbolic import Node, Tensor


class InputLayer(Layer):
    """The entry of a model; it hands its input on.

    Parameters
    ----------
    shape : tuple of int
        Shape of one sample, without the batch: ``(2,)``, ``(28, 28, 1)``.
    name : str, optional
        ``'input_layer'`` by default.

    Raises
    ------
    TypeError, ValueError
        If `shape` is no tuple of whole numbers of at least 1.
    """

    def __init__(self, shape: tuple[int, ...], name: str | None = None) -> None:
        super().__init__(name=name)
        if not isinstance(shape, tuple | list):
            raise TypeError(
                f"Input(shape=...) takes a tuple such as (2,) for two features, got {shape!r}."
            )
        sizes = (None if n is None else checks.integer("shape", n, 1) for n in shape)
        self.batch_shape = (None, *sizes)
        self.built = True
        self.output = Tensor(self.batch_shape, Node(self, [], False, None))

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x, None

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy


def Input(shape: tuple[int, ...], name: str | None = None) -> Tensor:
    """Return a symbolic tensor through which data will enter.

    Parameters
    ----------
    shape : tuple of int
        Shape of one sample, without the batch: ``Input(shape=(2,))``.
    name : str, optional
        Name of the input.
    """
    return InputLayer(shape, name).output
