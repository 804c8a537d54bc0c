"""Random networks: trained as plain NumPy trains them; stored, copied and trained on alike."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from functools import partial
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import Model, config, optimizers
from course.models import clone_model, load_model, model_from_json
from course.optimizers import SGD, Adam
from differences import differences
from random_network import FUNCTIONS, ROWS
from random_problem import Problem

EXAMPLES = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def softmax_in_plain_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let output layers be softmax, which has no place inside a network."""
    monkeypatch.setitem(
        FUNCTIONS, "softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    )


# -- training ----------------------------------------------------------------------------------

Memory = dict[str, Any]


def descend(w: np.ndarray, g: np.ndarray, memory: Memory, t: int) -> np.ndarray:
    return w - 0.1 * g


def look_ahead(w: np.ndarray, g: np.ndarray, memory: Memory, t: int) -> np.ndarray:
    m = memory["m"] = 0.9 * memory.get("m", 0.0) - 0.1 * g
    return w + 0.9 * m - 0.1 * g


def adapt(w: np.ndarray, g: np.ndarray, memory: Memory, t: int) -> np.ndarray:
    m = memory["m"] = 0.9 * memory.get("m", 0.0) + 0.1 * g
    v = memory["v"] = 0.99 * memory.get("v", 0.0) + 0.01 * g**2
    return w - 0.05 * sqrt(1 - 0.99**t) / (1 - 0.9**t) * m / (np.sqrt(v) + 0.1)


RULES: list[tuple[Callable[..., np.ndarray], Callable[[], optimizers.Optimizer]]] = [
    (descend, lambda: SGD(0.1)),
    (look_ahead, lambda: SGD(0.1, momentum=0.9, nesterov=True)),
    (adapt, lambda: Adam(0.05, beta_2=0.99, epsilon=0.1)),
]


def train_by_hand(problem: Problem, rule: Callable[..., np.ndarray], epochs: int) -> list[float]:
    """Train in batches of three rows, by differences of the plain loss; return it by epoch."""
    weights = problem.model.trainable_weights
    memories: list[Memory] = [{} for _ in weights]
    losses, t = [], 0
    for _ in range(epochs):
        total = 0.0
        for rows in (slice(3), slice(3, ROWS)):
            loss = partial(problem.loss, True, rows)
            total += loss() * len(range(*rows.indices(ROWS)))
            slopes = [differences(loss, v.value) for v in weights]
            t += 1
            for v, slope, memory in zip(weights, slopes, memories, strict=True):
                v.value = rule(v.value, slope, memory, t)
        losses.append(total / ROWS)
    return losses


@given(st.data())
@EXAMPLES
@pytest.mark.usefixtures("float64")
def test_a_fit_is_the_loop_that_one_would_write(data: st.DataObject) -> None:
    problem = Problem(data.draw)
    rule, optimizer = data.draw(st.sampled_from(RULES))
    problem.compile(optimizer())
    model = problem.model
    start = model.get_weights()
    losses = train_by_hand(problem, rule, 2)
    expected = [v.numpy() for v in model.trainable_weights]
    model.set_weights(start)
    xs, ys, weight = problem.arguments
    history = model.fit(xs, ys, 3, 2, 0, sample_weight=weight, shuffle=False).history
    np.testing.assert_allclose(history["loss"], losses, rtol=1e-5)
    for v, by_hand in zip(model.trainable_weights, expected, strict=True):
        np.testing.assert_allclose(v.value, by_hand, rtol=1e-5, atol=1e-6)
    assert all(np.isfinite(w).all() for w in model.get_weights())


# -- coming back -------------------------------------------------------------------------------


def through(name: str, model: Model) -> Model:
    """Write a model into a file and load it."""
    with TemporaryDirectory() as folder:
        model.save(Path(folder) / name)
        return load_model(Path(folder) / name)


def by_weights(model: Model) -> Model:
    """Load the weights into a clone."""
    other = clone_model(model)
    rule = type(model.optimizer).from_config(model.optimizer.get_config())
    other.compile(rule, **model._compiled)
    with TemporaryDirectory() as folder:
        model.save_weights(Path(folder) / "m.weights.h5")
        other.load_weights(Path(folder) / "m.weights.h5")
    return other


WAYS: dict[str, Callable[[Model], Model]] = {
    ".keras": lambda model: through("m.keras", model),
    ".h5": lambda model: through("m.h5", model),
    ".weights.h5": by_weights,
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),
    "deepcopy": copy.deepcopy,
}


def assert_same(one: Model, other: Model, xs: Any) -> None:
    """Compare two models bit for bit."""
    assert [layer.name for layer in one.layers] == [layer.name for layer in other.layers]
    assert len(one.trainable_weights) == len(other.trainable_weights)
    assert one.optimizer.iterations == other.optimizer.iterations
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    for a, b in zip(_predicted(one, xs), _predicted(other, xs), strict=True):
        np.testing.assert_array_equal(a, b)


def _predicted(model: Model, xs: Any) -> list[np.ndarray]:
    outputs = model.predict(xs)
    return outputs if isinstance(outputs, list) else [outputs]


@given(st.data(), st.sampled_from(sorted(WAYS)), st.sampled_from(sorted(optimizers.TABLE)))
@EXAMPLES
@pytest.mark.filterwarnings("ignore:Keras has no Lion:UserWarning")
def test_what_comes_back_is_the_same_and_trains_on_alike(
    data: st.DataObject, way: str, rule: str
) -> None:
    problem = Problem(data.draw)
    problem.compile(rule)
    model, (xs, ys, weight) = problem.model, problem.arguments

    def train(one: Model) -> Any:
        with config.seeded(3):
            return one.fit(xs, ys, 3, 2, 0, sample_weight=weight).history

    train(model)
    other = WAYS[way](model)
    assert_same(model, other, xs)
    assert train(model) == train(other)
    assert_same(model, other, xs)


@given(st.data())
@EXAMPLES
def test_configurations_and_clones_are_the_same_architecture(data: st.DataObject) -> None:
    problem = Problem(data.draw)
    model, xs = problem.model, problem.xs
    weights = model.get_weights()
    made = Model.from_config(json.loads(json.dumps(model.get_config())))
    for other in (made, model_from_json(model.to_json()), clone_model(model)):
        assert other.get_config() == model.get_config()
        assert other.count_params() == model.count_params()
        assert len(other.trainable_weights) == len(model.trainable_weights)
        other.set_weights(weights)
        for a, b in zip(_predicted(model, xs), _predicted(other, xs), strict=True):
            np.testing.assert_array_equal(a, b)
        other.set_weights([w + 1 for w in weights])  # nothing is shared
        for now, then in zip(model.get_weights(), weights, strict=True):
            np.testing.assert_array_equal(now, then)


@given(st.data())
@EXAMPLES
def test_weights_are_got_as_they_were_set_all_or_none(data: st.DataObject) -> None:
    model = Problem(data.draw).model
    rng = np.random.default_rng(0)
    new = [rng.normal(size=w.shape).astype("float32") for w in model.get_weights()]
    model.set_weights(new)
    got = model.get_weights()
    for given_, back in zip(new, got, strict=True):
        np.testing.assert_array_equal(given_, back)
        back += 1  # a copy
    wrong = [w + 1 for w in new]
    place = data.draw(st.integers(0, len(new) - 1))
    wrong[place] = wrong[place][..., None]
    with pytest.raises(ValueError, match=r"expects .* arrays of shapes"):
        model.set_weights(wrong)
    for given_, back in zip(new, model.get_weights(), strict=True):
        np.testing.assert_array_equal(given_, back)
