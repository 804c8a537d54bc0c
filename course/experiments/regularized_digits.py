"""Two hundred digits, some with shuffled labels, and networks that are kept from memorising."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from course import checks, config, regularizers
from course.callbacks import EarlyStopping
from course.constraints import MaxNorm
from course.datasets import load_digits
from course.layers import Dense, Dropout, GaussianNoise, Input
from course.models import Sequential
from course.optimizers import Adam

POOL, TRAIN, VALIDATE = 1000, 200, 200
UNITS, LARGE = 128, 512
EPOCHS, BATCH = 100, 40
HELD_BACK = 40  # of the 200, where early stopping has to pay for its validation digits
RATE = 0.003  # at which the network without help learns all 200 labels by heart
SHUFFLED = {  # shares of labels, and the learning rates tried
    0.0: (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1),
    0.3: (0.0001, 0.0003, 0.001, 0.003, 0.01),
}
METHODS: dict[str, tuple[float, ...]] = {
    "none": (0,),
    "fewer units": (8, 16, 32, 64),
    "dropout": (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9),
    "dropout, 512 units": (0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95),
    "L1": (0.0001, 0.0003, 0.001, 0.003, 0.01),
    "L2": (0.0003, 0.001, 0.003, 0.01, 0.03),
    "max-norm": (0.35, 0.5, 1.0, 2.0, 4.0),
    "noise": (0.1, 0.2, 0.35, 0.5, 0.7),
    "early stopping": (1, 2, 4, 8, 16),
    "early stopping, 200 more": (1, 2, 4, 8, 16),
}


class Digits(NamedTuple):
    """Digits by their job. `y` are the labels given, `true` those before any were shuffled."""

    x: np.ndarray
    y: np.ndarray
    true: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_choose: np.ndarray
    y_choose: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


def shared_digits(seed: int = 0, shuffled: float = 0.0) -> Digits:
    """Return 200 digits to learn from, 200 to validate, 600 to choose settings, 797 to judge by.

    The 797 are the same for every seed, and never among the other 1,000.

    Parameters
    ----------
    seed : int, default 0
        Which of the 1,000 digits do which job, and which labels are shuffled.
    shuffled : float, default 0
        The share of the 200 training labels that are shuffled among themselves: about one in
        ten of them comes out right by chance. All other labels are true.

    Raises
    ------
    TypeError, ValueError
        If `shuffled` is no number in [0, 1].
    """
    count = round(checks.number("shuffled", shuffled, 0, 1) * TRAIN)
    x, digit = load_digits()
    order, rng = config.generator(0).permutation(len(x)), config.generator(seed)
    pool, judge = rng.permutation(order[:POOL]), order[POOL:]
    train, validate, choose = np.split(pool, (TRAIN, TRAIN + VALIDATE))
    y, some = digit[train].copy(), rng.permutation(TRAIN)[:count]
    y[some] = rng.permutation(y[some])
    parts = [part for rows in (validate, choose, judge) for part in (x[rows], digit[rows])]
    return Digits(x[train], y, digit[train], *parts)


digits_of = lru_cache(maxsize=64)(shared_digits)


def regularized_network(method: str = "none", strength: float = 0) -> Sequential:
    """Return 64-128-10 (ReLU, softmax) with one of the ``METHODS`` against memorising.

    Penalties, and the longest length of the weights into a unit, are for the kernels of both
    layers; dropout follows the hidden layer, noise comes before it.

    Parameters
    ----------
    method : str, default 'none'
    strength : float
        Units; the rate dropped; λ; the longest length; the noise's standard deviation. Early
        stopping changes nothing here.

    Raises
    ------
    ValueError
        If there is no such method.
    """
    checks.one_of("method", method, METHODS)
    seed = int(config.generator().integers(2**31))  # of masks and noise; drawn for all methods,
    # so that first weights and the order of the digits are the same for all
    units = LARGE if "512" in method else int(strength) if method == "fewer units" else UNITS
    kernels = _kernel_arguments(method, strength)
    layers = [Input(shape=(64,)), Dense(units, "relu", **kernels)]
    if method == "noise":
        layers.insert(1, GaussianNoise(strength, seed))
    if method.startswith("dropout"):
        layers.append(Dropout(strength, seed=seed))
    return Sequential([*layers, Dense(10, "softmax", **kernels)])


def _kernel_arguments(method: str, strength: float) -> dict[str, Any]:
    if method == "max-norm":
        return {"kernel_constraint": MaxNorm(strength)}
    if method in ("L1", "L2"):
        return {"kernel_regularizer": getattr(regularizers, method)(strength)}
    return {}


def train_regularized(
    digits: Digits,
    method: str = "none",
    strength: float = 0,
    learning_rate: float = RATE,
    seed: int = 0,
    *,
    epochs: int = EPOCHS,
    watch: bool = False,
    callbacks: Sequence[Any] = (),
) -> Sequential:
    """Train :func:`regularized_network` with Adam, in batches of 40, for at most 100 epochs.

    Parameters
    ----------
    digits : Digits
    method, strength
        As in :func:`regularized_network`. The strength of early stopping is its patience. It
        keeps 40 of the 200 digits, with the labels given, to watch; or, "200 more", watches
        the validation digits with their true labels. The best epoch's weights are restored.
    learning_rate : float, default 0.003
    seed : int, default 0
        Of the first weights, the order, masks and noise.
    epochs : int, default 100
    watch : bool, default False
        Whether to evaluate the validation digits after each epoch.
    callbacks : sequence of Callback

    Returns
    -------
    Sequential
        With the metric 'accuracy', and its `history`.
    """
    x, y, watched = digits.x, digits.y, (digits.x_val, digits.y_val)
    if stopping := method.startswith("early"):
        stop = EarlyStopping("val_loss", patience=int(strength), restore_best_weights=True)
        callbacks = [*callbacks, stop]
        if method == "early stopping":
            watched = x[-HELD_BACK:], y[-HELD_BACK:]
            x, y = x[:-HELD_BACK], y[:-HELD_BACK]
    with config.seeded(seed):
        model = regularized_network(method, strength)
        model.compile(Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(
            x, y, batch_size=BATCH, epochs=epochs, verbose=0, callbacks=callbacks,
            validation_data=watched if watch or stopping else None,
        )  # fmt: skip
    return model


def trained(
    method: str = "none",
    strength: float = 0,
    shuffled: float = 0.3,
    seed: int = 0,
    *,
    member: int = 0,
    epochs: int = EPOCHS,
) -> Sequential:
    """Return what :func:`train_regularized` makes of :func:`shared_digits`, once for all.

    Parameters
    ----------
    method, strength, epochs
        As in :func:`train_regularized`; the learning rate is 0.003.
    shuffled : float, default 0.3
    seed : int, default 0
        Of the digits, and with `member` of the training.
    member : int, default 0
        Another one has the same digits, but other first weights and another order. Member 0 of
        method 'none' is validated after each epoch.

    Returns
    -------
    Sequential
        Always the same object: look at it, and train another one.
    """
    return _trained(method, strength, shuffled, seed, member, epochs)


@lru_cache(maxsize=256)
def _trained(
    method: str, strength: float, shuffled: float, seed: int, member: int, epochs: int
) -> Sequential:
    digits, watch = digits_of(seed, shuffled), method == "none" and member == 0
    start = seed + 100 * member
    return train_regularized(digits, method, strength, seed=start, epochs=epochs, watch=watch)


def accuracy(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of rows of `x`, of shape (n, 64), whose most probable class is `y`."""
    return float(np.mean(model.predict(x, verbose=0).argmax(1) == y))
