"""Wide against deep: equal sizes, separate parts, rates chosen on other seeds."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.table import Table
from course.experiments.wide_or_deep import (
    SHAPES,
    accuracies,
    chosen,
    inside,
    shaped_network,
    task_data,
    trained_shape,
)


@pytest.mark.parametrize(("task", "count"), [("spirals", 501), ("digits", 2410)])
def test_all_shapes_of_a_task_have_the_same_size(task: str, count: int) -> None:
    for depth, units in SHAPES[task].items():
        model = shaped_network(task, depth)
        assert count <= model.count_params() <= count * 1.001
        assert len(units) == depth == len(model.layers) - 1


@pytest.mark.parametrize(("task", "n", "m"), [("spirals", 400, 1000), ("digits", 300, 450)])
def test_no_point_judges_that_was_learned(task: str, n: int, m: int) -> None:
    x, y, x_new, y_new = task_data(task, 2)
    assert (len(x), len(y), len(x_new), len(y_new)) == (n, n, m, m)
    assert not {row.tobytes() for row in x} & {row.tobytes() for row in x_new}


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(ValueError, match="task"):
        task_data("moons")


def test_digits_are_learned() -> None:
    learned, new = accuracies(trained_shape("digits", 1, 0.01), "digits")
    assert learned > 0.98
    assert 0.85 < new < learned


ROWS = Table(
    {
        "learning_rate": [0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1, 2, 2, 2, 2],
        "seed": [3, 2, 1, 0] * 3,
        "new": [9, 8, 2, 2, 5, 6, 1, 1, 0, 0, 7, 7],
    }
)


def test_the_rate_is_chosen_on_the_lower_seeds_and_judged_on_the_others() -> None:
    rate, rest = chosen(ROWS)
    assert rate == 1
    np.testing.assert_array_equal(rest["seed"], [2, 3])
    np.testing.assert_array_equal(rest["new"], [6, 5])
    assert chosen(ROWS, lowest=False)[0] == 2


def test_a_rate_at_the_end_of_the_grid_is_not_inside() -> None:
    assert inside(1.0, ROWS)
    assert not inside(0.1, ROWS)
    assert not inside(2.0, ROWS)
