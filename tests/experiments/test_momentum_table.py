"""The shipped table of momentum: complete, and each hundred learned by heart."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.hundred_digits import learned_by_heart
from course.optimizers import SGD


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("rate", [0.1, 0.2, 0.5, 1.0])
def test_every_part_is_there_and_learned_by_heart(rate: float, momentum: float) -> None:
    rows = load_table("momentum").where(effective_rate=rate, momentum=momentum)
    np.testing.assert_array_equal(rows["part"], range(10))
    assert rows["training"].min() > 0.97
    assert 0.8 < rows["test"].min() < rows["test"].max() < 0.97


def test_a_row_can_be_made_again() -> None:
    row = load_table("momentum").where(effective_rate=0.5, momentum=0.9, part=3)
    training, test = learned_by_heart(SGD(0.05, momentum=0.9), 3)
    assert training == pytest.approx(row["training"][0], abs=0.02)
    assert test == pytest.approx(row["test"][0], abs=0.02)
