"""Weights whose variance fits the number of inputs and outputs of the layer."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from course import checks
from course.initializers.base import Seeded, Shape
from course.initializers.random import truncated_normal

MODES = ("fan_in", "fan_out", "fan_avg")
DISTRIBUTIONS = ("truncated_normal", "untruncated_normal", "uniform")
TRUNCATED_STDDEV = 0.87962566103423978  # of a standard normal cut off at ±2


def fans(shape: Shape) -> tuple[int, int]:
    """Return how many inputs a unit has, and how many units an input reaches.

    Parameters
    ----------
    shape : tuple of int
        ``(inputs, outputs)`` gives both as they are; ``(height, width, inputs, outputs)`` gives
        height·width·inputs and height·width·outputs; a vector's length stands for both.

    Returns
    -------
    fan_in, fan_out : int

    Raises
    ------
    TypeError
        If `shape` is no tuple.
    """
    if not isinstance(shape, tuple | list):
        raise TypeError(f"shape must be a tuple of whole numbers, got {shape!r}.")
    if len(shape) < 2:
        return (shape or (1,))[0], (shape or (1,))[0]
    field = prod(shape[:-2])
    return field * shape[-2], field * shape[-1]


def draw_scaled(
    shape: Shape, rng: np.random.Generator, scale: float, mode: str, distribution: str
) -> np.ndarray:
    """Return an array of mean 0 and variance scale / fan; see :class:`VarianceScaling`."""
    fan_in, fan_out = fans(shape)
    fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    variance = scale / max(1, fan)
    if distribution == "uniform":
        limit = sqrt(3 * variance)
        return rng.uniform(-limit, limit, shape)
    if distribution == "untruncated_normal":
        return rng.normal(0, sqrt(variance), shape)
    return sqrt(variance) / TRUNCATED_STDDEV * truncated_normal(shape, rng)


@dataclass
class VarianceScaling(Seeded):
    """Draws with mean 0 and a variance that keeps signals alike from layer to layer::

        Var W = scale / n        n = fan_in, fan_out, or their mean (fan_avg)

    from a normal distribution cut off at two standard deviations of it (and widened, so that
    the variance holds after the cut), from one that is not cut off, or from
    U(−√(3 scale/n), √(3 scale/n)).

    Parameters
    ----------
    scale : float, default 1.0
        Above 0.
    mode : {'fan_in', 'fan_out', 'fan_avg'}, default 'fan_in'
        What n is; see :func:`fans`.
    distribution : {'truncated_normal', 'untruncated_normal', 'uniform'}
        By default ``'truncated_normal'``, for which ``'normal'`` is another name.
    seed : int, optional
        See :class:`Initializer`.

    Raises
    ------
    TypeError, ValueError
        If `scale` is not above 0, or a name is unknown.

    References
    ----------
    He et al. (2015), Delving Deep into Rectifiers, equations 10 and 14.
    """

    scale: float = 1.0
    mode: str = "fan_in"
    distribution: str = "truncated_normal"
    seed: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.scale = checks.number("scale", self.scale, above=0)
        checks.one_of("mode", self.mode, MODES)
        checks.one_of("distribution", self.distribution, (*DISTRIBUTIONS, "normal"))
        if self.distribution == "normal":
            self.distribution = "truncated_normal"

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return draw_scaled(shape, rng, self.scale, self.mode, self.distribution)
