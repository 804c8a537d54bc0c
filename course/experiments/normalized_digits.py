"""Deep networks on digits, with a normalization in one of several places."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.experiments.covariate_shift import Shaken
from course.experiments.scaled_digits import scaled_digits
from course.layers import (
    Activation,
    Add,
    BatchNormalization,
    Dense,
    Input,
    LayerNormalization,
)
from course.models import Model
from course.optimizers import SGD

NORMS = ("none", "before", "after", "after the sum", "layer", "shaken")
ROWS, HELD_OUT, BATCH, EPOCHS = 1024, 512, 32, 10
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


def power_of_two_digits(seed: int = 0) -> tuple[np.ndarray, ...]:
    """Return 1,024 digits to learn from and 512 to judge by, pixels in [0, 1].

    Every batch size that is a power of two up to 512 divides both without a rest.

    Parameters
    ----------
    seed : int, default 0
        Of the split.

    Returns
    -------
    x, x_held : arrays of shape (1024, 64) and (512, 64)
    y, y_held : arrays of int of shape (1024,) and (512,)
    """
    x, rest, y, y_rest = split(*load_digits(), len(load_digits()[0]) - ROWS, seed, stratify=True)
    return x, rest[:HELD_OUT], y, y_rest[:HELD_OUT]


def normalized_network(
    depth: int,
    norm: str = "none",
    *,
    residual: bool = False,
    width: int = 32,
    momentum: float = 0.9,
) -> Model:
    """64 inputs, `depth` hidden layers of ReLU units from He, 10 classes; with N as `norm` says::

        none            hᵢ = f(hᵢ₋₁·Wᵢ + bᵢ)
        before          hᵢ = f(N(hᵢ₋₁·Wᵢ + bᵢ))
        after           hᵢ = N(f(hᵢ₋₁·Wᵢ + bᵢ))
        residual        hᵢ = hᵢ₋₁ + any of these        i = 2, ..., depth
        after the sum   hᵢ = N(hᵢ₋₁ + f(hᵢ₋₁·Wᵢ + bᵢ))

    Parameters
    ----------
    depth : int
        Hidden layers, at least 1; they are called ``h1``, ``h2``, ...
    norm : str, default 'none'
        One of ``NORMS``. N is BatchNormalization; for 'layer' it is LayerNormalization, before
        f; for 'shaken' BatchNormalization, and after it :class:`Shaken`, both before f.
    residual : bool, default False
        Whether each layer's input is added to its output.
    width : int, default 32
        Units in each hidden layer.
    momentum : float, default 0.9
        Of the moving averages: with few updates they must follow quickly.

    Returns
    -------
    Model
        Not compiled.

    Raises
    ------
    ValueError
        If there is no such `norm`, or it needs the sum of a residual network.
    """
    checks.one_of("norm", norm, NORMS)
    if norm == "after the sum" and not residual:
        raise ValueError("norm='after the sum' needs a sum: residual=True.")
    x = h = Input(shape=(64,))
    for i in range(1, checks.integer("depth", depth, 1) + 1):
        z = h
        for layer in _branch(norm, width, momentum):
            z = layer(z)
        if residual and i > 1:
            z = Add()([z, h])
        if norm == "after the sum":
            z = BatchNormalization(momentum=momentum)(z)
        h = Activation("linear", name=f"h{i}")(z)
    return Model(x, Dense(10, "softmax")(h))


def _branch(norm: str, width: int, momentum: float) -> list[Any]:
    """Return the layers of one branch, in order."""
    dense = Dense(width, kernel_initializer="he_normal")
    f, normalize = Activation("relu"), BatchNormalization(momentum=momentum)
    return {
        "before": [dense, normalize, f],
        "after": [dense, f, normalize],
        "layer": [dense, LayerNormalization(), f],
        "shaken": [dense, normalize, Shaken(), f],
    }.get(norm, [dense, f])


def train_normalized(
    depth: int,
    norm: str,
    learning_rate: float,
    seed: int = 0,
    *,
    batch_size: int = BATCH,
    epochs: int = EPOCHS,
    **network: Any,
) -> Model:
    """Train :func:`normalized_network` on :func:`power_of_two_digits` by plain SGD.

    Parameters
    ----------
    depth : int
    norm : str
    learning_rate : float
    seed : int, default 0
        Of the split, the first weights and the order of the rows.
    batch_size : int, default 32
    epochs : int, default 10
    **network
        Further arguments of :func:`normalized_network`.

    Returns
    -------
    Model
        With the metric 'accuracy'.
    """
    x, _, y, _ = power_of_two_digits(seed)
    with config.seeded(seed):
        model = normalized_network(depth, norm, **network)
        model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
        with np.errstate(over="ignore", invalid="ignore"):  # a rate too large is a result, too
            model.fit(x, y, batch_size=batch_size, epochs=epochs, verbose=0)
    return model


def normalized_accuracy(model: Any, seed: int = 0) -> float:
    """Return the accuracy in inference mode on the held-out digits of this seed."""
    _, x_held, _, y_held = power_of_two_digits(seed)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(model.evaluate(x_held, y_held, verbose=0)[1])


def normalized_units(
    inputs: str, normalize: bool, learning_rate: float, seed: int = 0
) -> tuple[Model, float]:
    """Train 64-32-10 on digits on one of the scales of :func:`scaled_digits`.

    Parameters
    ----------
    inputs : str
        As 'standardized' or 'mixed units'.
    normalize : bool
        Whether BatchNormalization (momentum 0.9) stands before the ReLU.
    learning_rate : float
        Of plain SGD, ten epochs in batches of 32.
    seed : int, default 0

    Returns
    -------
    model : Model
    accuracy : float
        On 450 held-out digits, in inference mode.
    """
    x, x_held, y, y_held = scaled_digits(inputs, seed)
    x, y = x[:ROWS], y[:ROWS]
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model = normalized_network(1, "before" if normalize else "none")
        model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
        return model, float(model.evaluate(x_held, y_held, verbose=0)[1])
