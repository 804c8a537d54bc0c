"""One digit moved about: what trained networks show of it, and how they read it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from course.experiments.digit_rates import chosen, rate_digits
from course.experiments.shifted_digits import NETWORKS, shifted, trained_shift
from course.experiments.table import load_table
from course.experiments.topologies import by_shift

SEED = 5  # the first of the upper half


@lru_cache(maxsize=1)
def accuracies() -> np.ndarray:
    """Return the mean accuracies of the table, of shape (networks, dy, dx) = (3, 7, 7)."""
    found = by_shift(load_table("topologies").where(study="shift"))
    return np.stack([found[name].mean(axis=0) for name in NETWORKS])


@lru_cache(maxsize=4)
def network(name: str) -> Any:
    """Return the network `name` of the table with seed 5, trained when first asked for."""
    rows = load_table("topologies").where(study="shift", network=name, dx=0, dy=0)
    return trained_shift(name, chosen(rows)[0], SEED)


@lru_cache(maxsize=512)
def seen(digit: int, dx: int, dy: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a test digit, shifted, and the feature map of the CNN that reacts most to digits.

    Returns
    -------
    image : array of shape (14, 14)
    feature_map : array of shape (10, 10)
    """
    x, y = rate_digits()[2]
    image = shifted(x[y == digit][:1], dx, dy)
    maps = network("CNN").activations(image)["maps"]
    return image[0, :, :, 0], maps[0, :, :, _liveliest()]


@lru_cache(maxsize=1)
def _liveliest() -> int:
    """Return the filter whose map varies most over fifty digits."""
    x = shifted(rate_digits()[2][0][:50])
    return int(network("CNN").activations(x)["maps"].std(axis=(0, 1, 2)).argmax())


def answer(name: str, image: np.ndarray) -> int:
    """Return which digit the network `name` reads in an image of shape (14, 14)."""
    return int(network(name).predict(image[np.newaxis, :, :, np.newaxis], verbose=0).argmax())


def apart(found: np.ndarray, middle: np.ndarray, dx: int, dy: int) -> float:
    """Return by how much a map differs from `middle` moved by dx and dy, where both exist."""
    rows, columns = found.shape
    here = found[max(dy, 0) : rows + min(dy, 0), max(dx, 0) : columns + min(dx, 0)]
    there = middle[max(-dy, 0) : rows + min(-dy, 0), max(-dx, 0) : columns + min(-dx, 0)]
    return float(np.abs(here - there).max())
