"""Hinge loss by hand, with either pair of labels."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses


@pytest.mark.parametrize("labels", [[0, 1, 0, 1], [-1, 1, -1, 1]])
def test_by_hand(labels: list[int]) -> None:
    values = losses.hinge(np.array(labels)[:, None], [[0.5], [0.5], [-2.0], [-1.0]])
    np.testing.assert_allclose(values, [1.5, 0.5, 0, 2])


def test_a_batch_with_one_kind_of_label_is_read_the_same() -> None:
    loss, p = losses.Hinge(), np.array([[0.25]])
    assert loss.forward(np.array([[0.0]]), p)[0] == loss.forward(np.array([[-1.0]]), p)[0] == 1.25


def test_at_the_margin_nothing_pulls_any_more() -> None:
    loss, y, p = losses.Hinge(), np.array([[1.0], [0.0], [1.0]]), np.array([[1.0], [-1.0], [0.5]])
    _, cache = loss.forward(y, p)
    np.testing.assert_array_equal(loss.backward(y, p, cache), [[0], [0], [-1]])
