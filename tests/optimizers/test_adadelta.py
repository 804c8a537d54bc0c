"""Adadelta: three steps by hand, from w = 1 with lr = 1, ρ = 0.95, ε = 0.01 and g = 0.5, 0.2, −0.4.

v = 0.0125, then 0.011875 + 0.002 = 0.013875, then 0.01318125 + 0.008 = 0.02118125.
"""

from __future__ import annotations

import pytest

from course.optimizers import Adadelta
from steps import steps

G = [0.5, 0.2, -0.4]


def test_by_hand() -> None:
    # s = 0.5·√(0.01/0.0225) = 1/3, so d = 0.05/9 = 0.00555...
    # s = 0.2·√(0.01555.../0.023875) = 0.16143..., so d = 0.0065808...
    # s = -0.4·√(0.0165808.../0.03118125) = -0.29168...
    expected = [0.666666666667, 0.505230413743, 0.796917209391]
    assert steps(Adadelta(1.0, epsilon=0.01), G) == pytest.approx(expected, rel=1e-11)


def test_the_step_does_not_depend_on_the_unit_of_the_loss() -> None:
    once, a_thousandfold = Adadelta(1.0, epsilon=1e-12), Adadelta(1.0, epsilon=1e-12)
    path = steps(once, [1.0, 2.0, -1.0])
    assert steps(a_thousandfold, [1e3, 2e3, -1e3]) == pytest.approx(path, rel=1e-9)


def test_the_learning_rate_is_a_factor_outside_what_is_remembered() -> None:
    full, half = steps(Adadelta(1.0), G, start=0.0), steps(Adadelta(0.5), G, start=0.0)
    assert [2 * w for w in half] == pytest.approx(full, rel=1e-12)


def test_defaults() -> None:
    assert repr(Adadelta()) == "Adadelta(learning_rate=0.001, rho=0.95, epsilon=1e-07)"
    assert list(Adadelta().slots()) == ["accumulated_grad", "accumulated_delta_var"]


def test_rho_is_below_one() -> None:
    with pytest.raises(ValueError, match=r"rho must be at least 0 and below 1, got 1\.0"):
        Adadelta(rho=1.0)
