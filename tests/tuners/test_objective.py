"""Directions of objectives."""

from __future__ import annotations

import pytest

from course import metrics
from course.tuners import Objective
from course.tuners.objective import get


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("val_loss", "min"),
        ("loss", "min"),
        ("val_left_loss", "min"),
        ("val_accuracy", "max"),
        ("acc", "max"),
        ("val_f1_score", "max"),
        ("val_r2_score", "max"),
        ("auc", "max"),
        ("val_mae", "min"),
        ("root_mean_squared_error", "min"),
    ],
)
def test_the_direction_is_read_from_the_metric(name: str, direction: str) -> None:
    assert get(name) == Objective(name, direction)
    assert Objective(name).direction == direction
    assert (Objective(name).sign == 1) == (direction == "min")


def test_better_has_the_direction_and_nan_is_never_better() -> None:
    up, down = Objective("val_accuracy"), Objective("val_loss")
    assert up.better_than(0.9, 0.8)
    assert down.better_than(0.8, 0.9)
    for objective in (up, down):
        assert not objective.better_than(float("nan"), 1)
        assert not objective.better_than(1, 1)
    assert (up.as_loss(0.9), down.as_loss(0.9)) == (-0.9, 0.9)
    assert len({up, Objective("val_accuracy"), down}) == 2
    assert repr(up) == "Objective(name='val_accuracy', direction='max')"


def test_a_metric_of_ones_own_says_its_direction_or_it_must_be_given() -> None:
    own = Objective("val_profit")
    with pytest.raises(ValueError, match=r"Give Objective\('val_profit', direction='max'\)"):
        _ = own.sign
    own.learn_direction({"profit": metrics.Mean("profit", direction="max")})
    assert own.direction == "max"
    silent = Objective("silent")
    silent.learn_direction({"other": metrics.Mean()})
    assert silent.direction is None
    with pytest.raises(ValueError, match="is not known"):
        silent.learn_direction({"silent": metrics.Mean("silent")})
    assert Objective("val_profit", direction="min").sign == 1


def test_objectives_that_cannot_be() -> None:
    for several in ([], ["val_loss", None]):
        with pytest.raises(TypeError, match=r"an Objective, or a list of them, got \["):
            get(several)
    with pytest.raises(TypeError, match=r"objective must be a name such as 'val_loss'.*got 3"):
        get(3)
    with pytest.raises(TypeError, match="must be a text, got None"):
        Objective(None)
    with pytest.raises(ValueError, match="direction must be one of 'min', 'max', got 'up'"):
        Objective("val_loss", "up")


def test_without_an_objective_a_number_is_minimised() -> None:
    assert get(None).direction == "min"
    assert get(given := Objective("val_loss")) is given


def test_several_objectives_are_one_sum() -> None:
    both = get(["val_loss", Objective("val_accuracy", "max")])
    assert (both.name, both.direction, both.sign) == ("multi_objective", "min", 1)
    logs = {"loss": 3.0, "val_loss": 0.5, "val_accuracy": 0.75}
    assert both.completed(logs) == {**logs, "multi_objective": -0.25}
    assert both.missing_in(both.completed(logs)) is None
    assert both.missing_in({"val_loss": 0.5}) == "val_accuracy"
    assert both.completed({"val_loss": 0.5}) == {"val_loss": 0.5}
    assert both.identity()["objective"] == ["val_loss", "val_accuracy"]
    assert repr(both).startswith("MultiObjective([Objective(name='val_loss', direction='min')")


def test_the_sum_of_a_history_has_the_epochs_that_all_its_parts_have() -> None:
    both = get(["loss", "val_accuracy"])
    history = {"loss": [4.0, 3.0, 2.0, 1.0], "val_accuracy": [0.5, 0.75]}
    assert both.completed_history(history)["multi_objective"] == [2.5, 0.25]
    assert both.completed_history({"loss": [4.0]}) == {"loss": [4.0]}


def test_the_direction_of_each_part_must_be_known() -> None:
    both = get(["val_loss", "val_score"])
    with pytest.raises(ValueError, match="Whether 'val_score' is better when larger"):
        _ = both.sign
    with pytest.raises(ValueError, match="Whether 'val_score' is better when larger"):
        both.completed({"val_loss": 1.0, "val_score": 1.0})
    both.learn_direction({"score": metrics.get("accuracy")})
    assert both.sign == 1
