"""Does batch normalization help because inputs of layers stop shifting? Shake them and see."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.engine.layer import Layer


class Shaken(Layer):
    """Shifts and stretches every unit by random amounts, new ones for each batch::

        training:    y = e^s · x + t,     s, t ~ N(0, size²) for each unit and each batch
        inference:   y = x

        dx = e^s · dy

    After BatchNormalization it puts back what that took away: the mean and the spread that
    the next layer gets move from step to step.

    Parameters
    ----------
    size : float, default 0.2
        At least 0.
    **kwargs
        See :class:`Layer`.

    References
    ----------
    Santurkar, Tsipras, Ilyas and Madry (2018), How does batch normalization help
    optimization?, section 2.1, where the noise differs from sample to sample, too.
    """

    def __init__(self, size: float = 0.2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size = checks.number("size", size, 0)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        if not training:
            return x, 1.0
        shape = (2, *x.shape[1:])
        s, t = self.size * config.generator().standard_normal(shape, x.dtype)
        stretch = np.exp(s)
        return stretch * x + t, stretch

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        return dy * cache if need_dx else None


def shift_per_step(
    model: Any, x: np.ndarray, y: np.ndarray, *, layer: str, batch_size: int = 32, updates: int = 64
) -> float:
    """Train on, and return by how much a layer's outputs shift from one update to the next.

    The mean of each unit is taken over a batch of 128, always the same; its change in one
    update is divided by the deviation of that unit over the batch. Units that are constant
    are left out.

    Parameters
    ----------
    model : Model
        Compiled; trained in place.
    x : array of shape (n, d)
    y : array of shape (n,)
    layer : str
        Its name.
    batch_size : int, default 32
    updates : int, default 64

    Returns
    -------
    float
        Median over updates of the mean over units.
    """
    rng, found = config.generator(0), []
    before = None
    for _ in range(updates + 1):
        h = model.activations(x[:128], training=True)[layer]
        mean, deviation = h.mean(0), h.std(0)
        if before is not None and (alive := deviation > 1e-3).any():
            found.append(np.mean(np.abs(mean - before)[alive] / deviation[alive]))
        before = mean
        rows = rng.choice(len(x), batch_size, replace=False)
        model.train_on_batch(x[rows], y[rows])
    return float(np.median(found))
