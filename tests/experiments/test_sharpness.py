"""Sharpness against Hessians that are known exactly, and against second differences of a loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import config
from course.experiments.sales_line import hessian, sales_data, sales_line
from course.experiments.sharpness import hessian_product, sharpness, shift_left
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD


def tiny(activation: str | None = "tanh") -> tuple[Any, np.ndarray, np.ndarray]:
    """A network 2-3-2 with 17 weights, in the middle of its training."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(30, 2)).astype(np.float32), rng.integers(0, 2, 30)
    with config.seeded(1):
        model = Sequential([Input(shape=(2,)), Dense(3, activation), Dense(2, "softmax")])
        model.compile(SGD(0.5), "sparse_categorical_crossentropy")
        model.fit(x, y, batch_size=30, epochs=20, verbose=0)
    return model, x, y


def loss_at(weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """The loss of `tiny` in float64, written out."""
    W, b, V, c = np.split(weights, (6, 9, 15))
    z = np.tanh(x @ W.reshape(2, 3) + b) @ V.reshape(3, 2) + c
    return float(np.mean(np.logaddexp(z[:, 0], z[:, 1]) - z[np.arange(len(y)), y]))


def exact(model: Any, x: np.ndarray, y: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """All 17·17 second derivatives, by differences of the loss alone."""
    w = np.concatenate([weight.ravel() for weight in model.get_weights()]).astype(float)
    x, steps = x.astype(float), h * np.eye(len(w))
    corner = [
        [
            sum(s * t * loss_at(w + s * a + t * b, x, y) for s in (1, -1) for t in (1, -1))
            for b in steps
        ]
        for a in steps
    ]
    return np.array(corner) / (4 * h * h)


def test_of_a_line_it_is_the_largest_curvature_of_lesson_04() -> None:
    x, y = sales_data(standardized=True)
    assert sharpness(sales_line(0.1), x, y).value == pytest.approx(2, rel=1e-3)
    raw, _ = sales_data()
    found = sharpness(sales_line(1e-6), raw, y).value
    assert found == pytest.approx(np.linalg.eigvalsh(hessian(raw))[-1], rel=1e-3)


def test_of_a_tiny_network_it_is_the_largest_eigenvalue_of_the_exact_hessian() -> None:
    model, x, y = tiny()
    values, vectors = np.linalg.eigh(exact(model, x, y))
    found = sharpness(model, x, y, iterations=100)
    assert found.value == pytest.approx(values[-1], rel=2e-3)
    assert abs(found.direction @ vectors[:, -1]) > 0.999


def test_a_product_is_that_of_the_exact_hessian() -> None:
    model, x, y = tiny()
    v = np.random.default_rng(3).normal(size=17)
    v /= np.linalg.norm(v)
    expected = exact(model, x, y) @ v
    np.testing.assert_allclose(hessian_product(model, x, y, v), expected, atol=2e-3)


def test_where_the_largest_size_is_negative_the_largest_value_is_found() -> None:
    rng = np.random.default_rng(0)
    model, x, y = tiny()
    for _ in range(50):
        model.set_weights([rng.normal(0, 2, w.shape) for w in model.get_weights()])
        values = np.linalg.eigvalsh(exact(model, x, y))
        if -values[0] > 1.3 * values[-1] > 0.1:
            break
    else:
        pytest.fail("no place with such curvatures")
    assert sharpness(model, x, y, iterations=200).value == pytest.approx(values[-1], rel=0.02)


def test_the_model_is_as_before() -> None:
    model, x, y = tiny()
    before = model.get_weights()
    sharpness(model, x, y, iterations=2)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_a_good_start_needs_few_iterations_and_repeats() -> None:
    model, x, y = tiny()
    far = sharpness(model, x, y, iterations=100)
    again = sharpness(model, x, y, far.direction, iterations=1)
    assert again.value == pytest.approx(far.value, rel=1e-3)
    assert sharpness(model, x, y, iterations=3).value == sharpness(model, x, y, iterations=3).value


def test_a_flat_place_is_flat() -> None:
    model, x, y = tiny("relu")
    model.set_weights(
        [np.full_like(w, -1) if w.shape == (3,) else 0 * w for w in model.get_weights()]
    )
    found = sharpness(model, x, y, iterations=20)
    assert found.value == pytest.approx(0.5, abs=1e-2)  # of the two biases: 2·p·(1 − p)


@pytest.mark.parametrize("product", [0.5, 1.0, 1.9, 2.1, 3.0])
def test_one_update_leaves_of_a_shift_what_the_formula_says(product: float) -> None:
    model, x, y = tiny()
    before = model.get_weights()
    found = sharpness(model, x, y, iterations=17)
    left = shift_left(model, x, y, found.direction, product / found.value)
    assert left == pytest.approx(1 - product, abs=0.01)
    assert model.optimizer.learning_rate == 0.5
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
