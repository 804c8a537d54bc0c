"""The trainings behind data/topologies.csv: each wiring at several rates, judged on other seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.experiments import autoencoders, counting, residual_digits, shifted_digits, sobel
from course.experiments.digit_rates import each_half
from course.experiments.image_digits import images, scores, trained
from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table
from course.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from course.models import Sequential

Score = tuple[float, float]
SIZES = ("MLP", "CNN", "MLP, shuffled", "CNN, shuffled")
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)


class Study(NamedTuple):
    """One comparison: which networks, which rates, and how many seeds."""

    networks: Sequence[str]
    rates: Sequence[float]
    seeds: int
    run: Callable[[str, float, int], Score]


class Result(NamedTuple):
    """One network at the rates that were chosen for it, and how it compares with the reference.

    Attributes
    ----------
    rates : (float, float)
        What the lower half of the seeds chose for the upper half, and what that chose for it.
    percent : array of shape (seeds,)
    over : Difference
        To the reference, paired, in points.
    bracketed : bool
        Whether a smaller and a larger rate were tried than each of the two.
    """

    rates: tuple[float, float]
    percent: np.ndarray
    over: Difference
    bracketed: bool


def equal_network(network: str) -> Any:
    """Return a new classifier of 8×8 images that learns 1,210 numbers, not compiled.

    Parameters
    ----------
    network : str
        'MLP': 64-16-10. 'CNN': twelve filters of 3×3, max-pooling, Dense(10).
    """
    front = {
        "MLP": [Flatten(), Dense(16, "relu")],
        "CNN": [Conv2D(12, 3, activation="relu"), MaxPooling2D(2), Flatten()],
    }[network]
    return Sequential([Input(shape=(8, 8, 1)), *front, Dense(10, "softmax")])


def shuffled(x: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return digits of shape (n, 64) as images whose pixels changed places, in all alike."""
    return images(x[:, config.generator(seed).permutation(x.shape[1])])


def equal_score(network: str, learning_rate: float, seed: int = 0) -> Score:
    """Train :func:`equal_network` on 1,000 digits; return its validation and test accuracy.

    Parameters
    ----------
    network : str
        'MLP' or 'CNN', or with ', shuffled' after it: the pixels are :func:`shuffled`.
    learning_rate : float
    seed : int, default 0
        Of the split, the first weights, the order, and of where the pixels go.
    """
    name, _, order = network.partition(", ")
    prepare = partial(shuffled, seed=seed) if order else images
    model = trained(lambda: equal_network(name), learning_rate, seed, prepare=prepare)
    return scores(model, seed, prepare=prepare)


def _accuracy(train: Callable[..., Any], prepare: Any = images, **how: Any) -> Any:
    return lambda network, rate, seed: scores(
        train(network, rate, seed, **how), seed, prepare=prepare
    )


def _denoised(kind: str, rate: float, seed: int) -> Score:
    return autoencoders.noise_removed(autoencoders.trained_denoiser(kind, rate, seed), seed)


def _counted(activation: str, rate: float, seed: int) -> Score:
    """Return the share counted right at the length that was learned, and at a greater one."""
    model = counting.trained_counter(activation, rate, seed)
    return counting.counted(model, seed=seed), counting.counted(model, counting.LONGER, seed)


_moved = {"prepare": shifted_digits.scattered, "moved": True}
_middle = {"prepare": shifted_digits.shifted}
STUDIES: MappingProxyType[str, Study] = MappingProxyType(
    {
        "filters": Study(sobel.FILTERS, (*RATES[1:], 0.3), 20, _accuracy(sobel.trained_filters)),
        "size": Study(SIZES, RATES[1:], 20, equal_score),
        "shift": Study(
            tuple(shifted_digits.NETWORKS), RATES[1:], 10,
            _accuracy(shifted_digits.trained_shift, **_middle),
        ),
        "scattered": Study(
            ("MLP", "CNN"), RATES[1:], 10, _accuracy(shifted_digits.trained_shift, **_moved)
        ),
        "denoise": Study(autoencoders.DENOISERS, RATES[:-1], 20, _denoised),
        "count": Study(("tanh", "relu"), RATES[1:], 20, _counted),
        "depth": Study(
            residual_digits.WIRINGS, RATES[:-1], 10, _accuracy(residual_digits.trained_deep)
        ),
    }
)  # fmt: skip


def compared(rows: Table, reference: str) -> dict[str, Result]:
    """Compare the networks of one study, each at its own rates, with one of them, in pairs.

    Each half of the seeds chooses the rate for the other half; see :func:`digit_rates.each_half`.

    Parameters
    ----------
    rows : Table
        Of one study, with columns network, learning_rate, seed, validation and test.
    reference : str
        A network.

    Returns
    -------
    dict of str to Result
        In the order of the file, in per cent and points.
    """
    names = list(dict.fromkeys(map(str, rows["network"])))
    standard = 100 * each_half(rows.where(network=reference))[1]
    return {name: _result(rows.where(network=name), standard) for name in names}


def _result(rows: Table, standard: np.ndarray) -> Result:
    (chosen, test), tried = each_half(rows), rows.rates()
    bracketed = tried[0] < min(chosen) and max(chosen) < tried[-1]
    return Result(chosen, 100 * test, paired_difference(100 * test, standard), bracketed)


def by_shift(rows: Table) -> dict[str, np.ndarray]:
    """Return the test accuracy of each network for each shift, of shape (seeds, 7, 7): dy, dx.

    Parameters
    ----------
    rows : Table
        Of the study 'shift'; those that judge have a row for each shift.
    """
    side = len(shifted_digits.SHIFTS)
    found = {}
    for name in dict.fromkeys(rows["network"]):
        of = rows.where(network=name)
        order = np.lexsort((of["dx"], of["dy"], of["seed"]))
        order = order[_judges(of)[order]]
        found[str(name)] = of["test"][order].reshape(-1, side, side)
    return found


def _judges(rows: Table) -> np.ndarray:
    """Return which rows have the rate that the other half of the seeds chose."""
    low, high = each_half(rows.where(dx=0, dy=0))[0]
    upper = rows["seed"] >= STUDIES["shift"].seeds // 2
    return rows["learning_rate"] == np.where(upper, low, high)
