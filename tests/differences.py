"""Derivatives by differences: the oracle that knows nothing of any backward pass."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def differences(f: Callable[[], float], array: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return (f(a + h) − f(a − h)) / 2h for every entry a of `array`, which f reads.

    Parameters
    ----------
    f : callable
        A number that depends on what `array` holds.
    array : ndarray, float64
        Changed entry by entry in place, and left as it was.
    h : float, default 1e-6
        Half the distance between the two points.
    """
    slopes = np.empty(array.shape)
    for index in np.ndindex(array.shape):
        here = array[index]
        array[index] = here + h
        above = f()
        array[index] = here - h
        slopes[index] = (above - f()) / (2 * h)
        array[index] = here
    return slopes
