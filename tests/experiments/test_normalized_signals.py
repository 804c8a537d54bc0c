"""Gradients that grow: against the limit of wide layers and large batches."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.normalized_signals import growth, normalized_signals
from course.experiments.signal_sizes import SignalSizes


def test_growth_is_the_factor_of_one_layer() -> None:
    sizes = SignalSizes(np.ones(20), 1.5 ** np.arange(20.0)[::-1])
    assert growth(sizes) == pytest.approx(1.5)


def test_batch_normalization_grows_by_the_root_of_pi_over_pi_minus_1() -> None:
    assert growth(normalized_signals(40)) == pytest.approx((np.pi / (np.pi - 1)) ** 0.5, abs=0.025)
    assert growth(normalized_signals(40, rows=4)) > 1.4


@pytest.mark.parametrize("norm", ["none", "layer"])
def test_without_it_nothing_grows(norm: str) -> None:
    assert growth(normalized_signals(40, norm)) == pytest.approx(1, abs=0.08)
