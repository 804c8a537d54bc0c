"""Bayesian optimization of one learning rate, step by step, on recorded digits."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import checks, config
from course.experiments.digit_curves import DROPOUTS, RATES, SEEDS, UNITS, place, recorded
from course.experiments.tuner_race import judged
from course.tuners.acquisition import confidence_bound, expected_improvement
from course.tuners.gaussian_process import GaussianProcess

FIRST, PIXELS = 2, 161
RACES, MARKS = range(100), (4, 8, 12)
ACQUISITIONS = ("ei", "ucb")


class Belief(NamedTuple):
    """What is believed after some trials; all places are log₁₀ of learning rates.

    Attributes
    ----------
    tried : tuple of int
        Numbers of the rates in ``RATES``, in their order.
    x, mean, std, promise : arrays of shape (161,)
        Where, what is expected, how uncertain it is, and the acquisition.
    next : int
        Number of the rate that promises most among those not yet tried.
    """

    tried: tuple[int, ...]
    x: np.ndarray
    mean: np.ndarray
    std: np.ndarray
    promise: np.ndarray
    next: int


@lru_cache(maxsize=8)
def log_errors(seed: int = 0) -> np.ndarray:
    """Return log₁₀ of the validation error in % for each of ``RATES``: 64 units, 27 epochs."""
    rows = [place(rate, UNITS[2], DROPOUTS[0]) for rate in RATES]
    wrong = 1 - recorded(seed % len(SEEDS)).validation[rows, -1]
    return np.log10(100 * wrong)


@lru_cache(maxsize=1024)
def believed(
    trials: int, acquisition: str = "ei", beta: float = 2.6, seed: int = 0, first: int = FIRST
) -> Belief:
    """Return what a Gaussian process believes after so many trials.

    Parameters
    ----------
    trials : int
        At least `first`.
    acquisition : {'ei', 'ucb'}
    beta : float, default 2.6
        Of 'ucb'; 'ei' has none.
    seed : int, default 0
        Of the first rates, and, modulo 4, of the recorded trainings.
    first : int, default 2
        How many rates are drawn at random.
    """
    tried = first_rates(seed, first)
    if trials > first:
        before = believed(trials - 1, acquisition, beta, seed, first)
        tried = (*before.tried, before.next)
    y = log_errors(seed)[list(tried)]
    process = GaussianProcess.learn(_unit(np.array(tried)), y, starts=1)

    def promise(points: np.ndarray) -> tuple[np.ndarray, ...]:
        mean, std = process.predict(points)
        if acquisition == "ucb":
            return mean, std, confidence_bound(mean, std, beta)
        return mean, std, expected_improvement(mean, std, float(y.min()))

    at = np.linspace(0, 1, PIXELS)[:, None]
    scores = promise(_unit(np.arange(len(RATES))))[2]
    scores[list(tried)] = -np.inf
    x = np.log10(RATES[0]) + at[:, 0] * np.log10(RATES[-1] / RATES[0])
    return Belief(tried, x, *promise(at), int(np.argmax(scores)))


def first_rates(seed: int, count: int) -> tuple[int, ...]:
    """Return numbers of `count` rates in a random order; more begin with the same ones."""
    return tuple(config.generator(seed).permutation(len(RATES))[:count].tolist())


def regrets(tried: tuple[int, ...], seed: int) -> np.ndarray:
    """Return after each trial how many points of error the best so far is above the best rate."""
    errors = 10 ** log_errors(seed)
    return np.minimum.accumulate(errors[list(tried)]) - errors.min()


def rate_race(name: str, seed: int) -> np.ndarray:
    """Search for a learning rate; return what other trainings say of the best after each trial.

    Parameters
    ----------
    name : {'random', 'Bayesian'}
        By expected improvement, after two random rates; both searches begin with the same two.
    seed : int

    Returns
    -------
    array of shape (12,)
        Of the rate that leads, the mean test accuracy of the seeds that were not searched.
    """
    checks.one_of("name", name, ("random", "Bayesian"))
    last = MARKS[-1]
    tried = first_rates(seed, last) if name == "random" else believed(last, seed=seed).tried
    errors = log_errors(seed)[list(tried)]
    leaders = [tried[int(np.argmin(errors[: i + 1]))] for i in range(last)]
    rest = {"units": UNITS[2], "dropout": DROPOUTS[0]}
    return np.array([judged({"learning_rate": RATES[i], **rest}, seed) for i in leaders])


def _unit(numbers: np.ndarray) -> np.ndarray:
    """Return learning rates as points of the unit cube: equal factors are equal distances."""
    logs = np.log(np.array(RATES)[numbers] / RATES[0]) / np.log(RATES[-1] / RATES[0])
    return logs[:, None]
