"""Ways to end a training: their cost and score, against the recorded curves themselves."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.sloppy_digits import JUDGED, MONITORS, RATES, TUNING, recorded
from course.experiments.stopping import judged, outcome


def test_a_patience_beyond_all_epochs_keeps_the_best_of_all() -> None:
    curves = recorded(7, 0.003)
    end = outcome("val_loss", 80, 0.003, 7)
    best = curves["val_loss"].argmin()
    assert end == (80, curves["choose_accuracy"][best], curves["test_accuracy"][best])


def test_without_stopping_the_last_weights_count() -> None:
    test = recorded(7, 0.01)["test_accuracy"]
    for epochs in (20, 80):
        end = outcome("val_loss", None, 0.01, 7, epochs)
        assert (end.epochs, end.test) == (epochs, test[epochs - 1])


@pytest.mark.parametrize("patience", [0, 20, None])
def test_the_rate_is_the_best_on_other_seeds_and_digits(patience: int | None) -> None:
    found = judged("val_accuracy", patience)
    means = {
        rate: np.mean([outcome("val_accuracy", patience, rate, seed).choose for seed in TUNING])
        for rate in RATES
    }
    assert means[found.rate] == max(means.values())
    assert len(found.test) == len(found.epochs) == 20
    assert found.test[0] == outcome("val_accuracy", patience, found.rate, 5).test


def test_more_patience_costs_more_epochs() -> None:
    for seed in range(5):
        costs = [outcome("val_loss", p, 0.003, seed).epochs for p in (0, 2, 5, 20, None)]
        assert costs == sorted(costs)


def test_every_way_to_end_chooses_a_rate_that_was_recorded_for_judging() -> None:
    ways = [(monitor, p) for monitor in MONITORS for p in (0, 1, 2, 3, 5, 10, 20, None)]
    ways += [("val_loss", None, epochs) for epochs in (10, 20, 40)]
    chosen = {judged(*way).rate for way in ways}
    assert chosen == set(JUDGED)
    assert min(RATES) < min(JUDGED) < max(JUDGED) < max(RATES)  # bracketed
