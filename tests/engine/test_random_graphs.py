"""Random networks: forward agrees with plain NumPy, backward with differences of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differences import differences
from random_network import FUNCTIONS
from random_problem import Problem


@pytest.fixture(autouse=True)
def softmax_in_plain_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let output layers be softmax, which has no place inside a network."""
    monkeypatch.setitem(
        FUNCTIONS, "softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    )


@given(st.data())
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.usefixtures("float64")
def test_loss_and_gradients_of_a_random_network(data: st.DataObject) -> None:
    problem = Problem(data.draw)
    model = problem.model
    loss = model.test_on_batch(*problem.arguments, return_dict=True)["loss"]
    np.testing.assert_allclose(loss, problem.loss(training=False), rtol=1e-9)

    gradients = model.gradients(*problem.arguments)
    trainable = model.trainable_weights
    assert len(gradients) == len(trainable)
    for v, gradient in zip(trainable, gradients.values(), strict=True):
        expected = differences(lambda: problem.loss(training=True), v.value)
        np.testing.assert_allclose(gradient, expected, rtol=2e-6, atol=2e-8)

    before = [v.numpy() for v in model.weights]
    loss = model.train_on_batch(*problem.arguments, return_dict=True)["loss"]
    moved = dict(zip(trainable, gradients.values(), strict=True))
    for v, value in zip(model.weights, before, strict=True):
        if v.trainable:  # statistics move in their own way
            np.testing.assert_allclose(v.value, value - 0.1 * moved.get(v, 0.0), rtol=1e-12)
