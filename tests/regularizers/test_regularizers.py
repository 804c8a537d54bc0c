"""Penalties, their gradients, and how they are found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course import regularizers
from course.regularizers import L1, L1L2, L2, Regularizer

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "f1a.json").read_text(encoding="utf-8"))
W = np.array([[1.0, -2.0], [0.5, 3.0], [-0.1, 4.0]])


@pytest.mark.parametrize(("name", "options", "value"), GOLDEN["regularizers"])
def test_values_are_those_of_keras(name, options, value):
    penalty = getattr(regularizers, name)(**options)
    assert penalty(np.array(GOLDEN["rows"])) == pytest.approx(value, rel=1e-7)


def test_values_by_hand():
    assert L1(0.1)(W) == pytest.approx(1.06)
    assert L2(0.1)(W) == pytest.approx(3.026)
    assert L1L2(0.1, 0.1)(W) == pytest.approx(4.086)


@pytest.mark.parametrize("penalty", [L1(0.3), L2(0.2), L1L2(0.3, 0.2), L1L2(), L1(0)], ids=repr)
def test_gradients_agree_with_central_differences(penalty):
    h, numerical = 1e-6, np.empty_like(W)
    for i in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[i] = h
        numerical[i] = (penalty(W + step) - penalty(W - step)) / (2 * h)
    np.testing.assert_allclose(penalty.gradient(W), numerical, atol=1e-8)


@pytest.mark.parametrize("penalty", [L1(np.float64(0.3)), L2(np.float64(0.2)), L1L2(0.3, 0.2)])
def test_values_are_floats_and_gradients_of_the_type_of_the_weights(penalty):
    w = W.astype(np.float32)
    assert type(penalty(w)) is float
    assert penalty.gradient(w).dtype == np.float32
    np.testing.assert_array_equal(w, W.astype(np.float32))


def test_the_gradient_of_l1_at_zero_is_zero():
    np.testing.assert_array_equal(L1(1).gradient(np.zeros(2)), 0)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("l1", L1(0.01)),
        ("l2", L2(0.01)),
        ("L2", L2(0.01)),
        ("l1_l2", L1L2(0.01, 0.01)),
        ("l1l2", L1L2(0.01, 0.01)),
    ],
)
def test_names(name, expected):
    assert regularizers.get(name) == expected


@pytest.mark.parametrize(
    "penalty",
    [regularizers.l1(0.3), regularizers.l2(0.2), regularizers.l1_l2(l1=0.1), L1L2(0, 0.2)],
)
def test_configs_come_back(penalty):
    kept = json.loads(json.dumps(regularizers.serialize(penalty)))
    assert regularizers.get(kept) == penalty
    assert type(penalty).from_config(penalty.get_config()) == penalty
    assert regularizers.get(penalty) is penalty


def test_none_and_classes():
    assert regularizers.get(None) is None
    assert regularizers.serialize(None) is None
    assert regularizers.get(L2) == L2()


def test_any_object_with_a_gradient_will_do():
    class Quartic:
        def __call__(self, w):
            return float(np.sum(w**4))

        def gradient(self, w):
            return 4 * w**3

    penalty = Quartic()
    assert regularizers.get(penalty) is penalty


class Unfinished(Regularizer):
    """A penalty whose gradient was forgotten."""

    def __call__(self, w):
        return 0.0


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: regularizers.get("l1_l3"),
            ValueError,
            "Unknown regularizer 'l1_l3'. Did you mean",
        ),
        (lambda: regularizers.get(0.01), TypeError, "regularizer must be a name such as 'l1'"),
        (lambda: regularizers.get(int), TypeError, "regularizer must be a name such as 'l1'"),
        (
            lambda: regularizers.get(np.sum),
            TypeError,
            r"regularizer sum has no gradient\. Write a class .* gradient\(w\)",
        ),
        (
            lambda: regularizers.get(Unfinished()),
            TypeError,
            r"regularizer Unfinished has no gradient\. Write a class .* gradient\(w\)",
        ),
        (lambda: regularizers.get(Unfinished), TypeError, "Unfinished has no gradient"),
        (lambda: L1(-1), ValueError, "l1 must be at least 0, got -1"),
        (lambda: L2("0.1"), TypeError, "l2 must be a number, got '0.1'"),
        (lambda: L1L2(l1=-1), ValueError, "l1 must be at least 0"),
        (lambda: L1L2(l2=np.nan), ValueError, "l2 must be at least 0, got nan"),
        (lambda: Regularizer()(W), NotImplementedError, r"must define __call__\(w\)"),
        (lambda: Regularizer().gradient(W), NotImplementedError, r"must define gradient\(w\)"),
    ],
)
def test_wrong_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
