from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.datasets import load_digits, split

x = np.arange(40.0).reshape(20, 2)
y = np.arange(20)


@pytest.mark.parametrize("stratify", [False, True])
@pytest.mark.parametrize(("test", "k"), [(0.25, 5), (0.1, 2), (3, 3), (0.12, 3), (19, 19)])
def test_every_row_lands_in_one_part_beside_its_target(stratify, test, k):
    labels = y % 2
    x_train, x_test, y_train, y_test = split(x, labels, test, stratify=stratify)
    assert (len(x_test), len(y_test), len(x_train), len(y_train)) == (k, k, 20 - k, 20 - k)
    rows = np.concatenate([x_train, x_test])[:, 0] / 2
    assert sorted(rows) == list(range(20))
    np.testing.assert_array_equal(np.concatenate([y_train, y_test]), rows % 2)


def test_rows_are_shuffled_and_a_seed_repeats():
    first, again, other = split(x, y, seed=1), split(x, y, seed=1), split(x, y, seed=2)
    for a, b in zip(first, again, strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(first[3], other[3])
    assert list(first[2]) != sorted(first[2])


def test_a_share_is_not_lost_to_floating_point():
    assert len(split(np.zeros(1000), np.zeros(1000), test=0.07)[1]) == 70  # 0.07 * 1000 > 70


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=60), st.data())
def test_stratified_parts_have_the_same_mixture(labels, data):
    labels = np.array(labels)
    k = data.draw(st.integers(1, len(labels) - 1))
    _, _, _, y_test = split(labels, labels, test=k, stratify=True)
    assert len(y_test) == k
    expected = np.bincount(labels, minlength=5) * k / len(labels)
    assert np.all(np.abs(np.bincount(y_test, minlength=5) - expected) < 1 + 1e-9)


def test_stratified_parts_are_shuffled():
    _, _, y_train, y_test = split(*load_digits(), stratify=True)
    for part in (y_train, y_test):
        assert np.mean(part[1:] == part[:-1]) < 0.2


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"y": y[:5]}, ValueError, "x and y must be of one length, got 20 and 5 rows"),
        ({"test": 0}, ValueError, "test=0 leaves one of the two parts of 20 rows empty"),
        ({"test": 20}, ValueError, "test=20 leaves one"),
        ({"test": 0.99}, ValueError, r"test=0\.99 leaves one"),
        ({"test": 1.0}, ValueError, "test must be above 0 and below 1"),
        ({"test": True}, TypeError, "test must be a number, got True"),
        ({"y": x, "stratify": True}, ValueError, r"one class a row, got \(20, 2\)"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        split(**{"x": x, "y": y, **arguments})
