"""What the scale of inputs does to a least-squares line: curvatures, rates, numbers of updates."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.experiments.sales_line import lowest

SHARE = 0.01  # of the way is left where a line counts as learned


def curvatures(x: np.ndarray) -> np.ndarray:
    """Return the curvatures of the mean squared error of a linear unit with a bias.

    They are the eigenvalues of its second derivatives ``H = (2/n) · XᵀX``, where X holds the
    features and a column of ones.

    Parameters
    ----------
    x : array of shape (n, d)

    Returns
    -------
    array of shape (d + 1,)
        In ascending order.
    """
    X = np.column_stack([x, np.ones(len(x))]).astype(float)
    return np.linalg.eigvalsh(2 * X.T @ X / len(X))


def condition(x: np.ndarray) -> float:
    """Return the condition number κ = λmax/λmin of :func:`curvatures`, at least 1.

    Parameters
    ----------
    x : array of shape (n, d)
    """
    values = curvatures(x)
    return float(values[-1] / values[0])


def best_rate(x: np.ndarray) -> float:
    """Return the rate 2/(λmin + λmax), with which full-batch steps shrink the slowest part most.

    Parameters
    ----------
    x : array of shape (n, d)
    """
    values = curvatures(x)
    return float(2 / (values[0] + values[-1]))


def updates_needed(condition: float, share: float = SHARE) -> int:
    """Return how many full-batch updates at the best rate leave `share` of the way.

    Each leaves ``(κ − 1)/(κ + 1)``, hence ``⌈ln(1/share) / ln((κ + 1)/(κ − 1))⌉``; for two
    weights this is exact, for more it is an upper bound.

    Parameters
    ----------
    condition : float
        κ, at least 1. At 1 a single update is enough.
    share : float, default 0.01

    Raises
    ------
    ValueError
        If κ is below 1.

    References
    ----------
    Polyak (1964), Some methods of speeding up the convergence of iteration methods.
    """
    kappa = checks.number("condition", condition, 1)
    if kappa - 1 < 1e-6:  # rounding
        return 1
    return int(np.ceil(-np.log(share) / np.log((kappa + 1) / (kappa - 1))))


def way_left(x: np.ndarray, y: np.ndarray, path: np.ndarray) -> np.ndarray:
    """Return the distance to the least-squares line in (w, b), as a share of where it began.

    Parameters
    ----------
    x : array of shape (n, 1)
    y : array of shape (n,)
    path : array of shape (updates + 1, 2)
        (w, b) before the first update and after each.

    Returns
    -------
    array of shape (updates + 1,)
        Beginning with 1.
    """
    distance = np.linalg.norm(path - lowest(x, y), axis=1)
    return distance / distance[0]


def reached(shares: Any, share: float = SHARE) -> int | None:
    """Return the number of the first update after which at most `share` is left, or None."""
    there = np.flatnonzero(np.asarray(shares) <= share)
    return int(there[0]) if len(there) else None


def temperatures(seed: int = 0, n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Return morning and evening temperatures of people, half of whom have a fever.

    In degrees Celsius, on average 36.4 and 36.8, both 1.5 higher with a fever; standard
    deviation 0.5. The numbers are made up.

    Parameters
    ----------
    seed : int, default 0
    n : int, default 200

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        1 with a fever.
    """
    rng = config.generator(seed)
    y = rng.permutation(np.arange(n) % 2)
    x = rng.normal((36.4, 36.8), 0.5, (n, 2)) + 1.5 * y[:, None]
    return x.astype(config.floatx()), y


def per_feature(fitted_on: np.ndarray, *parts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Standardize each column of `parts` with mean and deviation of that column of `fitted_on`.

    Parameters
    ----------
    fitted_on : array of shape (n, d)
        The training part. A column without spread is not divided.
    *parts : arrays of shape (m, d)

    Returns
    -------
    tuple of arrays of shape (m, d)
        One for each part.
    """
    mean, deviation = fitted_on.mean(0, dtype=float), fitted_on.std(0, dtype=float)
    deviation[deviation == 0] = 1
    return tuple(((part - mean) / deviation).astype(part.dtype) for part in parts)


def per_sample(*parts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Standardize each row of `parts`, of shape (m, d), with its own mean and deviation."""
    return tuple(
        (part - part.mean(1, keepdims=True)) / part.std(1, keepdims=True) for part in parts
    )


def min_max(fitted_on: np.ndarray, *parts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Bring each column of `parts` to [0, 1] by the smallest and largest value in `fitted_on`.

    Parameters
    ----------
    fitted_on : array of shape (n, d)
        The training part. Values of other parts can lie outside [0, 1].
    *parts : arrays of shape (m, d)

    Returns
    -------
    tuple of arrays of shape (m, d)
        One for each part.
    """
    low, high = fitted_on.min(0), fitted_on.max(0)
    width = np.where(high > low, high - low, 1)
    return tuple((part - low) / width for part in parts)
