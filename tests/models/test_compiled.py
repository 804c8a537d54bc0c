"""One optimizer serves one model: who may compile with which, and what goes on."""

from __future__ import annotations

import pickle
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

import course as keras
from course.optimizers import SGD, Adam

X = np.linspace(-1, 1, 12, dtype="float32").reshape(6, 2)
Y = X.sum(axis=1, keepdims=True)


def build(name: str = "first") -> keras.Sequential:
    """Return a model of one layer."""
    keras.set_random_seed(0)
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)], name=name)


def fit(model: keras.Sequential, epochs: int = 2) -> Any:
    """Train on all six rows at once and return the weights."""
    model.fit(X, Y, batch_size=6, epochs=epochs, shuffle=False, verbose=0)
    return np.concatenate([w.ravel() for w in model.get_weights()])


def test_an_optimizer_of_another_model_is_refused_before_anything_changes() -> None:
    first, second, optimizer = build(), build("second"), Adam()
    first.compile(optimizer, "mse")
    second.compile("sgd", "mae")
    before = second.optimizer
    with pytest.raises(
        ValueError, match=r"This Adam belongs to model 'first' already.*Make one for each.*Adam\("
    ):
        second.compile(optimizer, "mse")
    assert second.optimizer is before
    assert fit(second).shape == (3,)
    assert optimizer.iterations == 0


def test_compiling_again_with_the_same_optimizer_goes_on_where_it_was() -> None:
    model, twin = build(), build()
    for m in (model, twin):
        m.compile(Adam(0.1), "mse")
        fit(m)
    model.compile(model.optimizer, "mse", metrics=["mae"])
    np.testing.assert_array_equal(fit(model), fit(twin))
    assert model.optimizer.iterations == 4


def test_an_optimizer_that_is_free_again_starts_afresh() -> None:
    optimizer = Adam(0.1)
    first = build()
    first.compile(optimizer, "mse")
    fit(first)
    first.compile("sgd", "mse")
    second, fresh = build("second"), build("fresh")
    second.compile(optimizer, "mse")
    assert optimizer.iterations == 0
    fresh.compile(Adam(0.1), "mse")
    np.testing.assert_array_equal(fit(second), fit(fresh))


def test_the_optimizer_of_a_model_that_is_gone_is_free() -> None:
    optimizer = Adam(0.1)
    for name in ("first", "second", "third"):
        model = build(name)
        model.compile(optimizer, "mse")
        fit(model)
        assert optimizer.iterations == 2


@pytest.mark.parametrize("copy", [deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_of_a_model_has_its_own(copy: Any) -> None:
    model = build()
    model.compile(SGD(0.1), "mse")
    fit(model)
    other = copy(model)
    other.compile(other.optimizer, "mse")
    model.compile(model.optimizer, "mse")
    np.testing.assert_array_equal(fit(other), fit(model))
    with pytest.raises(ValueError, match="belongs to model 'first'"):
        build("second").compile(model.optimizer, "mse")


def test_momentum_can_be_switched_on_while_training() -> None:
    """From the third step on: w₄ = w₃ + ½(w₃ − w₂) − lr·g, worked out with the gradient."""
    model = build()
    model.compile(SGD(0.1), "mse")
    w2 = fit(model)
    model.optimizer.momentum = 0.5
    w3 = fit(model, 1)
    g = model.gradients(X, Y)
    w4 = fit(model, 1)
    step = np.concatenate([np.ravel(part) for part in g.values()])
    np.testing.assert_allclose(w4, w3 + 0.5 * (w3 - w2) - 0.1 * step, rtol=1e-5)
