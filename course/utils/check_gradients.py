"""Compare the gradients that a layer computes with differences of its outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course import checks, config
from course.engine.layer import Layer
from course.engine.unmoved import unmoved


def check_gradients(
    layer: Layer,
    x: Any,
    training: bool = True,
    step: float = 1e-5,
    tolerance: float = 1e-6,
) -> float:
    """Return the largest relative error of the gradients of a layer, in float64.

    With c a fixed random array, f = Σ c·y is a number, and by the chain rule ∂f/∂x is
    ``layer.backward(c, cache)``. Each of its components is compared with the central difference
    ``(f(x + h) − f(x − h)) / 2h``, and so are those of all trainable weights.

    Parameters
    ----------
    layer : Layer
        Called as it is when it is built in float64, and built for `x` when it is not built.
    x : array_like, or list of them
        Inputs of shape (batch, ...), away from kinks such as 0 for ReLU.
    training : bool, default True
        As in `forward`. Every call draws the same random numbers, so that a layer such as
        dropout can be checked, and nothing that training moves is changed.
    step : float, default 1e-5
        h.
    tolerance : float, default 1e-6
        The largest relative error that passes; derivatives below 0.001 count as 0.001.

    Raises
    ------
    AssertionError
        If a gradient is wrong; it says which, and shows both numbers.
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If a number is out of range, or the layer was built in float32, which is too coarse for
        differences.
    """
    if not isinstance(layer, Layer):
        raise TypeError(f"layer must be a Layer, got {layer!r}.")
    training = checks.flag("training", training)
    step = checks.number("step", step, above=0)
    tolerance = checks.number("tolerance", tolerance, 0)
    before = config.floatx()
    config.set_floatx("float64")
    try:
        inputs = [checks.numbers("x", a).astype(float) for a in (x if isinstance(x, list) else [x])]
        layer(inputs if isinstance(x, list) else inputs[0])
        if any(v.dtype != np.float64 for v in layer.weights):
            raise ValueError(f"{layer.name!r} has float32 weights; check a fresh layer.")
        return _largest_error(layer, inputs, isinstance(x, list), training, step, tolerance)
    finally:
        config.set_floatx(before)


def _largest_error(
    layer: Layer,
    inputs: list[np.ndarray],
    as_list: bool,
    training: bool,
    h: float,
    tolerance: float,
) -> float:
    def forward() -> tuple[np.ndarray, Any]:
        with unmoved(layer):
            return layer.forward(inputs if as_list else inputs[0], training)

    y, cache = forward()
    c = np.random.default_rng(0).normal(size=y.shape)
    for v in layer.trainable_weights:
        v.grad = np.nan  # backward is to assign, not to add
    dy = c.copy()
    dx = layer.backward(dy, cache, True)
    if not np.array_equal(dy, c):
        raise AssertionError(f"backward of {layer.name!r} writes into dy; work on a copy.")
    gradients = [(v.name, v.value, v.grad.copy()) for v in layer.trainable_weights]
    names = [f"x[{i}]" for i in range(len(inputs))] if as_list else ["x"]
    dxs = dx if as_list else [dx]
    gradients += [
        (name, a, np.asarray(d))
        for name, a, d in zip(names, inputs, dxs, strict=True)
        if not layer.takes_integers  # which have no neighbours to compare with
    ]
    largest = 0.0
    for name, array, gradient in gradients:
        error = _compare(
            f"d{name} of {layer.name!r}",
            array,
            gradient,
            h,
            tolerance,
            lambda: float((c * forward()[0]).sum()),
        )
        largest = max(largest, error)
    return largest


def _compare(
    what: str,
    array: np.ndarray,
    gradient: np.ndarray,
    h: float,
    tolerance: float,
    f: Callable[[], float],
) -> float:
    """Compare `gradient` with the central differences of f over every entry of `array`."""
    if gradient.shape != array.shape:
        raise AssertionError(f"{what} has shape {gradient.shape}, expected {array.shape}.")
    largest = 0.0
    for index in np.ndindex(array.shape):
        here = array[index]
        array[index] = here + h
        above = f()
        array[index] = here - h
        below = f()
        array[index] = here
        difference = (above - below) / (2 * h)
        error = abs(gradient[index] - difference) / max(1e-3, abs(difference))
        if not error <= tolerance:  # NaN is wrong, too
            raise AssertionError(
                f"{what} at {index} is {gradient[index]:.8g}, but the difference quotient is "
                f"{difference:.8g}. Check backward against the derivative of forward."
            )
        largest = max(largest, error)
    return largest
