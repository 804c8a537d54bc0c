"""Adamax: three steps by hand, from w = 1 with lr = 0.1 and g = 0.5, 0.2, −0.4."""

from __future__ import annotations

import pytest

from course.optimizers import Adamax
from steps import steps

G = [0.5, 0.2, -0.4]


def test_by_hand() -> None:
    # m = 0.05, 0.065, 0.0185; u = 0.5, 0.4995, 0.4990005 (0.4 is less)
    # steps 1·0.05/0.5, 0.1/0.19·0.065/0.4995, 0.1/0.271·0.0185/0.4990005
    expected = [0.900000020000, 0.831510491538, 0.817830010461]
    assert steps(Adamax(0.1), G) == pytest.approx(expected, rel=1e-11)


def test_the_largest_gradient_is_forgotten_at_the_rate_of_beta_2() -> None:
    # u = 4, 2, 1 with β₂ = 0.5; β₁ = 0: the steps are g/u = 1, 0.5, 1
    optimizer = Adamax(1.0, beta_1=0.0, beta_2=0.5, epsilon=1e-12)
    assert steps(optimizer, [4.0, 1.0, 1.0], start=0.0) == pytest.approx([-1, -1.5, -2.5])


def test_epsilon_is_added_to_the_norm() -> None:
    assert steps(Adamax(1.0, epsilon=2.0), [2.0]) == pytest.approx([0.5])


def test_defaults() -> None:
    assert repr(Adamax()) == "Adamax(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07)"
    assert list(Adamax().slots()) == ["momentum", "norm"]
