"""Successive halving over recorded learning curves: who is dropped, at what cost and loss."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import checks, config
from course.experiments.digit_curves import SEEDS, SETTINGS, recorded

DRAWN = 27
DRAWS = 100


class Halved(NamedTuple):
    """What became of a list of settings.

    Attributes
    ----------
    epochs : array of int of shape (n,)
        How long each was trained before it was dropped.
    spent : int
        Epochs of all together; a setting that is kept goes on from where it was.
    winner : int
        Which setting is left.
    regret : float
        By how much it is worse, after the last epoch, than the best of all would have been.
    """

    epochs: np.ndarray
    spent: int
    winner: int
    regret: float


def halve(curves: np.ndarray, factor: int, first: int) -> Halved:
    """Train all for `first` epochs, keep one in `factor`, train for `factor` times as long, ...

    Parameters
    ----------
    curves : array of shape (n, epochs)
        Higher is better; what is ranked is the value after the last epoch so far.
    factor : int
        η, at least 2. Of n settings ⌊n/η⌋ are kept, but one at least.
    first : int
        The first budget, 1 to `epochs`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Jamieson & Talwalkar (2016), Non-stochastic Best Arm Identification and Hyperparameter
    Optimization.
    """
    n, last = curves.shape
    checks.integer("factor", factor, 2)
    checks.number("first", checks.integer("first", first, 1), 1, last)
    alive, budget, epochs = np.arange(n), first, np.zeros(n, int)
    while True:
        epochs[alive] = budget
        ranked = alive[np.argsort(-curves[alive, budget - 1], kind="stable")]
        if budget == last:
            winner = int(ranked[0])
            break
        alive = ranked[: max(1, len(ranked) // factor)]
        budget = last if len(alive) == 1 else min(last, budget * factor)
    regret = float(curves[:, -1].max() - curves[winner, -1])
    return Halved(epochs, int(epochs.sum()), winner, regret)


@lru_cache(maxsize=DRAWS)
def drawn(draw: int) -> tuple[tuple[tuple[float, int, float], ...], np.ndarray]:
    """Return 27 of the 300 recorded settings, drawn at random, and their validation curves.

    Parameters
    ----------
    draw : int
        Seed of the draw; the trainings are those of seed ``draw % 4``.

    Returns
    -------
    settings : tuple of (learning_rate, units, dropout)
    curves : array of shape (27, 27)
    """
    chosen = np.sort(config.generator(draw).permutation(len(SETTINGS))[:DRAWN])
    curves = recorded(draw % len(SEEDS)).validation[chosen]
    return tuple(SETTINGS[i] for i in chosen), curves


@lru_cache(maxsize=512)
def mean_regret(factor: int, first: int) -> float:
    """Return the mean regret of :func:`halve` over 100 draws, in points of a hundred."""
    return 100 * float(np.mean([halve(drawn(d)[1], factor, first).regret for d in range(DRAWS)]))


def judged(draw: int, number: int) -> float:
    """Return what other trainings say of one setting of a draw.

    Parameters
    ----------
    draw : int
        As of :func:`drawn`.
    number : int
        Of the setting, 0 to 26.

    Returns
    -------
    float
        Mean test accuracy, after the last epoch, of the three seeds not drawn, in %.
    """
    place = SETTINGS.index(drawn(draw)[0][number])
    others = (seed for seed in SEEDS if seed != draw % len(SEEDS))
    return 100 * float(np.mean([recorded(seed).test[place] for seed in others]))


@lru_cache(maxsize=64)
def judged_winners(factor: int, first: int) -> np.ndarray:
    """Return what :func:`judged` says of the settings that :func:`halve` leaves in 100 draws."""
    left = (halve(drawn(draw)[1], factor, first).winner for draw in range(DRAWS))
    return np.array([judged(draw, winner) for draw, winner in enumerate(left)])


def rank_correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Return Spearman's rank correlation: 1 for the same order, −1 for the opposite one.

    Parameters
    ----------
    a, b : arrays of shape (n,)
        Equal values share the mean of their ranks.
    """
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[where]
