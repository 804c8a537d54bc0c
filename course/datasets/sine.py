"""A curve to fit: one period of a sine, with noise on what is measured."""

from __future__ import annotations

import numpy as np

from course import checks, config


def sine(n: int = 200, noise: float = 0.1, seed: int | None = 0) -> tuple[np.ndarray, np.ndarray]:
    """One period of a sine; only y is noisy.

    ::

        y = sin(π x) + noise · z        x uniform on [−1, 1),  z standard normal

    No model can have a mean squared error below noise² on new points.

    Parameters
    ----------
    n : int, default 200
        Number of points, at least 2.
    noise : float, default 0.1
        Standard deviation of what is added to y, at least 0.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.

    Returns
    -------
    x : array of shape (n, 1)
    y : array of shape (n,)

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    n = checks.integer("n", n, 2)
    noise = checks.number("noise", noise, 0)
    rng = config.generator(seed)
    x = rng.uniform(-1, 1, (n, 1))
    y = np.sin(np.pi * x[:, 0]) + noise * rng.standard_normal(n)
    return x.astype(config.floatx()), y.astype(config.floatx())
