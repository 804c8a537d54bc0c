"""Random landscapes over two hyperparameters, searched by a grid and at random."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import checks, config

Effect = Callable[[np.ndarray], np.ndarray]
GRIDS = ("cell centres", "with the ends")
SHAPES = ("one hill", "wiggly")
WIDTH = 0.2  # of a hill; also about how soon a wiggly curve forgets its height
WAVES = 12
LANDSCAPES = 2000


class Contest(NamedTuple):
    """The best scores of both searches on each landscape.

    Attributes
    ----------
    grid, random : arrays of shape (landscapes,)
    """

    grid: np.ndarray
    random: np.ndarray

    @property
    def random_wins(self) -> float:
        """The share of landscapes on which the best random trial is the better one."""
        return float(np.mean(self.random > self.grid))

    @property
    def margin(self) -> float:
        """Half the width of the 95 % interval for `random_wins`."""
        share = self.random_wins
        return float(1.96 * np.sqrt(share * (1 - share) / len(self.random)))


class Curves:
    """One curve a landscape: what one hyperparameter, in [0, 1], adds to the score.

    ``'one hill'`` is ``exp(−(u − c)²/2·0.2²)`` with its top c uniform in [0, 1]; ``'wiggly'`` a
    sum of twelve cosines with random frequencies, phases and heights.

    Parameters
    ----------
    shape : {'one hill', 'wiggly'}
    landscapes : int
    seed : int
    """

    def __init__(self, shape: str, landscapes: int, seed: int) -> None:
        self.shape = checks.one_of("shape", shape, SHAPES)
        rng = config.generator(seed)
        self.tops = rng.random(landscapes)
        self.waves = rng.normal(0, 1 / WIDTH, (landscapes, WAVES))
        self.phases = rng.uniform(0, 2 * np.pi, (landscapes, WAVES))
        self.heights = rng.normal(0, np.sqrt(2 / WAVES), (landscapes, WAVES))

    def __call__(self, u: np.ndarray, which: slice = slice(None)) -> np.ndarray:
        """Return heights at `u` of shape (n,), or (landscapes, n), as (landscapes, n)."""
        if self.shape == "one hill":
            return np.exp(-((u - self.tops[which, None]) ** 2) / (2 * WIDTH**2))
        u = np.broadcast_to(u, (len(self.tops[which]), np.shape(u)[-1]))
        total = np.zeros(u.shape)
        for k in range(WAVES):
            wave, phase, height = (
                part[which, k, None] for part in (self.waves, self.phases, self.heights)
            )
            total += height * np.cos(wave * u + phase)
        return total


class Ground(NamedTuple):
    """What both searches tried, and what each hyperparameter added there.

    Attributes
    ----------
    grid : array of shape (trials, 2)
    random : array of shape (landscapes, trials, 2)
    curves : pair of Curves
    on_grid, at_random : pairs of arrays of shape (landscapes, trials)
        The heights of the two curves.
    """

    grid: np.ndarray
    random: np.ndarray
    curves: tuple[Curves, Curves]
    on_grid: tuple[np.ndarray, np.ndarray]
    at_random: tuple[np.ndarray, np.ndarray]


def grid_values(k: int, kind: str = GRIDS[0]) -> np.ndarray:
    """Return `k` values in [0, 1], evenly spaced.

    Parameters
    ----------
    k : int
        At least 2.
    kind : {'cell centres', 'with the ends'}
        Centres of k equal cells, from which no value is further than 1/2k; or 0, ..., 1.
    """
    checks.integer("k", k, 2)
    if checks.one_of("kind", kind, GRIDS) == GRIDS[0]:
        return (np.arange(k) + 0.5) / k
    return np.linspace(0, 1, k)


@lru_cache(maxsize=16)
def ground(k: int = 3, kind: str = GRIDS[0], shape: str = SHAPES[0], seed: int = 0) -> Ground:
    """Return 2,000 landscapes, the k×k grid, and as many random trials on each of them.

    Parameters
    ----------
    k : int, default 3
        Values of the grid a hyperparameter.
    kind : {'cell centres', 'with the ends'}
    shape : {'one hill', 'wiggly'}
    seed : int, default 0
        Of landscapes and of trials.
    """
    values = grid_values(k, kind)
    grid = np.stack(np.meshgrid(values, values), -1).reshape(-1, 2)
    random = config.generator(3 * seed + 2).random((LANDSCAPES, k * k, 2))
    curves = Curves(shape, LANDSCAPES, 3 * seed), Curves(shape, LANDSCAPES, 3 * seed + 1)
    on_grid = tuple(curve(grid[:, i]) for i, curve in enumerate(curves))
    at_random = tuple(curve(random[:, :, i]) for i, curve in enumerate(curves))
    return Ground(grid, random, curves, on_grid, at_random)


def effects(importance: float, landscape: int = 0) -> tuple[Effect, Effect]:
    """Return what x and y add to the score of one hill, for `course.plots.projection`.

    Parameters
    ----------
    importance : float
        Of y.
    landscape : int, default 0
        Which of the 2,000.
    """
    (f, g), which = ground().curves, slice(landscape, landscape + 1)
    return lambda u: f(u, which)[0], lambda u: importance * g(u, which)[0]


@lru_cache(maxsize=4)
def highest(shape: str = SHAPES[0], seed: int = 0) -> tuple[float, float]:
    """Return the mean height of the tops of both curves; of a hill it is 1."""
    here, u = ground(2, GRIDS[0], shape, seed), np.linspace(0, 1, 51)
    f, g = (float(curve(u).max(1).mean()) for curve in here.curves)
    return f, g


def contest(
    importance: float,
    k: int = 3,
    kind: str = GRIDS[0],
    shape: str = SHAPES[0],
    seed: int = 0,
) -> Contest:
    """Search 2,000 landscapes ``f(x) + importance·g(y)`` by a k×k grid and by k² random trials.

    Parameters
    ----------
    importance : float
        0 makes the second hyperparameter irrelevant, 1 as important as the first.
    k, kind, shape, seed
        As in :func:`ground`.

    Returns
    -------
    Contest

    References
    ----------
    Bergstra and Bengio (2012), Random Search for Hyper-Parameter Optimization.
    """
    checks.number("importance", importance, 0, 1)
    here = ground(k, kind, shape, seed)
    grid, random = (f + importance * g for f, g in (here.on_grid, here.at_random))
    return Contest(grid.max(1), random.max(1))


def wins_if_irrelevant(k: int = 3, d: int = 2) -> float:
    """Return the probability that random trials beat a grid where one hyperparameter matters.

    The grid has k values, centres of cells, of each of d hyperparameters; both searches have kᵈ
    trials; the score is one hill over one of the d. The nearest trial wins. If the top is d
    away from the nearest of k values, the grid wins where no random trial falls within d; that
    stretch is 2d long, or shorter at the edge of [0, 1]. The probability is the mean over tops.
    """
    n, h = k**d, 1 / (2 * k)
    inside = (1 - (1 - 2 * h) ** (n + 1)) / (2 * h * (n + 1))  # mean of (1 − 2d)ⁿ, d below h
    near = (1 - (1 - h) ** (n + 1)) / (h * (n + 1))  # the same, d below h/2
    edge = (near + (1 - h) ** n) / 2  # beyond h/2 the stretch is h long
    return 1 - ((1 - 1 / k) * inside + edge / k)
