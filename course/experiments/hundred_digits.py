"""A hundred digits learned by heart, their labels as they are or shuffled."""

from __future__ import annotations

from typing import Any

from course import config
from course.experiments.few_digits import few_digits
from course.layers import Dense, Input
from course.models import Sequential


def learned_by_heart(
    optimizer: Any,
    part: int,
    *,
    shuffled: bool = False,
    kernel_regularizer: Any = None,
    epochs: int = 60,
) -> tuple[float, float]:
    """Train 64-64-10 on one part of :func:`few_digits`; judge it there and on the rest.

    Parameters
    ----------
    optimizer : Optimizer
        A fresh one.
    part : int
        0 to 9; also the seed of the first weights, of the order and of the shuffling.
    shuffled : bool, default False
        Whether the labels are dealt out anew, so that nothing true can be learned.
    kernel_regularizer : Regularizer, optional
        Of both layers.
    epochs : int, default 60
        In batches of 20.

    Returns
    -------
    training, test : float
        Accuracy on the hundred digits, and on the 797 of the rest.
    """
    x, y, x_rest, y_rest = few_digits(part)
    if shuffled:
        y = config.generator(part).permutation(y)
    with config.seeded(part):
        hidden = Dense(64, "relu", kernel_regularizer=kernel_regularizer)
        output = Dense(10, "softmax", kernel_regularizer=kernel_regularizer)
        model = Sequential([Input(shape=(64,)), hidden, output])
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=20, epochs=epochs, verbose=0)
    on_both = (model.evaluate(*part, verbose=0)[1] for part in ((x, y), (x_rest, y_rest)))
    training, test = map(float, on_both)
    return training, test
