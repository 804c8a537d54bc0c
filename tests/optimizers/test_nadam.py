"""Nadam: three steps by hand, from w = 1 with lr = 0.1 and g = 0.5, 0.2, −0.4.

μ = 0.468, 0.48528, 0.5018688, 0.517794048; their products 0.468, 0.22711104, 0.11397994511...,
0.05901813717...
"""

from __future__ import annotations

from math import prod

import pytest

from course.optimizers import Nadam
from steps import steps

G = [0.5, 0.2, -0.4]


def test_by_hand() -> None:
    # m = 0.05, 0.065, 0.0185; v = 0.00025, 0.00028975, 0.00044946025, corrected
    # 0.25, 0.14494747..., 0.14997000...
    # m̂ = 0.48528·0.05/0.77288896 + 0.532·0.5/0.532 = 0.53139390...
    # m̂ = 0.5018688·0.065/0.88602005... + 0.51472·0.2/0.77288896 = 0.17001176...
    # m̂ = 0.517794048·0.0185/0.94098186... - 0.4981312·0.4/0.88602005... = -0.21470484...
    expected = [0.893721240925, 0.849065887942, 0.904507970808]
    assert steps(Nadam(0.1), G) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("t", [0, 1, 7, 400, 999, 1000, 1500])
def test_the_product_is_that_of_all_strengths_so_far(t: int) -> None:
    optimizer = Nadam(beta_1=0.99)
    optimizer.iterations = t
    expected = prod(0.99 * (1 - 0.5 * 0.96**i) for i in range(1, t + 1))
    assert optimizer.scalars() == {"u_product": pytest.approx(expected, rel=1e-11)}


def test_it_depends_on_the_count_of_steps_alone() -> None:
    first = Nadam(0.1)
    steps(first, G)
    again = Nadam(0.1)
    again.iterations = 3
    assert again.scalars() == first.scalars()


def test_defaults() -> None:
    assert repr(Nadam()) == "Nadam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07)"
    assert list(Nadam().slots()) == ["momentum", "velocity"]
