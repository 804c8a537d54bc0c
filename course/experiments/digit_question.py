"""A yes-or-no question about a handwritten digit, and a network without hidden layers for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course import checks, config, optimizers
from course.datasets import load_digits, split
from course.layers import Dense, Input
from course.models import Sequential

QUESTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "even": lambda digit: digit % 2 == 0,  # about half of all
    "eight": lambda digit: digit == 8,  # about a tenth
}
HELD_OUT = 450


def digit_question(
    question: str = "even",
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return 1,347 digits to learn from and 450 to judge by, with the answers 1 (yes) and 0 (no).

    Both parts have the same share of yes. They are always the same digits.

    Parameters
    ----------
    question : {'even', 'eight'}
        Is the digit even? Is it an 8?

    Returns
    -------
    x, x_held : arrays of shape (1347, 64) and (450, 64)
    y, y_held : arrays of int of shape (1347,) and (450,)

    Raises
    ------
    ValueError
        If there is no such question.
    """
    checks.one_of("question", question, tuple(QUESTIONS))
    x, digit = load_digits()
    return split(x, QUESTIONS[question](digit).astype(int), HELD_OUT, stratify=True)


def digit_classifier(
    question: str = "even", seed: int = 0, *, epochs: int = 10, learning_rate: float = 0.2
) -> Any:
    """Train p = σ(x·w + b) on the digits of :func:`digit_question`: 64 weights and a bias.

    Batches of 64, plain SGD, binary cross-entropy; it stops well before the loss does.

    Parameters
    ----------
    question : {'even', 'eight'}
    seed : int, default 0
        Of the first weights and of the order of the digits.
    epochs : int, default 10
    learning_rate : float, default 0.2

    Returns
    -------
    Model
        Compiled with the metric 'accuracy'.
    """
    x, _, y, _ = digit_question(question)
    with config.seeded(seed):
        model = Sequential([Input(shape=(64,)), Dense(1, "sigmoid")])
        model.compile(optimizers.SGD(learning_rate), "binary_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=64, epochs=epochs, verbose=0)
    return model
