"""Each fault has a sign of its own: over ten recorded seeds, and on trainings of now."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.clinic import examine
from course.experiments.patients import FAULTS
from course.experiments.telltales import FLOOR, SIGNS, found_by_signs, readings


def test_every_fault_has_a_sign() -> None:
    assert tuple(SIGNS) == FAULTS
    assert len({sign.words for sign in SIGNS.values()}) == len(FAULTS)


def test_over_ten_seeds_a_sign_fires_for_its_own_fault_and_no_other() -> None:
    table = load_table("clinic_and_capstone").where(units=32)
    assert len(table) == 10 * len(FAULTS)
    for i, fault in enumerate(table["fault"]):
        assert found_by_signs({k: table[k][i] for k in table.columns}) == [fault]


@pytest.mark.parametrize("fault", FAULTS)
def test_today_too(fault: str) -> None:
    assert found_by_signs(readings(examine(fault, 12))) == [fault]


def test_the_floor_of_a_doubled_softmax() -> None:
    best = np.exp(np.eye(10)[0])  # a softmax of the surest answer there is
    assert pytest.approx(-np.log(best[0] / best.sum())) == FLOOR
