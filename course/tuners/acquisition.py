"""Where to measure next: what a point promises, and the search for the point that promises most.

All is written for minimisation: a small target is a good one.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sqrt

import numpy as np

from course.activations.error_function import erfc

KEPT = 5  # how many of the best points are improved
RADIUS, SHRINKING = 0.2, 0.4


def expected_improvement(mean: np.ndarray, std: np.ndarray, best: float) -> np.ndarray:
    """Return by how much each point is expected to fall below the best known value::

        EI(x) = E[max(f* − f(x), 0)] = σ (z Φ(z) + φ(z))        z = (f* − μ) / σ

    Parameters
    ----------
    mean, std : arrays of shape (n,)
        μ and σ: what the model believes of f there.
    best : float
        f*, the lowest known value.

    Returns
    -------
    array of shape (n,)
        Zero or more; max(f* − μ, 0) where nothing is uncertain.

    References
    ----------
    Jones, Schonlau & Welch (1998), Efficient Global Optimization of Expensive Black-Box
    Functions, equation 15.
    """
    gain = best - np.asarray(mean, float)
    certain = std <= 1e-12 * np.abs(gain)
    z = np.divide(gain, std, out=np.zeros_like(gain), where=~certain)
    density = np.exp(-z * z / 2) / sqrt(2 * pi)
    expected = gain * erfc(-z / sqrt(2)) / 2 + std * density  # Φ(z) = erfc(−z/√2) / 2
    return np.maximum(np.where(certain, gain, expected), 0)


def confidence_bound(mean: np.ndarray, std: np.ndarray, beta: float = 2.6) -> np.ndarray:
    """Return how low f may well be, negated, so that more is better::

        −LCB(x) = −(μ − β σ)

    The name UCB, *upper* confidence bound, is that of maximisation.

    Parameters
    ----------
    mean, std : arrays of shape (n,)
        μ and σ: what the model believes of f there.
    beta : float
        β, how many standard deviations of hope; 0 trusts the mean, more explores more.

    Returns
    -------
    array of shape (n,)

    References
    ----------
    Srinivas, Krause, Kakade & Seeger (2010), Gaussian Process Optimization in the Bandit
    Setting.
    """
    return beta * std - mean


def maximise(
    acquisition: Callable[[np.ndarray], np.ndarray],
    candidates: np.ndarray,
    neighbours: Callable[[np.ndarray, float], np.ndarray],
    rounds: int = 6,
) -> np.ndarray:
    """Search among candidates, then ever nearer to the best of them, without a gradient.

    So it makes no difference which inputs are numbers, steps or names.

    Parameters
    ----------
    acquisition : callable
        ``acquisition(points)`` of shape (n,), more is better.
    candidates : array of shape (n, d)
    neighbours : callable
        ``neighbours(points, radius)``, new points near each of `points`, of shape (m, d).
    rounds : int
        How often neighbours of the best are looked at, each time at 0.4 of the distance.

    Returns
    -------
    array of shape (m, d)
        All that was looked at, the best first.
    """
    points, values = candidates, acquisition(candidates)
    for i in range(rounds):
        best = points[np.argsort(-values, kind="stable")[:KEPT]]
        near = neighbours(best, RADIUS * SHRINKING**i)
        points = np.concatenate([points, near])
        values = np.concatenate([values, acquisition(near)])
    return points[np.argsort(-values, kind="stable")]
