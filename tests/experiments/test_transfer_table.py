"""The table of transfers: rates chosen on other images and seeds, and where curves cross."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import transfer_table as table
from course.experiments.table import Table, load_table
from course.experiments.transferred_digits import LABELS, accuracy, transfer_parts, transferred


def test_the_best_rate_has_the_highest_mean_and_is_the_smallest_of_equals() -> None:
    rows = Table(
        {"learning_rate": [0.1, 0.1, 0.3, 0.3, 1, 1], "accuracy": [0.5, 0.7, 0.9, 0.3, 0.6, 0.5]}
    )
    assert table.best_rate(rows) == 0.1


def test_every_setting_was_tuned_and_judged_on_seeds_and_images_apart() -> None:
    rows = load_table("transfer_learning")
    settings = list(table.settings())
    tunings = sum(len(table.rates_of(way)) for _, way, _ in settings) * len(table.TUNING)
    assert len(rows) == tunings + len(table.JUDGING) * len(settings)
    chosen, judges = rows.where(part="validation"), rows.where(part="test")
    assert set(chosen["seed"]) == set(table.TUNING)
    assert set(judges["seed"]) == set(table.JUDGING)
    assert not set(table.TUNING) & set(table.JUDGING)
    for task, way, labels in settings:
        own = judges.where(task=task, way=way, labels=labels)
        rate, accuracies = table.judged(task, way, labels)
        assert set(own["learning_rate"]) == {rate}
        assert accuracies.shape == (16,)
        tried = chosen.where(task=task, way=way, labels=labels)
        assert tuple(tried.rates()) == table.rates_of(way)


def test_chosen_rates_lie_inside_their_grids_but_for_one_that_the_lesson_names() -> None:
    ends = [
        setting
        for setting in table.settings()
        if table.judged(*setting)[0] in (table.rates_of(setting[1])[k] for k in (0, -1))
    ]
    assert ends == [("parity", "thawed later", 10)]


def test_a_row_can_be_trained_again() -> None:
    rate, accuracies = table.judged("parity", "frozen", 50)
    parts = transfer_parts("parity", table.JUDGING[3])
    model = transferred("parity", "frozen", 50, rate, table.JUDGING[3])
    again = accuracy(model, parts.x_test, parts.y_test)
    assert again == pytest.approx(accuracies[3], abs=0.02)


def test_means_and_differences_are_those_of_the_seeds() -> None:
    curve = table.mean_curve("parity", "from scratch", (10, 50))
    assert curve[1] == pytest.approx(table.judged("parity", "from scratch", 50)[1].mean())
    found = table.ahead("parity", "frozen", "from scratch", 50)
    assert found.mean == pytest.approx(
        100 * (table.mean_curve("parity", "frozen", (50,))[0] - curve[1])
    )
    assert found.low < found.mean < found.high
    with pytest.raises(ValueError, match="no row"):
        table.judged("new digits", "thawed later", 10)


def test_a_crossover_is_where_the_second_is_never_behind_again() -> None:
    flat = np.full(len(LABELS), 0.5)
    assert table.crossover(LABELS, flat, flat) == LABELS[0]
    assert table.crossover(LABELS, flat, flat - 0.1) is None
    assert table.crossover((1, 2, 3, 4), (1, 1, 1, 1), (2, 0, 1, 2)) == 3
