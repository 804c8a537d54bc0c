"""Adam: three steps by hand, from w = 1 with lr = 0.1 and g = 0.5, 0.2, −0.4."""

from __future__ import annotations

import pytest

from course.optimizers import Adam
from steps import steps

G = [0.5, 0.2, -0.4]


def test_plain() -> None:
    # m = 0.05, 0.065, 0.0185; v = 0.00025, 0.00028975, 0.00044946025
    expected = [0.900000632452, 0.810143639880, 0.792515836878]
    assert steps(Adam(0.1), G) == pytest.approx(expected, rel=1e-11)


def test_amsgrad() -> None:
    # β₁ = β₂ = 0.5: m = 0.25, 0.225, -0.0875; v = 0.125, 0.0825, 0.12125, of which 0.125 stays
    expected = [0.900000028284, 0.826515356785, 0.852972862413]
    optimizer = Adam(0.1, beta_1=0.5, beta_2=0.5, amsgrad=True)
    assert steps(optimizer, G) == pytest.approx(expected, rel=1e-11)


def test_epsilon_is_outside_the_root_and_not_corrected() -> None:
    # t = 1: α = √(1 - 0.99)/(1 - 0.9) = 1, m = 0.4, √v = 0.4: the step is 0.4/(0.4 + 0.4)
    optimizer = Adam(1.0, beta_1=0.9, beta_2=0.99, epsilon=0.4)
    assert steps(optimizer, [4.0]) == pytest.approx([0.5])


def test_the_first_step_is_about_lr_whatever_the_gradient() -> None:
    for g in (1e-3, 1.0, 1e3):
        assert steps(Adam(), [g]) == pytest.approx([0.999], rel=1e-5)


def test_defaults() -> None:
    assert repr(Adam()) == (
        "Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False)"
    )
    assert list(Adam(amsgrad=True).slots()) == ["momentum", "velocity", "velocity_hat"]
