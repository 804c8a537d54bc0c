"""What the test rows tell a pipeline beforehand, measured where there is nothing to learn."""

from __future__ import annotations

import numpy as np

from course import checks, config

ROWS, FEATURES, CHOSEN = 60, 1000, 20
LEAKS = ("none", "scaled with all rows", "features chosen with all rows", "copies on both sides")


def strongest(x: np.ndarray, y: np.ndarray, k: int) -> np.ndarray:
    """Return the k columns of `x` that go with `y` most, by the size of their correlation.

    Parameters
    ----------
    x : array of shape (n, d)
        No column is constant.
    y : array of shape (n,)
    k : int

    Returns
    -------
    array of int of shape (k,)
        In rising order.
    """
    together = (y - y.mean()) @ (x - x.mean(0)) / x.std(0)
    return np.sort(np.argsort(np.abs(together), kind="stable")[len(together) - k :])


def neighbour(x: np.ndarray, y: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return for each row of `new`, of shape (m, d), the y of the nearest row of `x`, (n, d)."""
    apart = (x**2).sum(1) - 2 * new @ x.T  # squared distance, without what all have in common
    return y[apart.argmin(1)]


def coin_score(leak: str = "none", seed: int = 0) -> float:
    """Return the test accuracy of a pipeline on noise whose labels are coin tosses.

    60 rows of 1,000 normal features. The pipeline standardizes them, keeps the 20 that go with
    y most, and lets the nearest of 30 training rows answer for each of 30 test rows. What it
    may know comes from the training rows alone, but for the leak.

    Parameters
    ----------
    leak : {'none', 'scaled with all rows', 'features chosen with all rows', \
'copies on both sides'}
        With 'copies on both sides', each row exists twice before the split.
    seed : int, default 0

    Returns
    -------
    float
        Nothing can truly be better than 0.5 here.
    """
    checks.one_of("leak", leak, LEAKS)
    rng = config.generator(seed)
    x, y = rng.normal(size=(ROWS, FEATURES)), rng.integers(0, 2, ROWS)
    if leak == "copies on both sides":
        twice = rng.permutation(np.repeat(np.arange(ROWS), 2))
        x, y = x[twice], y[twice]
    everything, half = slice(None), len(y) // 2
    train, test = slice(half), slice(half, None)
    scaled = everything if leak == "scaled with all rows" else train
    chosen = everything if leak == "features chosen with all rows" else train
    z = (x - x[scaled].mean(0)) / x[scaled].std(0)
    z = z[:, strongest(z[chosen], y[chosen], CHOSEN)]
    return float(np.mean(neighbour(z[train], y[train], z[test]) == y[test]))
