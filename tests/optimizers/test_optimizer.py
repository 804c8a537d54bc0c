"""What all optimizers share: rates of every kind, older spellings, configs, one's own rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import older, optimizers
from course.optimizers import SGD, Adam, Optimizer, RMSprop
from course.optimizers.schedules import ExponentialDecay, PiecewiseConstantDecay
from steps import steps


@pytest.mark.parametrize("rate", [1, 0.5, 0, np.float32(0.5), np.int64(2), np.array(0.25)])
def test_any_real_number_is_a_rate(rate: Any) -> None:
    optimizer = SGD(rate)
    assert optimizer.learning_rate == float(rate)
    assert type(optimizer.learning_rate) is float
    assert steps(optimizer, [1.0]) == [1 - float(rate)]


def test_a_schedule_is_asked_with_the_steps_made_so_far() -> None:
    halving = ExponentialDecay(0.8, decay_steps=1, decay_rate=0.5)
    optimizer = SGD(halving)
    assert optimizer.schedule is halving
    assert steps(optimizer, [1.0, 1.0, 1.0], start=0.0) == pytest.approx([-0.8, -1.2, -1.4])
    assert optimizer.learning_rate == pytest.approx(0.1)


def test_a_function_is_a_rate() -> None:
    rates = iter([0.5, 0.25, -1.0])
    optimizer = SGD(lambda: next(rates))
    assert steps(optimizer, [1.0, 1.0], start=0.0) == [-0.5, -0.75]
    with pytest.raises(ValueError, match=r"learning_rate must be at least 0, got -1\.0"):
        _ = optimizer.learning_rate


def test_the_rate_can_be_set_between_steps() -> None:
    optimizer = Adam(PiecewiseConstantDecay([1], [0.1, 0.01]))
    optimizer.learning_rate = 0.5
    assert (optimizer.learning_rate, optimizer.schedule) == (0.5, None)
    with pytest.raises(ValueError, match="learning_rate must be at least 0"):
        optimizer.learning_rate = -1
    assert optimizer.learning_rate == 0.5


def test_older_spellings_warn_once_and_mean_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="lr= is the older spelling; write learning_rate="):
        first = SGD(lr=0.5)
    assert (first.learning_rate, RMSprop(lr=0.25).learning_rate) == (0.5, 0.25)
    with pytest.warns(FutureWarning, match="decay= is the older spelling"):
        decaying = SGD(0.6, decay=0.5)
    # 0.6, 0.6/1.5, 0.6/2
    assert steps(decaying, [1.0, 1.0, 1.0], start=0.0) == pytest.approx([-0.6, -1.0, -1.3])
    assert SGD(0.5, decay=0).schedule is None


@pytest.mark.parametrize(
    "optimizer",
    [
        SGD(0.3, momentum=0.5, nesterov=True, clipnorm=2.0),
        RMSprop(rho=0.8, centered=True, global_clipnorm=1.0),
        Adam(ExponentialDecay(0.1, 10, 0.9), amsgrad=True, weight_decay=0.1, clipvalue=0.5),
    ],
    ids=lambda optimizer: optimizer.name,
)
def test_a_config_makes_the_same_again(optimizer: Optimizer) -> None:
    config = optimizer.get_config()
    again = type(optimizer).from_config(config)
    named = optimizers.get({"class_name": type(optimizer).__name__, "config": config})
    for other in (again, named):
        assert other is not optimizer
        assert other.get_config() == config
        assert steps(other, [1.0, 2.0]) == steps(type(optimizer).from_config(config), [1.0, 2.0])


def test_get() -> None:
    made = optimizers.get("adam")
    assert isinstance(made, Adam)
    assert optimizers.get("adam") is not made
    assert optimizers.get(made) is made
    assert isinstance(optimizers.get(RMSprop), RMSprop)


def test_a_rule_of_ones_own() -> None:
    class SignDescent(Optimizer):
        def slots(self) -> dict[str, float]:
            return {"seen": 2.0}

        def update(self, w: Any, g: Any, slots: Any, lr: float, t: int) -> None:
            slots["seen"] += t
            w -= lr * np.sign(g) * slots["seen"]

    assert steps(SignDescent(0.1), [-3.0, 5.0], start=0.0) == pytest.approx([0.3, -0.2])
    with pytest.raises(NotImplementedError, match="Optimizer must define update"):
        steps(Optimizer(), [1.0])
