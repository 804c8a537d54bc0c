"""The patients: which rows they get, and that each fault is really planted."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.experiments.clinic import shared_rows
from course.experiments.patients import FAULTS, numbered, patient, work_and_held_out


def test_held_out_digits_are_in_no_patient() -> None:
    x, held, y, y_held = work_and_held_out()
    assert (len(x), len(held), len(y), len(y_held)) == (1347, 450, 1347, 450)
    assert shared_rows(x, held) == 0
    for fault in FAULTS:
        case = patient(fault, 1)
        scale = np.float32(255 if fault == "inputs not scaled" else 1)
        for rows in (case.x, case.x_val, case.x_fresh):
            assert shared_rows(held * scale, rows) == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_fresh_rows_are_new_and_labels_there_are_true(fault: str) -> None:
    case, sound = patient(fault), patient()
    assert shared_rows(case.x, case.x_fresh) == 0
    np.testing.assert_array_equal(case.y_fresh, sound.y_fresh)
    assert len(case.x_val) == 300
    assert len(case.x) == (900 if fault == "validation rows in training" else 600)


def test_faults_of_the_labels() -> None:
    sound, off = patient(), patient("labels off by one class")
    np.testing.assert_array_equal(off.y, (sound.y + 1) % 10)
    np.testing.assert_array_equal(off.y_val, sound.y_val)
    shuffled = patient("labels shuffled")
    np.testing.assert_array_equal(np.sort(shuffled.y), np.sort(sound.y))
    assert np.mean(shuffled.y == sound.y) < 0.2
    ordered = patient("rows sorted by class")
    assert np.all(np.diff(np.concatenate([ordered.y, ordered.y_val])) >= 0)


def test_faults_of_the_network() -> None:
    def built(fault: str) -> object:
        with config.seeded(0):
            return patient(fault).build()

    assert not any(w.any() for w in built("all weights start at 0").get_weights())
    assert len(built("hidden layers frozen").trainable_weights) == 2
    assert built("gradients clipped to 0.0001").optimizer.clipnorm == 1e-4
    assert [float(built(f"learning rate too {s}").optimizer.learning_rate) for s in
            ("large", "small")] == pytest.approx([30, 3e-5])  # fmt: skip


@pytest.mark.filterwarnings("error")
def test_only_the_doubled_softmax_is_told_at_compile() -> None:
    for fault in FAULTS:
        if fault != "softmax twice":
            patient(fault).build()
    with pytest.raises(UserWarning, match="applies one more"):
        patient("softmax twice").build()


def test_the_box_holds_each_fault_once() -> None:
    assert sorted(numbered(k) for k in range(1, 15)) == sorted(FAULTS)
    with pytest.raises(ValueError, match="number"):
        numbered(15)
