"""The arithmetic of Hyperband: which trials there are, and for how many epochs."""

from __future__ import annotations

from typing import NamedTuple


class Round(NamedTuple):
    """One round of a bracket: `size` trials, from number `first`, trained up to `epochs`."""

    bracket: int
    index: int
    size: int
    epochs: int
    first: int

    @property
    def numbers(self) -> range:
        """The numbers of its trials."""
        return range(self.first, self.first + self.size)


def schedule(max_epochs: int, factor: int, first: int = 0) -> list[list[Round]]:
    """Return the brackets of one iteration, each a list of rounds.

    With R = max_epochs and η = factor there are brackets s = ⌊log_η R⌋, ..., 0. Bracket s
    begins with n = ⌈(s_max + 1) / (s + 1) · ηˢ⌉ configurations, and its round i has the best
    ⌊n / ηⁱ⌋ of them, trained for ⌊R / ηˢ⁻ⁱ⌋ epochs in all. Everything is computed in whole
    numbers: a logarithm in floating point loses a bracket for R = 243, η = 3.

    Parameters
    ----------
    max_epochs, factor : int
        R and η.
    first : int, default 0
        The number of the first trial.

    References
    ----------
    Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, *Hyperband: a novel bandit-based approach
    to hyperparameter optimization*, JMLR 18, 2018, algorithm 1.

    Examples
    --------
    >>> [[(r.size, r.epochs) for r in bracket] for bracket in schedule(9, 3)]
    [[(9, 1), (3, 3), (1, 9)], [(5, 3), (1, 9)], [(3, 9)]]
    """
    s_max = 0
    while factor ** (s_max + 1) <= max_epochs:
        s_max += 1
    brackets = []
    for s in range(s_max, -1, -1):
        n = -(-(s_max + 1) * factor**s // (s + 1))
        rounds = []
        for i in range(s + 1):
            rounds.append(Round(s, i, n // factor**i, max_epochs // factor ** (s - i), first))
            first += rounds[-1].size
        brackets.append(rounds)
    return brackets
