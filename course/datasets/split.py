"""Keep some rows back, to be judged on later."""

from __future__ import annotations

from math import isclose
from numbers import Integral
from typing import Any

import numpy as np

from course import checks, config
from course.models import data


def split(
    x: Any,
    y: Any,
    test: float = 0.25,
    seed: int | None = 0,
    *,
    stratify: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Shuffle the rows and divide them into two parts.

    Parameters
    ----------
    x : array-like of shape (n, ...)
    y : array-like of shape (n, ...)
    test : float or int, default 0.25
        The share of the rows that is kept back, between 0 and 1, or their number.
    seed : int or None, default 0
        The same seed gives the same parts; None draws from the package's generator.
    stratify : bool, default False
        True gives both parts the same mixture of classes, to within one row a class; y is
        then of shape (n,).

    Returns
    -------
    x_train, x_test : arrays of shape (n - k, ...) and (k, ...)
    y_train, y_test : arrays of shape (n - k, ...) and (k, ...)
        k rows are kept back: ``test`` of them, or ⌈test·n⌉.

    Raises
    ------
    TypeError, ValueError
        If x and y differ in length or are no arrays, or a part would be empty.
    """
    x, y = data.rectangular(x, "x"), data.rectangular(y, "y")
    if x.ndim == 0 or y.ndim == 0:
        raise TypeError(
            "x and y must be arrays of samples, of shapes (n, ...), got shapes "
            f"{x.shape} and {y.shape}."
        )
    if not isinstance(stratify, bool | np.bool_):
        raise TypeError("stratify must be True or False; True takes the classes from y.")
    if len(x) != len(y):
        raise ValueError(f"x and y must be of one length, got {len(x)} and {len(y)} rows.")
    n, k = len(x), _count(test, len(x))
    if stratify and y.ndim != 1:
        raise ValueError(f"stratify needs y of shape (n,), one class a row, got {y.shape}.")
    rng = config.generator(seed)
    order = rng.permutation(n)
    if stratify:
        # Sorted by class, every (n / k)-th row: no class can be left out or taken twice over.
        order = order[np.argsort(y[order], kind="stable")]
        chosen = ((np.arange(k) + rng.random()) * n / k).astype(int)
        order = np.concatenate(
            [rng.permutation(order[chosen]), rng.permutation(np.delete(order, chosen))]
        )
    kept, rest = order[:k], order[k:]
    return x[rest], x[kept], y[rest], y[kept]


def _count(test: float, n: int) -> int:
    """Return how many of `n` rows are kept back."""
    if isinstance(test, Integral) and not isinstance(test, bool):
        k = int(test)
    else:
        share = checks.number("test", test, above=0, below=1) * n
        k = round(share) if isclose(share, round(share)) else int(np.ceil(share))
    if not 0 < k < n:
        raise ValueError(f"test={test!r} leaves one of the two parts of {n} rows empty.")
    return k
