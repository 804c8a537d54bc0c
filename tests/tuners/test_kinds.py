"""Choices, booleans and fixed values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.tuners.hyperparameters import KINDS
from course.tuners.kinds import Boolean, Choice, Condition, Fixed, HyperParameter
from course.tuners.numeric import Float, Int


@pytest.mark.parametrize(
    ("values", "kind", "ordered"),
    [
        ([True, False], bool, False),
        ([1, 2, 3], int, True),
        ([0.5, 1.0], float, True),
        (["relu", "tanh"], str, False),
        (np.array([16, 32]), int, True),
        ((np.float64(0.5), 2.0), float, True),
    ],
)
def test_choices_keep_their_type(values: Any, kind: type, ordered: bool) -> None:
    choice = Choice("c", values)
    drawn = [choice.from_unit(u) for u in (0, 0.4, 0.99, 1)]
    assert {type(v) for v in (*choice.values, *drawn, choice.default)} == {kind}
    assert choice.ordered is ordered
    assert choice.default == choice.values[0] == drawn[0]
    assert drawn[-1] == choice.values[-1]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (dict(values=[]), ValueError, r"Choice 'c': values is empty; give at least one"),
        (dict(values="relu"), TypeError, r"values must be a list, got 'relu'"),
        (dict(values=3), TypeError, r"values must be a list, got 3"),
        (dict(values=[1, 2.0]), TypeError, r"must be of one type, got \(1, 2.0\) \(float, int\)"),
        (dict(values=[True, 0]), TypeError, r"must be of one type.*\(bool, int\)"),
        (dict(values=[None, 1]), TypeError, r"numbers, booleans or texts.*look the object up"),
        (dict(values=[[1], [2]]), TypeError, r"numbers, booleans or texts"),
        (dict(values=["a", "b", "a"]), ValueError, r"a value is given twice"),
        (dict(values=[1, 2], default=3), ValueError, r"default=3 is not one of \(1, 2\)"),
        (dict(values=[1, 2], default=True), ValueError, r"default=True is not one of"),
        (dict(values=["a"], ordered=True), ValueError, r"only numbers can be ordered=True"),
    ],
)
def test_choices_that_cannot_be(arguments: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Choice("c", **arguments)


@pytest.mark.parametrize("name", ["", None, 3])
def test_a_name_is_a_text(name: Any) -> None:
    with pytest.raises(TypeError, match="name of a hyperparameter must be a text"):
        Boolean(name)


def test_booleans_and_fixed_values_say_what_they_take() -> None:
    with pytest.raises(TypeError, match="Boolean 'b': default must be True or False, got 1"):
        Boolean("b", 1)
    with pytest.raises(TypeError, match=r"Fixed 'f': value must be a number.*got \[1\]"):
        Fixed("f", [1])
    with pytest.raises(NotImplementedError, match="HyperParameter 'h' has no list"):
        _ = HyperParameter("h", 0).values
    assert Boolean("b", np.bool_(True)).default is True
    assert (Fixed("f", None).values, Fixed("f", 0.5).size) == ((None,), 1)


@pytest.mark.parametrize(
    "parameter",
    [
        Choice("c", ["a", "b", "c"], default="b", conditions=[("p", [1, 2])]),
        Boolean("b", True),
        Fixed("f", "x"),
        Int("i", 1, 9, step=2, default=5),
        Int("i", 1, 1000, sampling="log"),
        Float("f", 0, 1, step=0.1),
    ],
)
def test_configs_and_the_unit_interval_there_and_back(parameter: HyperParameter) -> None:
    again = KINDS[type(parameter).__name__].from_config(parameter.get_config())
    assert repr(again) == repr(parameter)
    assert again.is_like(parameter)
    assert again.conditions == parameter.conditions
    for value in parameter.values:
        back = parameter.from_unit(parameter.to_unit(value))
        assert (back, type(back)) == (value, type(value))


def test_a_condition_holds_for_its_values_only() -> None:
    condition = Condition("p", (1, 2))
    assert condition.holds({"p": 2})
    assert not condition.holds({"p": 3})
    assert not condition.holds({})


def test_a_grid_begins_with_the_default() -> None:
    assert Choice("c", [1, 2, 3], default=2).grid == (2, 1, 3)
    assert Boolean("b").grid == (False, True)
    assert Boolean("b", True).grid == (True, False)


def test_what_equals_nothing_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="Choice 'rate': NaN cannot be chosen"):
        Choice("rate", [0.1, float("nan")])
