"""Several settings, each at its own tuned learning rate, against one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table, tuned

NEAR = 0.05  # of the best mean accuracy: what counts as near


class Compared(NamedTuple):
    """One setting at its tuned rate, judged on seeds that had no say in the choice.

    Attributes
    ----------
    rate : float
    percent : array of shape (seeds,)
        Accuracies.
    over : Difference
        To the reference, paired, in points of a hundred.
    near : int
        How many of the rates come within 5 points of the best, by their mean over all seeds.
    tried : int
        How many rates there were.
    bracketed : bool
        Whether a smaller and a larger rate were tried, too.
    """

    rate: float
    percent: np.ndarray
    over: Difference
    near: int
    tried: int
    bracketed: bool

    @property
    def mean(self) -> float:
        """Of the accuracies."""
        return float(self.percent.mean())


def compare(rows: Table, names: Sequence[str], reference: str) -> dict[str, Compared]:
    """Compare the networks called `names` of a table, each tuned by :func:`tuned`.

    Parameters
    ----------
    rows : Table
        With columns network, learning_rate, seed and accuracy; one row each.
    names : sequence of str
        Of networks.
    reference : str
        The network that the others are compared with.

    Returns
    -------
    dict of str to Compared
        In the order of `names`.
    """
    standard = 100 * tuned(rows.where(network=reference))[1]
    return {name: _compared(rows.where(network=name), standard) for name in names}


def _compared(rows: Table, standard: np.ndarray) -> Compared:
    rate, accuracy = tuned(rows)
    rates, percent = rows.rates(), 100 * accuracy
    means = [rows.where(learning_rate=r)["accuracy"].mean() for r in rates]
    near = sum(mean > max(means) - NEAR for mean in means)
    bracketed = rates[0] < rate < rates[-1]
    over = paired_difference(percent, standard)
    return Compared(rate, percent, over, near, len(rates), bracketed)
