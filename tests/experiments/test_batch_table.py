"""The table of batch sizes: who chooses, who judges."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.batch_digits import RATES, SIZES, trained
from course.experiments.batch_table import (
    JUDGED,
    against,
    batch_runs,
    choose,
    judged,
    mean_map,
    quickest,
)
from course.experiments.table import Table


def rows(*lines: tuple[float, int, float, float]) -> Table:
    rates, seeds, losses, right = zip(*lines, strict=True)
    n = len(lines)
    return Table(
        {
            "equal": ["loss"] * n,
            "batch_size": [8] * n,
            "learning_rate": list(rates),
            "seed": list(seeds),
            "loss": list(losses),
            "validation": list(right),
            "updates": [100 * rate for rate in rates],
        }
    )


def test_judging_seeds_do_not_choose() -> None:
    runs = rows((0.1, 0, 0.01, 0.8), (0.2, 0, 0.01, 0.7), (0.2, 5, 0.01, 1.0))
    assert choose(runs, "loss", 8) == 0.1


def test_a_rate_that_did_not_come_down_is_not_chosen() -> None:
    runs = rows((0.1, 0, 0.2, 0.9), (0.2, 0, 0.04, 0.7))
    assert choose(runs, "loss", 8) == 0.2


def test_the_quickest_is_that_of_those_that_came_down() -> None:
    runs = rows((0.1, 0, 0.2, 0.9), (0.2, 0, 0.04, 0.7), (0.4, 0, 0.04, 0.9))
    assert quickest(runs, "loss", 8) == 0.2
    assert choose(runs, "loss", 8) == 0.4


def test_the_chosen_rates_are_bracketed_and_judged_by_fifteen_seeds() -> None:
    runs = batch_runs()
    for equal in ("epochs", "updates", "loss"):
        for size in JUDGED:
            rate = choose(runs, equal, size)
            tried = runs.where(equal=equal, batch_size=size).rates()
            assert tried[0] < rate < tried[-1]
            setting = {"equal": equal, "batch_size": size, "learning_rate": rate}
            assert judged(runs, "test", **setting).shape == (15,)


def test_the_map_holds_the_means_of_the_choosing_seeds() -> None:
    runs = batch_runs()
    found = mean_map(runs, "validation", "epochs")
    assert found.shape == (len(RATES), len(SIZES))
    mine = runs.where(equal="epochs", batch_size=8, learning_rate=0.08)
    assert found[3, 3] == pytest.approx(mine["validation"][mine["seed"] < 5].mean())


def test_the_table_repeats_here() -> None:
    kept = batch_runs().where(equal="updates", batch_size=32, learning_rate=0.08, seed=2)
    np.testing.assert_allclose(
        kept["validation"], trained(32, 0.08, 2, "updates").validation, atol=0.02
    )


def test_a_verdict_is_of_pairs_on_the_judging_seeds() -> None:
    runs = batch_runs()
    found = against(runs, "epochs", 0.04)
    assert list(found) == [1, 8, 64, 512]
    assert found[8].gap == (0, 0, 0)
    assert {verdict.rows for verdict in found.values()} == {5120}
    assert found[512].arrived == 0
    assert against(runs, "loss")[512].arrived == 15
    pair = [
        judged(runs, "test", equal="epochs", batch_size=size, learning_rate=0.04)
        for size in (64, 8)
    ]
    assert found[64].gap.mean == pytest.approx(100 * np.mean(pair[0] - pair[1]))
    assert against(runs, "updates")[64].rate == choose(runs, "updates", 64)
