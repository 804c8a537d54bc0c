"""The examination: its numbers against `fit` and against counting by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.clinic import examine, learn_ten, shared_rows, untrained, watched
from course.experiments.patients import patient, work_and_held_out


def test_shared_rows_by_hand() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert shared_rows(x, np.array([[3.0, 4.0], [4.0, 3.0], [1.0, 2.0]])) == 2


def test_findings_grow_epoch_by_epoch_and_end_like_an_examination() -> None:
    frames = list(watched("none", 3, epochs=3, every=1))
    assert [len(found.loss) for found in frames] == [1, 2, 3]
    assert [found.ten_right for found in frames] == [-1, -1, 10]
    last = examine("none", 3, epochs=3)
    np.testing.assert_array_equal(frames[-1].loss, last.loss)
    assert last.ratios.shape == last.gradients.shape == (3, 3)
    assert last.confusion.sum() == 300
    assert np.trace(last.confusion) / 300 == pytest.approx(last.val_accuracy[-1])
    assert last.sums_to_one == 1
    assert 2.2 < last.before < 2.5


def test_frozen_layers_have_no_gradient_and_zero_weights_none_but_zero() -> None:
    frozen = examine("hidden layers frozen", epochs=1)
    assert np.isnan(frozen.gradients[:2]).all()
    assert frozen.gradients[2, 0] > 0
    zero = examine("all weights start at 0", epochs=1)
    assert not zero.gradients[:2].any()
    assert zero.silent == 1
    assert zero.before == pytest.approx(np.log(10), abs=1e-5)


@pytest.mark.filterwarnings("error")
def test_a_divergence_is_a_finding_and_no_warning() -> None:
    assert np.nanmax(examine("learning rate too large", epochs=1).ratios) > 1


def test_ten_rows_are_learned_with_wrong_labels_too() -> None:
    assert learn_ten(patient("labels shuffled", 2), 2)[1] == 10
    assert learn_ten(patient("learning rate too small", 2), 2)[1] < 6


def test_small_logits_add_half_their_variance() -> None:
    x, _, y, _ = work_and_held_out()
    loss, spread = np.mean([untrained(x, y, seed) for seed in range(10)], axis=0)
    assert loss == pytest.approx(np.log(10) + spread / 2, abs=0.05)
