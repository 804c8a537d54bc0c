"""An activation as a layer of its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.engine.activated import ActivatedLayer


class Activation(ActivatedLayer):
    """Apply an activation element by element: y = f(x), dx = f'(x)·dy.

    Input and output have the same shape.

    Parameters
    ----------
    activation : str, Activation or None
        f; see :mod:`course.activations`. None is the identity.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If `activation` is missing, unknown, or a function without its derivative.
    """

    def __init__(self, activation: Any, **kwargs: Any) -> None:
        super().__init__(activation, **kwargs)

    def linear_forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x.copy(), None

    def linear_backward(self, dz: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dz
