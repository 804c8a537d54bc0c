"""Lion: the signs worked out by hand."""

from __future__ import annotations

import pytest

from course.optimizers import Lion
from steps import steps


def test_by_hand() -> None:
    # 0.9·m + 0.1·g = 0.05, 0.0045 + 0.02, 0.006255 - 0.04 with m = 0, 0.005, 0.00695
    assert steps(Lion(0.1), [0.5, 0.2, -0.4]) == pytest.approx([0.9, 0.8, 0.9], rel=1e-12)


def test_the_momentum_can_outvote_the_gradient() -> None:
    # m = 0.01, then 0.9·0.01 - 0.1·0.05 = 0.004: on in the old direction; m = 0.0094
    # then 0.9·0.0094 - 0.1·0.2 < 0: back
    assert steps(Lion(1.0), [1.0, -0.05, -0.2], start=0.0) == pytest.approx([-1, -2, -1])


def test_the_size_of_the_gradient_does_not_matter_and_nothing_moves_without_one() -> None:
    assert steps(Lion(0.1), [1e-6]) == steps(Lion(0.1), [1e6]) == pytest.approx([0.9])
    assert steps(Lion(0.1), [0.0]) == [1.0]


def test_defaults() -> None:
    assert repr(Lion()) == "Lion(learning_rate=0.001, beta_1=0.9, beta_2=0.99)"
    assert Lion().slots() == {"momentum": 0.0}


def test_without_a_share_of_momentum_it_is_refused() -> None:
    with pytest.raises(ValueError, match=r"beta_1 must be above 0 and at most 1, got 0\.0"):
        Lion(beta_1=0.0)
