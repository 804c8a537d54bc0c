"""Layers that end in an activation: y = activation(z)."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import activations
from course.engine.layer import Layer


class ActivatedLayer(Layer):
    """A layer whose output is ``y = activation(z)``, z being what it computes of its own.

    A subclass gives `linear_forward(x, training) -> z, cache`, where z is a fresh array, and
    `linear_backward(dz, cache, need_dx) -> dx`. The two halves stand apart because a loss such
    as cross-entropy is better computed from z than from y; see `Loss.on_logits`.

    Parameters
    ----------
    activation : str, Activation or None
        See :mod:`course.activations`.
    **kwargs
        See :class:`Layer`.
    """

    def __init__(self, activation: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.activation = activations.get(activation)

    def linear_forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        """Return z, a fresh array, and the cache of `linear_backward`."""
        raise NotImplementedError(f"{type(self).__name__} must define linear_forward(x, training).")

    def linear_backward(self, dz: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        """Assign the gradients of the weights and return dx."""
        raise NotImplementedError(
            f"{type(self).__name__} must define linear_backward(dz, cache, need_dx)."
        )

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        z, cache = self.linear_forward(x, training)
        f = self.activation
        if f.from_output:  # nobody needs z again, so y takes its place
            z, y = None, f.forward(z, z)
        else:
            y = f.forward(z)
        return y, (z, y, cache)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        z, y, cache = cache
        return self.linear_backward(self.activation.backward(dy, z, y), cache, need_dx)


def has_halves(layer: Layer) -> bool:
    """Whether `layer` is an activated layer that puts its two halves together as they are here."""
    kind = type(layer)
    return (
        isinstance(layer, ActivatedLayer)
        and kind.forward is ActivatedLayer.forward
        and kind.backward is ActivatedLayer.backward
    )
