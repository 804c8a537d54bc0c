"""Add noise while training."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.engine.layer import Layer


class GaussianNoise(Layer):
    """Additive noise::

        training:    y = x + e,   e drawn anew for each batch from N(0, stddev²)
        inference:   y = x

    The gradient passes unchanged, dx = dy. Input and output have the same shape.

    Parameters
    ----------
    stddev : float
        The standard deviation of the noise, in [0, 1] as in Keras: scale the inputs first, so
        that it is measured against their own spread of about 1.
    seed : int, optional
        Makes the sequence of noises repeat.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If `stddev` is no number in [0, 1], or `seed` no whole number of at least 0.

    References
    ----------
    Bishop (1995), Training with noise is equivalent to Tikhonov regularization.
    """

    def __init__(self, stddev: float, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stddev = checks.number("stddev", stddev, 0, 1)
        self.seed = seed
        self.generator = None if seed is None else config.generator(seed)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        if not training or self.stddev == 0:
            return x, None
        generator = self.generator or config.generator()
        e = generator.standard_normal(x.shape, x.dtype)
        e *= self.stddev
        e += x
        return e, None

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy
