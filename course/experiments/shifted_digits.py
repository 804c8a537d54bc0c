"""Digits on a wider ground, moved by whole pixels, and networks of one size that read them."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np

from course import checks, config
from course.experiments.digit_rates import rate_digits
from course.experiments.image_digits import images, trained
from course.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from course.models import Sequential

MARGIN = 3  # blank pixels on each side; so far a digit can be moved without loss
SIDE = 8 + 2 * MARGIN
EPOCHS = 25
SHIFTS = tuple(range(-MARGIN, MARGIN + 1))


def shifted(x: np.ndarray, dx: int = 0, dy: int = 0) -> np.ndarray:
    """Put digits on a ground of 14×14 pixels, `dx` to the right of its middle, `dy` below it.

    Parameters
    ----------
    x : array of shape (n, 64)
    dx, dy : int, default 0
        From -3 to 3: no pixel of the digit is lost.

    Returns
    -------
    array of shape (n, 14, 14, 1)

    Raises
    ------
    ValueError
        If the digit would leave the ground.
    """
    right, down = (
        MARGIN + int(checks.number(name, checks.integer(name, value), -MARGIN, MARGIN))
        for name, value in (("dx", dx), ("dy", dy))
    )
    ground = np.zeros((len(x), SIDE, SIDE, 1), np.asarray(x).dtype)
    ground[:, down : down + 8, right : right + 8] = images(x)
    return ground


def scattered(x: np.ndarray) -> np.ndarray:
    """Move each digit by its own `dx` and `dy`, drawn once from -3 to 3 (always the same)."""
    moves = config.generator(0).integers(-MARGIN, MARGIN + 1, (len(x), 2))
    return np.concatenate([shifted(x[k : k + 1], *move) for k, move in enumerate(moves)])


def _dense() -> list[Any]:
    return [Flatten(), Dense(12, "relu"), Dense(10, "softmax")]


def _convolution() -> list[Any]:
    front = [Conv2D(9, 5, activation="relu", name="maps"), MaxPooling2D(2)]
    return [*front, Flatten(), Dense(10, "softmax")]


def _everywhere() -> list[Any]:
    front = [Conv2D(10, 5, padding="same", activation="relu", name="maps"), MaxPooling2D(2)]
    second = Conv2D(22, 3, padding="same", activation="relu")
    return [*front, second, MaxPooling2D(SIDE // 2), Flatten(), Dense(10, "softmax")]


NETWORKS: MappingProxyType[str, Callable[[], list[Any]]] = MappingProxyType(
    {"MLP": _dense, "CNN": _convolution, "CNN, global": _everywhere}
)


def shift_network(network: str) -> Any:
    """Return a new network for images of 14×14, not compiled.

    Parameters
    ----------
    network : str
        'MLP': 196-12-10. 'CNN': nine filters of 5×5, max-pooling, Dense(10). Both learn 2,494
        numbers. 'CNN, global': ten filters of 5×5, max-pooling, 22 of 3×3, of each map its
        largest value over all places, Dense(10); 2,492 numbers.
    """
    build = NETWORKS[checks.one_of("network", network, tuple(NETWORKS))]
    return Sequential([Input(shape=(SIDE, SIDE, 1)), *build()])


def trained_shift(network: str, learning_rate: float, seed: int = 0, *, moved: bool = False) -> Any:
    """Train :func:`shift_network` on 1,000 digits: 25 epochs of Adam.

    Parameters
    ----------
    network : str
    learning_rate : float
    seed : int, default 0
    moved : bool, default False
        Whether the digits are :func:`scattered` rather than in the middle.
    """
    prepare = scattered if moved else shifted
    build = lambda: shift_network(network)  # noqa: E731
    return trained(build, learning_rate, seed, prepare=prepare, epochs=EPOCHS)


def shift_accuracies(model: Any) -> np.ndarray:
    """Return the accuracy on the 450 test digits for each shift, of shape (7, 7): dy, dx."""
    x, y = rate_digits()[2]
    score = lambda dx, dy: model.evaluate(shifted(x, dx, dy), y, verbose=0)[1]  # noqa: E731
    return np.array([[score(dx, dy) for dx in SHIFTS] for dy in SHIFTS])
