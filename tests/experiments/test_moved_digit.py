"""A digit moved about: its feature map, and the mean accuracies of the table."""

from __future__ import annotations

import numpy as np

from course.experiments.moved_digit import accuracies, answer, apart, seen
from course.experiments.table import load_table


def test_maps_are_compared_where_both_exist() -> None:
    middle = np.arange(30.0).reshape(5, 6)
    for dx, dy in ((0, 0), (-2, -1), (3, 0), (1, -2)):
        found = np.roll(middle, (dy, dx), axis=(0, 1))
        assert apart(found, middle, dx, dy) == 0
        assert apart(found, middle, dx, dy + 1) > 0


def test_a_map_that_stays_has_not_moved_along() -> None:
    _, middle = seen(3, 0, 0)
    assert apart(middle, middle, 0, 0) == 0
    assert apart(middle, middle, 1, 0) > 0.1


def test_the_network_reads_most_digits_in_the_middle() -> None:
    assert sum(answer("CNN", seen(digit, 0, 0)[0]) == digit for digit in range(10)) >= 8


def test_means_are_those_of_the_table() -> None:
    rows = load_table("topologies").where(study="shift", network="MLP", dx=1, dy=-2)
    assert accuracies().shape == (3, 7, 7)
    assert np.isclose(accuracies()[0, 1, 4], rows["test"].mean())
