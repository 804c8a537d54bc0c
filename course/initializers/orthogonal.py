"""Weights that turn and mirror, but do not stretch."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from course import checks
from course.initializers.base import Seeded, Shape


@dataclass
class Orthogonal(Seeded):
    """A random orthogonal matrix, times a gain g::

        W = g Q        QᵀQ = I, or QQᵀ = I where there are more columns than rows

    Kernels with more than two axes are orthogonal as matrices of shape
    (product of all axes but the last, last axis).

    Parameters
    ----------
    gain : float, default 1.0
        g, the singular value of W.
    seed : int, optional
        See :class:`Initializer`.

    Raises
    ------
    TypeError, ValueError
        If `gain` is no finite number; in use, if the shape has less than two axes.

    References
    ----------
    Saxe, McClelland and Ganguli (2014), Exact Solutions to the Nonlinear Dynamics of Learning
    in Deep Linear Neural Networks. That all Q are equally likely once the signs of the diagonal
    of R are moved into Q: Mezzadri (2007), How to Generate Random Matrices from the Classical
    Compact Groups, section 5.
    """

    gain: float = 1.0
    seed: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.gain = checks.number("gain", self.gain)

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        if len(shape) < 2:
            raise ValueError(f"Orthogonal makes arrays of two axes or more, got shape {shape}.")
        rows, columns = prod(shape[:-1]), shape[-1]
        tall = rng.standard_normal((max(rows, columns), min(rows, columns)))
        q, r = np.linalg.qr(tall)
        q *= np.sign(np.diag(r))
        return self.gain * (q if rows >= columns else q.T).reshape(shape)
