"""Sharpness: the largest curvature of a network's loss, found without its Hessian."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from course import checks, config

STEP = 1e-2  # of the finite difference: a length in the space of all weights


class Sharpness(NamedTuple):
    """The largest curvature, and the direction in which the loss bends so.

    Attributes
    ----------
    value : float
        The largest eigenvalue of the Hessian.
    direction : array of shape (n,)
        Of length 1, over all trainable weights one after the other.
    """

    value: float
    direction: np.ndarray


def hessian_product(model: Any, x: Any, y: Any, v: np.ndarray, step: float = STEP) -> np.ndarray:
    """Return H·v, with H the second derivatives of the loss by the trainable weights.

    Two gradients, taken a little ahead and a little behind, give it without H itself, which
    would have n² entries: ``H v ≈ (g(w + h v) − g(w − h v)) / 2h``.

    Parameters
    ----------
    model : Model
        Compiled. Its weights are as before afterwards.
    x, y : array_like
        All rows that the loss is a mean over.
    v : array of shape (n,)
        A direction of length 1, over all trainable weights one after the other.
    step : float, default 0.01
        h: much smaller, and rounding shows; much larger, and the third derivative does.

    Returns
    -------
    array of shape (n,)
    """
    before = [weight.value.copy() for weight in model.trainable_weights]
    try:
        ahead, behind = (_gradient(model, x, y, before, h * v) for h in (step, -step))
    finally:
        _move(model, before, np.zeros_like(v))
    return (ahead - behind) / (2 * step)


def sharpness(
    model: Any, x: Any, y: Any, start: np.ndarray | None = None, *, iterations: int = 20
) -> Sharpness:
    """Return the largest curvature of the loss.

    Power iteration, v → Hv → H²v → ..., turns a direction towards the curvature of largest
    size. The best mixture of all directions on its way is nearer, at the same price, and finds
    the largest value even where a negative one is larger in size: Lanczos' method.

    Parameters
    ----------
    model : Model
        Compiled.
    x, y : array_like
        All rows that the loss is a mean over.
    start : array of shape (n,), optional
        Where to begin, such as the direction found a few updates ago. By default a random one,
        always the same.
    iterations : int, default 20
        Each takes two gradients. A start that is nearly right needs 2 or 3.

    Returns
    -------
    Sharpness

    References
    ----------
    Lanczos (1950), An Iteration Method for the Solution of the Eigenvalue Problem; Pearlmutter
    (1994), Fast Exact Multiplication by the Hessian.
    """
    checks.integer("iterations", iterations, 1)
    size = sum(weight.size for weight in model.trainable_weights)
    v = config.generator(0).normal(size=size) if start is None else np.asarray(start, float)
    basis, products = np.zeros((0, size)), np.zeros((0, size))
    for _ in range(min(iterations, size)):
        length = np.linalg.norm(v)
        if not 1e-10 < length < np.inf:  # nothing new, or no finite number
            break
        basis = np.vstack([basis, v / length])
        products = np.vstack([products, hessian_product(model, x, y, basis[-1])])
        v = products[-1] - basis.T @ (basis @ products[-1])
        v -= basis.T @ (basis @ v)  # once more, against rounding
    projected = basis @ products.T
    values, mixtures = np.linalg.eigh((projected + projected.T) / 2)
    return Sharpness(float(values[-1]), mixtures[:, -1] @ basis)


def shift_left(
    model: Any, x: Any, y: Any, direction: np.ndarray, learning_rate: float, shift: float = 0.01
) -> float:
    """Start an update from two places side by side; return the share of their distance left.

    Of a bowl with curvature λ along `direction` it is 1 − ηλ; negative means that they have
    changed sides.

    Parameters
    ----------
    model : Model
        Compiled with plain SGD; its weights and its rate are as before afterwards.
    x, y : array_like
        The rows of that update.
    direction : array of shape (n,)
        Of length 1, from one place to the other.
    learning_rate : float
        η.
    shift : float, default 0.01
        How far apart they are.
    """
    before = [weight.value.copy() for weight in model.trainable_weights]
    rate, ends = model.optimizer.learning_rate, []
    model.optimizer.learning_rate = learning_rate
    for h in (shift / 2, -shift / 2):
        _move(model, before, h * direction)
        model.train_on_batch(x, y)
        ends.append(np.concatenate([w.value.ravel() for w in model.trainable_weights]))
    model.optimizer.learning_rate = rate
    _move(model, before, np.zeros_like(direction))
    return float((ends[0].astype(float) - ends[1]) @ direction / shift)


def _gradient(model: Any, x: Any, y: Any, weights: list[np.ndarray], by: np.ndarray) -> np.ndarray:
    """Return the gradient of shape (n,) at `weights` moved by `by`."""
    _move(model, weights, by)
    found = model.gradients(x, y).values()
    return np.concatenate([gradient.ravel() for gradient in found]).astype(float)


def _move(model: Any, weights: list[np.ndarray], by: np.ndarray) -> None:
    """Give `model` these trainable weights plus `by`, which is all of them in one row."""
    ends = np.cumsum([value.size for value in weights])[:-1]
    for weight, value, part in zip(
        model.trainable_weights, weights, np.split(by, ends), strict=True
    ):
        weight.assign((value + part.reshape(value.shape)).astype(value.dtype))
