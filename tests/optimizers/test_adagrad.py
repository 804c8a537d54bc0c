"""Adagrad: three steps by hand, from w = 1 with lr = 0.1 and g = 0.5, 0.2, −0.4.

a = 0.1 + 0.25 = 0.35, then 0.39, then 0.55.
"""

from __future__ import annotations

import pytest

from course.optimizers import Adagrad
from steps import steps

G = [0.5, 0.2, -0.4]


def test_by_hand() -> None:
    # s = 0.05/√0.3500001, 0.02/√0.3900001, -0.04/√0.5500001
    expected = [0.915484586601, 0.883458959946, 0.937394944039]
    assert steps(Adagrad(0.1), G) == pytest.approx(expected, rel=1e-11)


def test_epsilon_is_inside_the_root() -> None:
    optimizer = Adagrad(1.0, initial_accumulator_value=0.0, epsilon=16.0)
    assert steps(optimizer, [3.0]) == pytest.approx([1 - 3 / 5])


def test_a_constant_gradient_moves_by_lr_over_the_root_of_t() -> None:
    optimizer = Adagrad(1.0, initial_accumulator_value=0.0, epsilon=1e-12)
    path = steps(optimizer, [7.0] * 4, start=0.0)
    assert path == pytest.approx([-1, -1 - 2**-0.5, -1 - 2**-0.5 - 3**-0.5, path[2] - 0.5])


def test_defaults() -> None:
    assert repr(Adagrad()) == (
        "Adagrad(learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-07)"
    )
    assert Adagrad().slots() == {"accumulator": 0.1}


def test_the_accumulator_cannot_start_below_zero() -> None:
    with pytest.raises(ValueError, match="initial_accumulator_value must be at least 0, got -1"):
        Adagrad(initial_accumulator_value=-1)
