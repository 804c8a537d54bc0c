"""SGD: three steps by hand, from w = 1 with lr = 0.1 and g = 0.5, 0.2, −0.4."""

from __future__ import annotations

import pytest

from course.optimizers import SGD
from steps import steps

G = [0.5, 0.2, -0.4]


def test_plain_descent() -> None:
    assert steps(SGD(0.1), G) == pytest.approx([0.95, 0.93, 0.97], rel=1e-12)


def test_momentum() -> None:
    # m = -0.05, then 0.9·(-0.05) - 0.02 = -0.065, then 0.9·(-0.065) + 0.04 = -0.0185
    expected = [0.95, 0.885, 0.8665]
    assert steps(SGD(0.1, momentum=0.9), G) == pytest.approx(expected, rel=1e-12)


def test_nesterov() -> None:
    # steps 0.9·m - 0.1·g: -0.045 - 0.05, -0.0585 - 0.02, -0.01665 + 0.04
    expected = [0.905, 0.8265, 0.84985]
    assert steps(SGD(0.1, momentum=0.9, nesterov=True), G) == pytest.approx(expected, rel=1e-12)


def test_defaults() -> None:
    assert steps(SGD(), [1.0]) == pytest.approx([0.99])
    assert SGD().slots() == {}
    assert SGD(momentum=0.5).slots() == {"momentum": 0.0}
    assert repr(SGD()) == "SGD(learning_rate=0.01, momentum=0.0, nesterov=False)"
