"""RMSprop: three steps by hand, from w = 1 with lr = 0.1, ρ = 0.9 and g = 0.5, 0.2, −0.4.

v = 0.025, then 0.0225 + 0.004 = 0.0265, then 0.02385 + 0.016 = 0.03985.
"""

from __future__ import annotations

import pytest

from course.optimizers import RMSprop
from steps import steps

G = [0.5, 0.2, -0.4]


def test_plain() -> None:
    # s = 0.05/√0.0250001, 0.02/√0.0265001, -0.04/√0.0398501
    expected = [0.683772866437, 0.560914074879, 0.761289881461]
    assert steps(RMSprop(0.1), G) == pytest.approx(expected, rel=1e-11)


def test_momentum() -> None:
    # m = 0.316227133563, 0.280972358340, -0.059889627412
    expected = [0.683772866437, 0.402800508097, 0.462690135509]
    assert steps(RMSprop(0.1, momentum=0.5), G) == pytest.approx(expected, rel=1e-11)


def test_centered() -> None:
    # a = 0.05, 0.065, 0.0185; s = 0.05/√(0.0250001 - 0.0025), ...
    expected = [0.666667407405, 0.532662666166, 0.733904512514]
    assert steps(RMSprop(0.1, centered=True), G) == pytest.approx(expected, rel=1e-11)


def test_epsilon_is_inside_the_root() -> None:
    assert steps(RMSprop(1.0, rho=0.0, epsilon=16.0), [3.0]) == pytest.approx([1 - 3 / 5])


def test_defaults() -> None:
    expected = "RMSprop(learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False)"
    assert repr(RMSprop()) == expected
    assert list(RMSprop(momentum=0.1, centered=True).slots()) == [
        "velocity",
        "momentum",
        "average_gradient",
    ]
