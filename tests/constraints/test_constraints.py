"""Projections by hand, against Keras, and how they are found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from course import constraints
from course.constraints import Constraint, MaxNorm, MinMaxNorm, NonNeg, UnitNorm

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "f1a.json").read_text(encoding="utf-8"))
W = np.array([[3.0, 0.3], [-4.0, 0.4]])  # columns of length 5 and ½
EACH = [
    MaxNorm(2),
    MaxNorm(0),
    MaxNorm(1.5, axis=1),
    NonNeg(),
    UnitNorm(),
    UnitNorm(axis=(0, 1)),
    MinMaxNorm(1, 2),
]


@pytest.mark.parametrize(("name", "options", "expected"), GOLDEN["constraints"])
def test_values_are_those_of_keras(name, options, expected):
    constraint = getattr(constraints, name)(**options)
    # Keras adds 1e-7 to every length it divides by, which shrinks even what is allowed.
    np.testing.assert_allclose(constraint(np.array(GOLDEN["rows"])), expected, rtol=3e-7)


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (MaxNorm(), [[1.2, 0.3], [-1.6, 0.4]]),
        (MaxNorm(1, axis=1), [[3 / np.hypot(3, 0.3), 0.3 / np.hypot(3, 0.3)],
                              [-4 / np.hypot(4, 0.4), 0.4 / np.hypot(4, 0.4)]]),
        (MaxNorm(0), [[0, 0], [0, 0]]),
        (NonNeg(), [[3, 0.3], [0, 0.4]]),
        (UnitNorm(), [[0.6, 0.6], [-0.8, 0.8]]),
        (MinMaxNorm(1, 2), [[1.2, 0.6], [-1.6, 0.8]]),
        (MinMaxNorm(1, 2, rate=0.5), [[2.1, 0.45], [-2.8, 0.6]]),
        (MinMaxNorm(), [[0.6, 0.3], [-0.8, 0.4]]),
    ],
)  # fmt: skip
def test_values_by_hand(constraint, expected):
    np.testing.assert_allclose(constraint(W), expected, rtol=1e-12)


def test_what_is_allowed_stays_to_the_last_bit():
    np.testing.assert_array_equal(MaxNorm(5.1)(W), W)


def test_the_kernel_of_a_convolution_has_three_axes_for_each_unit():
    w = np.random.default_rng(0).normal(size=(3, 3, 2, 4))
    limited = MaxNorm(1, axis=[0, 1, 2])(w)
    np.testing.assert_allclose(np.sqrt((limited**2).sum(axis=(0, 1, 2))), 1)


@pytest.mark.parametrize("constraint", EACH, ids=repr)
def test_zeros_stay_and_float32_stays(constraint):
    w = np.zeros((2, 3), np.float32)
    assert constraint(w).dtype == np.float32
    np.testing.assert_array_equal(constraint(w), 0)


# A number whose square underflows has no length that could be divided by.
NUMBERS = st.floats(-1e3, 1e3).map(lambda v: v if abs(v) > 1e-100 else 0.0)


@given(st.sampled_from(EACH), npst.arrays(np.float64, (3, 4), elements=NUMBERS))
def test_a_second_time_changes_nothing_and_the_argument_stays(constraint, w):
    before = w.copy()
    once = constraint(w)
    np.testing.assert_array_equal(w, before)
    np.testing.assert_allclose(constraint(once), once, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", constraints.TABLE)
def test_names_classes_and_configs_are_found(name):
    made = constraints.get(name)
    cls = getattr(constraints, name)
    assert type(made) is cls
    assert constraints.get(cls) == constraints.get(made) == cls.from_config(made.get_config())
    assert constraints.get(json.loads(json.dumps(constraints.serialize(made)))) == made


def test_parameters_survive_a_file():
    made = MinMaxNorm(0.1, 3, 0.5, axis=(0, 1))
    assert constraints.get(json.loads(json.dumps(constraints.serialize(made)))) == made


def test_none_and_functions_are_returned_as_they_are():
    assert constraints.get(None) is None
    assert constraints.serialize(None) is None
    assert constraints.get(np.abs) is np.abs


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: constraints.get("maxnrm"), ValueError, "Did you mean 'MaxNorm'"),
        (lambda: constraints.get(2), TypeError, "constraint must be a name such as 'max_norm'"),
        (lambda: constraints.get(int), TypeError, "constraint must be a name such as 'max_norm'"),
        (lambda: MaxNorm(-1), ValueError, "max_value must be at least 0, got -1"),
        (lambda: MaxNorm(axis=0.5), TypeError, "axis must be a whole number, got 0.5"),
        (lambda: UnitNorm(axis=(0, "1")), TypeError, "axis must be a whole number, got '1'"),
        (lambda: MinMaxNorm(-1), ValueError, "min_value must be at least 0"),
        (lambda: MinMaxNorm(2, 1), ValueError, "max_value must be at least 2, got 1"),
        (lambda: MinMaxNorm(rate=1.5), ValueError, "rate must be at least 0 and at most 1"),
        (lambda: MinMaxNorm(axis=None), TypeError, "axis must be a whole number, got None"),
        (lambda: Constraint()(W), NotImplementedError, r"must define __call__\(w\)"),
    ],
)
def test_wrong_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
