"""The gradient of every loss against central differences, in float64."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses
from course.losses import Loss

SHAPES = [(6, 1), (5, 4), (3, 2, 4)]
WIDE = [(5, 4), (3, 2, 4)]


def numbers(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.normal(size=shape)


def chances(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(0.05, 0.95, shape)


def yes_no(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 2, shape).astype(float)


def soft(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.dirichlet(np.ones(shape[-1]), shape[:-1])


def labels(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, shape[-1], shape[:-1])


def cubic(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    return (np.abs(p - y) ** 3).mean(axis=-1)


def cubic_gradient(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    return 3 * (p - y) * np.abs(p - y) / y.shape[-1]


CASES = [
    (losses.MeanSquaredError(), numbers, numbers, SHAPES),
    (losses.MeanAbsoluteError(), numbers, numbers, SHAPES),
    (losses.MeanAbsolutePercentageError(), numbers, numbers, SHAPES),
    (losses.Huber(), numbers, numbers, SHAPES),
    (losses.Huber(delta=0.3), numbers, numbers, SHAPES),
    (losses.LogCosh(), numbers, numbers, SHAPES),
    (losses.Hinge(), yes_no, numbers, SHAPES),
    (losses.Custom(cubic, cubic_gradient), numbers, numbers, SHAPES),
    (losses.BinaryCrossentropy(), yes_no, chances, SHAPES),
    (losses.BinaryCrossentropy(label_smoothing=0.2), yes_no, chances, SHAPES),
    (losses.BinaryCrossentropy(), chances, chances, SHAPES),
    (losses.BinaryCrossentropy(from_logits=True), yes_no, numbers, SHAPES),
    (losses.BinaryCrossentropy(True, label_smoothing=0.2), chances, numbers, SHAPES),
    (losses.CategoricalCrossentropy(), soft, chances, WIDE),
    (losses.CategoricalCrossentropy(label_smoothing=0.2), soft, chances, WIDE),
    (losses.CategoricalCrossentropy(from_logits=True), soft, numbers, WIDE),
    (losses.CategoricalCrossentropy(True, label_smoothing=0.2), soft, numbers, WIDE),
    (losses.SparseCategoricalCrossentropy(), labels, chances, WIDE),
    (losses.SparseCategoricalCrossentropy(from_logits=True), labels, numbers, WIDE),
    (losses.KLDivergence(), soft, chances, WIDE),
]


def central_differences(loss: Loss, y: np.ndarray, p: np.ndarray, h: float = 1e-6) -> np.ndarray:
    """Return (ℓ(p + h) − ℓ(p − h)) / 2h of each element of p."""
    slopes = np.empty_like(p)
    for index in np.ndindex(p.shape):
        up, down = p.copy(), p.copy()
        up[index] += h
        down[index] -= h
        change = loss.forward(y, up)[0] - loss.forward(y, down)[0]
        slopes[index] = change[index[:-1]] / (2 * h)
    return slopes


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(
    ("loss", "targets", "outputs", "shape"),
    [(loss, y, p, shape) for loss, y, p, shapes in CASES for shape in shapes],
    ids=lambda value: getattr(value, "name", getattr(value, "__name__", str(value))),
)
def test_gradient(loss: Loss, targets, outputs, shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    p = outputs(shape, rng)
    y = loss.check_targets(targets(shape, rng), p.shape)
    before = y.copy(), p.copy()
    values, cache = loss.forward(y, p)
    gradient = loss.backward(y, p, cache)
    assert values.shape == shape[:-1]
    assert gradient.shape == shape
    np.testing.assert_allclose(gradient, central_differences(loss, y, p), rtol=1e-5, atol=1e-7)
    gradient *= 0  # the engine scales it in place; nothing else may change with it
    np.testing.assert_array_equal(y, before[0])
    np.testing.assert_array_equal(p, before[1])
    assert loss.backward(y, p, cache).any()


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("reduction", ["sum_over_batch_size", "sum", "mean_with_sample_weight"])
@pytest.mark.parametrize("weighted", [False, True])
def test_factor_makes_it_the_gradient_of_the_reduced_loss(reduction: str, weighted: bool) -> None:
    rng = np.random.default_rng(4)
    y, p = rng.normal(size=(2, 3, 2, 4))
    weight = rng.random(3) if weighted else None
    loss = losses.MeanSquaredError(reduction)
    values, cache = loss.forward(y, p)
    gradient = loss.backward(y, p, cache) * loss.reduce_to_train(values, weight)[1]
    h = 1e-6
    for index in np.ndindex(p.shape):
        step = np.zeros_like(p)
        step[index] = h
        slope = (loss(y, p + step, weight) - loss(y, p - step, weight)) / (2 * h)
        assert gradient[index] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_float32_stays_float32() -> None:
    rng = np.random.default_rng(5)
    for loss, targets, outputs, shapes in CASES:
        p = outputs(shapes[-1], rng).astype("float32")
        y = loss.check_targets(targets(shapes[-1], rng), p.shape)
        values, cache = loss.forward(y, p)
        assert values.dtype == loss.backward(y, p, cache).dtype == np.float32, loss.name
