"""Small constant arrays, made once and kept.

NumPy takes twice as long where a Python number meets a small array as where two arrays meet, and
in networks for a class every array is small.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=256)
def number(value: float, dtype: np.dtype) -> np.ndarray:
    """Return `value` as an array of shape ()."""
    array = np.array(value, dtype)
    array.flags.writeable = False
    return array


@lru_cache(maxsize=64)
def ones(n: int, dtype: np.dtype) -> np.ndarray:
    """Return n ones: a product with them is the fastest sum over the rows of a batch."""
    array = np.ones(n, dtype)
    array.flags.writeable = False
    return array


@lru_cache(maxsize=64)
def row_starts(rows: int, columns: int) -> np.ndarray:
    """Return where the rows of an array of this shape start when it is flattened."""
    array = np.arange(0, rows * columns, columns)
    array.flags.writeable = False
    return array
