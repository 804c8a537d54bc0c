"""Weights drawn from a distribution whose width does not depend on the shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course import checks
from course.initializers.base import Seeded, Shape


@dataclass
class RandomUniform(Seeded):
    """W ~ U(minval, maxval), every value between the two equally likely.

    Parameters
    ----------
    minval, maxval : float, default -0.05 and 0.05
        Bounds, minval ≤ maxval.
    seed : int, optional
        See :class:`Initializer`.

    Raises
    ------
    TypeError, ValueError
        If a bound, or what is between them, is no finite number, or minval > maxval.
    """

    minval: float = -0.05
    maxval: float = 0.05
    seed: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.minval = checks.number("minval", self.minval)
        self.maxval = checks.number("maxval", self.maxval, self.minval)
        checks.number("maxval - minval", self.maxval - self.minval)

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return rng.uniform(self.minval, self.maxval, shape)


@dataclass
class RandomNormal(Seeded):
    """W ~ N(mean, stddev²), the normal distribution.

    Parameters
    ----------
    mean : float, default 0.0
    stddev : float, default 0.05
        At least 0.
    seed : int, optional
        See :class:`Initializer`.

    Raises
    ------
    TypeError, ValueError
        If either is no finite number, or `stddev` is negative.
    """

    mean: float = 0.0
    stddev: float = 0.05
    seed: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.mean = checks.number("mean", self.mean)
        self.stddev = checks.number("stddev", self.stddev, 0)

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return rng.normal(self.mean, self.stddev, shape)


@dataclass
class TruncatedNormal(RandomNormal):
    """W ~ N(mean, stddev²), drawn again where it is more than 2 stddev from the mean.

    The standard deviation of what is left is 0.8796 times `stddev`.

    Parameters
    ----------
    mean, stddev, seed
        See :class:`RandomNormal`.
    """

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return self.mean + self.stddev * truncated_normal(shape, rng)


def truncated_normal(shape: Shape, rng: np.random.Generator) -> np.ndarray:
    """Return an array of standard normal numbers, none of them beyond ±2."""
    z = rng.standard_normal(shape)
    beyond = np.abs(z) > 2
    while beyond.any():
        z[beyond] = rng.standard_normal(np.count_nonzero(beyond))
        beyond = np.abs(z) > 2
    return z
