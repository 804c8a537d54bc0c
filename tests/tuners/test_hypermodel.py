"""What can be searched."""

from __future__ import annotations

from functools import partial

import pytest

from course import Sequential
from course.tuners import HyperModel, HyperParameters
from course.tuners.hypermodel import get
from searches import WithBatches, build


def test_a_function_or_an_instance_builds() -> None:
    for hypermodel in (get(build), get(partial(build)), get(WithBatches()), WithBatches()):
        assert isinstance(hypermodel.build(HyperParameters()), Sequential)
    assert get(None) is None
    assert get(build).name == "build"


def test_what_get_best_hyperparameters_returns_is_a_list() -> None:
    for hypermodel in (get(build), WithBatches()):
        with pytest.raises(TypeError, match=r"got list of 1. Take its first element: get_best_"):
            hypermodel.build([HyperParameters()])
        with pytest.raises(TypeError, match=r"build takes HyperParameters, got dict\."):
            hypermodel.build({"units": 3})
        with pytest.raises(TypeError, match=r"got list of 0\."):
            hypermodel.build([])


def test_untunable_models_take_defaults_and_declare_nothing() -> None:
    model, hp = WithBatches(name="fixed", tunable=False), HyperParameters()
    hp.Int("layers", 1, 3, default=3)
    hp.choose = lambda parameter, before: parameter.values[-1]
    assert [layer.units for layer in model.build(hp).layers] == [4, 4, 4, 1]
    assert [p.name for p in hp.space] == ["layers"]
    assert model.name == "fixed"


def test_wrong_hypermodels() -> None:
    with pytest.raises(TypeError, match=r"is a class; give an instance, WithBatches\(\)"):
        get(WithBatches)
    with pytest.raises(TypeError, match=r"must be a function build\(hp\).*got 'model'"):
        get("model")
    with pytest.raises(NotImplementedError, match=r"HyperModel must define build\(hp\)"):
        HyperModel().build(HyperParameters())
