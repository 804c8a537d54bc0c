"""State that a metric of one's own makes with `add_weight`, as in Keras."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, metrics
from course.layers import Dense
from course.metrics.state import new_state

X = np.array([[1.0], [3.0], [5.0]])


class Gap(metrics.Metric):
    """The mean distance, written as for Keras."""

    def __init__(self, name: str = "gap", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.count = self.add_variable(shape=(), initializer="zeros", name="count")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        self.total.assign_add(np.abs(y_true - y_pred).sum())
        self.count.assign_add(len(y_true))

    def result(self) -> Any:
        return self.total / self.count


class Total(Gap):
    """One that resets itself, and returns its very state."""

    def reset_state(self) -> None:
        self.total.assign(0)

    def result(self) -> Any:
        return self.total


class Columns(metrics.Metric):
    """One sum a column; it begins at 1."""

    def __init__(self) -> None:
        super().__init__("columns")
        self.sums = self.add_weight((2,), "ones")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        self.sums.assign_add(y_true.sum(axis=0))

    def result(self) -> Any:
        return self.sums


def test_in_training_each_epoch_starts_anew() -> None:
    model = Sequential([Input((1,)), Dense(1, kernel_initializer="zeros")])
    model.compile("sgd", "mse", metrics=[Gap(dtype="float32"), Total("total"), "mae"])
    model.optimizer.learning_rate = 0.0
    logs = model.fit(X, X, epochs=2, batch_size=2, verbose=0).history
    assert logs["gap"] == logs["mae"] == [3, 3]
    assert logs["total"] == [9, 9]
    assert isinstance(logs["gap"][0], float)
    assert not isinstance(logs["total"][0], np.ndarray)


def test_arrays_start_from_their_initializer_again() -> None:
    metric = Columns()
    metric.update_state(np.array([[1, 2], [3, 4]]), None)
    assert metric.result().tolist() == [5, 7]
    metric.reset_state()
    assert metric.result().tolist() == [1, 1]
    assert [v.tolist() for v in metric.variables] == [[1, 1]]


def test_what_is_computed_from_a_state_is_a_plain_number() -> None:
    state = new_state((), "ones")
    assert state.assign(5).assign_sub(2).numpy() == 3
    for figure in (state * 2, state.numpy(), np.sqrt(state)):
        assert isinstance(figure, np.float64)
    kept = state.numpy()
    state.assign_add(1)
    assert (kept, state) == (3, 4)
    assert copy.deepcopy(state).assign_add(1) == 5


def test_one_that_forgets_nothing_is_refused_before_training() -> None:
    class Forgetful(metrics.Metric):
        def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
            pass

    model = Sequential([Input((1,)), Dense(1)])
    model.compile("sgd", "mse", metrics=[Forgetful()])
    before = model.get_weights()
    with pytest.raises(NotImplementedError, match=r"Forgetful has no reset_state.*add_weight"):
        model.fit(X, X, verbose=0)
    np.testing.assert_array_equal(model.get_weights()[0], before[0])
