"""Thirty-four layers on digits, with and without a road around each pair of them."""

from __future__ import annotations

from typing import Any

from course import checks
from course.experiments.image_digits import EPOCHS, trained
from course.initializers import Identity
from course.layers import Add, Dense, Flatten, Input
from course.models import Model

WIDTH, BLOCKS = 16, 16  # 1 + 2·16 + 1 layers with weights
WIRINGS = ("shallow", "plain", "plain, identity", "residual", "residual, from zero")
LEARNED = 0.9  # accuracy on the test digits that counts as learned; guessing gives 0.1


def deep_digits(wiring: str) -> Model:
    """Return a new network for images of 8×8: a layer of 16, sixteen blocks of two, ten outputs::

        plain      h ← relu(relu(h·A + a)·B + b)
        residual   h ← h + (relu(h·A + a)·B + b)

    Parameters
    ----------
    wiring : str
        'plain' and 'residual' begin with He's weights; 'plain, identity' with identity
        matrices in the blocks, so that the deep network begins as a shallow one; 'residual, from
        zero' with B = 0, to the same end. 'shallow' has no blocks.

    Returns
    -------
    Model
        Not compiled. 9,914 numbers, the shallow one 1,210.

    References
    ----------
    He, Zhang, Ren and Sun (2016), Deep residual learning for image recognition.
    """
    checks.one_of("wiring", wiring, WIRINGS)
    x = Input(shape=(8, 8, 1))
    h = _dense("relu", "he_normal")(Flatten()(x))
    for _ in range(0 if wiring == "shallow" else BLOCKS):
        h = _block(h, wiring)
    return Model(x, Dense(10, "softmax")(h))


def _block(h: Any, wiring: str) -> Any:
    first = Identity() if wiring == "plain, identity" else "he_normal"
    second = "zeros" if wiring == "residual, from zero" else first
    inner = _dense("relu", first)(h)
    if wiring.startswith("plain"):
        return _dense("relu", second)(inner)
    return Add()([h, _dense(None, second)(inner)])


def _dense(activation: str | None, initializer: Any) -> Dense:
    return Dense(WIDTH, activation, kernel_initializer=initializer)


def trained_deep(wiring: str, learning_rate: float, seed: int = 0, *, epochs: int = EPOCHS) -> Any:
    """Train :func:`deep_digits` on 1,000 digits; see :func:`image_digits.trained`."""
    return trained(lambda: deep_digits(wiring), learning_rate, seed, epochs=epochs)
