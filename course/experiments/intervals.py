"""How far a share can be trusted: intervals for right answers counted out of n."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from course import checks

Interval = Callable[[np.ndarray, int], tuple[np.ndarray, np.ndarray]]
Z = 1.96


def wald(right: float | np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the textbook's p̂ ± 1.96 √(p̂(1 − p̂)/n), which has no width where all are right.

    Parameters
    ----------
    right : float or array
        How many of n answers are right.
    n : int

    Returns
    -------
    low, high : arrays of the shape of `right`
    """
    n = checks.integer("n", n, 1)
    p = np.asarray(right) / n
    half = Z * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


def wilson(right: float | np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's 95 % interval: all p from which the share found is at most 1.96 sd away.

    The ends solve |p̂ − p| = z √(p(1 − p)/n)::

        (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n),   z = 1.96

    Parameters
    ----------
    right : float or array
        How many of n answers are right.
    n : int

    Returns
    -------
    low, high : arrays of the shape of `right`

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    n = checks.integer("n", n, 1)
    p, more = np.asarray(right) / n, Z**2 / n
    half = Z * np.sqrt(p * (1 - p) / n + more / (4 * n))
    low, high = (p + more / 2 - half) / (1 + more), (p + more / 2 + half) / (1 + more)
    return np.maximum(low, 0), np.minimum(high, 1)  # rounding alone can leave [0, 1]


def coverage(interval: Interval, p: float, n: int) -> float:
    """Return how often an interval holds p, exactly: summed over all counts of right answers.

    Parameters
    ----------
    interval : callable
        `wald` or `wilson`.
    p : float
        The true share, between 0 and 1.
    n : int
        Answers, independent of each other.
    """
    right = np.arange(checks.integer("n", n, 1) + 1)
    log = gammaln(n + 1) - gammaln(right + 1) - gammaln(n - right + 1)
    chance = np.exp(log + xlogy(right, p) + xlog1py(n - right, -p))
    low, high = interval(right, n)
    return float(chance[(low <= p) & (p <= high)].sum())
