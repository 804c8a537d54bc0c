"""Five hundred digits learned update by update, while loss and sharpness are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.datasets import load_digits, split
from course.experiments.digit_rates import rate_network
from course.experiments.sharpness import sharpness

ROWS, UPDATES = 500, 200
EARLY = 24  # updates in which the sharpest direction turns quickly


class Watched(NamedTuple):
    """What was seen of a training up to now.

    Attributes
    ----------
    losses : array of shape (updates + 1,)
        Over all 500 digits, before the first update and after each.
    products : array of shape (n,)
        Learning rate times sharpness, over all 500 digits, at every so many updates.
    model : Model
        As it is now.
    """

    losses: np.ndarray
    products: np.ndarray
    model: Any

    @property
    def rises(self) -> int:
        """How many updates made the loss larger, rounding apart."""
        return int((np.diff(self.losses) > 1e-4).sum())

    @property
    def settled(self) -> float:
        """Mean product in the last quarter."""
        return float(self.products[-max(1, len(self.products) // 4) :].mean())


@lru_cache
def five_hundred() -> tuple[np.ndarray, ...]:
    """Return 500 digits to learn from and 1,297 others: x, y, x_unseen, y_unseen."""
    pixels, digit = load_digits()
    x, unseen, y, y_unseen = split(pixels, digit, len(digit) - ROWS, stratify=True)
    return x, y, unseen, y_unseen


def watch(
    learning_rate: float,
    seed: int = 0,
    *,
    batch_size: int = ROWS,
    every: int = 4,
    poll: Callable[..., None] = lambda share: None,
) -> Iterator[Watched]:
    """Train 64-32-10 by plain SGD for 200 updates; yield after every so many.

    Parameters
    ----------
    learning_rate : float
    seed : int, default 0
        Of the first weights and of the batches.
    batch_size : int, default 500
        Digits for one update, drawn anew each time; 500 are all.
    every : int, default 4
        Updates from one sharpness to the next.
    poll : function, optional
        Called with the share that is done, each time before the sharpness is found.

    Yields
    ------
    Watched
    """
    x, y, *_ = five_hundred()
    model, direction = rate_network(learning_rate, seed), None
    batches, losses, products = config.generator(seed), [], []
    for update in range(UPDATES + 1):
        if update % every == 0:
            poll(update / UPDATES)
            found = sharpness(model, x, y, direction, iterations=12 if update < EARLY else 4)
            direction = found.direction
            products.append(learning_rate * found.value)
            yield Watched(np.array([*losses, _loss(model, x, y)]), np.array(products), model)
        if update < UPDATES:
            rows = batches.permutation(ROWS)[:batch_size]
            before = None if len(rows) == ROWS else _loss(model, x, y)
            of_batch = model.train_on_batch(x[rows], y[rows])[0]  # before the update, too
            losses.append(of_batch if before is None else before)


def watched(learning_rate: float, seed: int = 0, **how: Any) -> Watched:
    """Return what :func:`watch` yields last.

    Parameters
    ----------
    learning_rate : float
    seed : int, default 0
    **how
        As for :func:`watch`.
    """
    *_, last = watch(learning_rate, seed, **how)
    return last


def silent(model: Any, x: np.ndarray) -> float:
    """Return the share of hidden units that answer 0 to every row of `x`, shape (n, 64)."""
    hidden = next(iter(model.activations(x).values()))
    return float((hidden == 0).all(axis=0).mean())


def _loss(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    return float(model.evaluate(x, y, batch_size=len(x), verbose=0)[0])
