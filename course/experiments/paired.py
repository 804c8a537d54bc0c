"""Two settings run with the same seeds: by how much does one beat the other?"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.special import stdtrit


class Difference(NamedTuple):
    """A mean difference and the 95 % interval for it."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.2f} [{self.low:+.2f}, {self.high:+.2f}]"


def paired_difference(a: Any, b: Any) -> Difference:
    """Return the mean of a − b and its 95 % interval ``d̄ ± t · s/√n``.

    It is for the mean over all seeds, not for the next single run. It supposes that
    the differences are roughly normal; where they take two values only, read it as a guide.

    Parameters
    ----------
    a, b : array_like of shape (n,)
        Results of two settings; those at one place come from one seed. n is at least 2.

    Returns
    -------
    Difference

    Raises
    ------
    ValueError
        If the two differ in length, or there are fewer than two pairs.

    References
    ----------
    Student (1908), The Probable Error of a Mean.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.ndim != 1 or a.shape != b.shape or len(a) < 2:
        raise ValueError(
            "paired_difference needs two lists of equal length, at least 2, in the same order "
            f"of seeds; got shapes {a.shape} and {b.shape}."
        )
    d = a - b
    t = stdtrit(len(d) - 1, 0.975)  # the 97.5 % point of Student's t
    half = t * d.std(ddof=1) / np.sqrt(len(d))
    return Difference(float(d.mean()), float(d.mean() - half), float(d.mean() + half))
