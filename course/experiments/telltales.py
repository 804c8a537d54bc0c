"""Which sign on the monitors gives which fault away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from course.experiments.clinic import Findings

GUESSING = float(np.log(10))  # the loss of answering 1/10 to every digit
FLOOR = float(np.log(np.e + 9) - 1)  # the least that softmax of a softmax can reach, 1.461
Readings = Mapping[str, float]


class Sign(NamedTuple):
    """What gives a fault away, in words that complete “one would see”, and as a test."""

    words: str
    seen: Callable[[Readings], bool]


def readings(found: Findings) -> dict[str, float]:
    """Return what the signs look at, as plain numbers.

    Gradients and ratios, ``gradient_1`` to ``gradient_3``, are those of the first epoch, by
    layer; losses and accuracies are those of the last. ``classes`` counts the true classes
    among the validation rows.
    """
    layers = {
        f"{name}_{k + 1}": float(series[k, 0])
        for name, series in (("gradient", found.gradients), ("ratio", found.ratios))
        for k in range(3)
    }
    ends = ("loss", "accuracy", "val_loss", "val_accuracy")
    plain = ("before", "sums_to_one", "ten_loss", "ten_right", "silent", "shared", "fresh")
    return {
        **{name: float(getattr(found, name)) for name in plain},
        **{name: float(getattr(found, name)[-1]) for name in ends},
        "classes": float((found.confusion.sum(1) > 0).sum()),
        **layers,
    }


def _all(r: Readings, name: str) -> np.ndarray:
    return np.array([r[f"{name}_{k}"] for k in (1, 2, 3)])


def _learns_ten(r: Readings) -> bool:
    return r["ten_right"] == 10 and r["ten_loss"] < 0.1


def _sound(r: Readings) -> bool:
    honest = r["shared"] == 0 and r["classes"] == 10 and r["sums_to_one"] == 1
    return honest and _learns_ten(r) and r["val_accuracy"] > 0.8


SIGNS = {
    "none": Sign(
        "every monitor in order: ten rows learned, validation above 80 %, no shared rows",
        _sound,
    ),
    "labels shuffled": Sign(
        "ten rows learned by heart, steps of ordinary size, training accuracy below 40 % and "
        "validation no better than guessing",
        lambda r: (
            _learns_ten(r)
            and _all(r, "ratio").min() > 1e-3
            and r["accuracy"] < 0.4
            and r["val_accuracy"] < 0.3
        ),
    ),
    "labels off by one class": Sign(
        "training above 90 % and validation far worse than guessing: a stripe beside the "
        "diagonal of the confusion matrix",
        lambda r: r["accuracy"] > 0.9 and r["val_accuracy"] < 0.05 and r["classes"] == 10,
    ),
    "inputs not scaled": Sign(
        "a loss before training that is far too high, above 30, although the outputs add up to 1",
        lambda r: r["before"] > 30 and r["sums_to_one"] > 0.99,
    ),
    "rows sorted by class": Sign(
        "validation rows of a few classes only: most rows of the confusion matrix are empty",
        lambda r: r["classes"] < 10,
    ),
    "validation rows in training": Sign(
        "validation rows that are training rows, too",
        lambda r: r["shared"] > 0,
    ),
    "learning rate too large": Sign(
        "a loss before training near ln 10, and then steps several times as large as the weights",
        lambda r: r["before"] < 4 and np.nan_to_num(_all(r, "ratio")).max() > 3,
    ),
    "learning rate too small": Sign(
        "gradients of ordinary size, and steps of a hundred-thousandth of the weights or less",
        lambda r: _all(r, "gradient").min() > 0.1 and _all(r, "ratio").max() < 1e-5,
    ),
    "gradients clipped to 0.0001": Sign(
        "gradients of nearly one and the same tiny size in every layer, not 0",
        lambda r: _all(r, "gradient").min() > 0 and _all(r, "gradient").max() < 3e-4,
    ),
    "all weights start at 0": Sign(
        "a loss before training of ln 10 to the last digit, gradients of exactly 0 in the hidden "
        "layers, and all hidden units silent",
        lambda r: (
            abs(r["before"] - GUESSING) < 1e-4
            and r["silent"] == 1
            and r["gradient_1"] == r["gradient_2"] == 0
        ),
    ),
    "hidden layers frozen": Sign(
        "no gradient at all in the hidden layers, an ordinary one at the output",
        lambda r: bool(np.isnan(r["gradient_1"]) and r["gradient_3"] > 0.01),
    ),
    "dropout 0.8": Sign(
        "an accuracy far lower on training rows, as fit reports it, than on validation rows",
        lambda r: r["val_accuracy"] - r["accuracy"] > 0.15 and _all(r, "ratio").min() > 1e-3,
    ),
    "ReLU at the output": Sign(
        "outputs that do not add up to 1, and a loss before training far above ln 10",
        lambda r: r["sums_to_one"] < 0.5 and r["before"] > 4,
    ),
    "softmax twice": Sign(
        "most of ten rows right, while their loss does not come below 1.46",
        lambda r: r["ten_right"] >= 7 and FLOOR - 1e-3 < r["ten_loss"] < 2.1 and r["before"] < 4,
    ),
}


def found_by_signs(r: Readings) -> list[str]:
    """Return the faults whose sign is seen; a good set of signs names one."""
    return [fault for fault, sign in SIGNS.items() if sign.seen(r)]
