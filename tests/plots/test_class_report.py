"""Precision, recall and F1 by class: what is drawn is what was counted."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course.experiments.intervals import wilson
from course.plots.class_report import class_report, describe_class_report

MATRIX = np.array([[9, 1], [2, 8]])


def test_points_and_intervals() -> None:
    ax = class_report(MATRIX, Figure().subplots(), "Two classes")
    recall, precision, f1 = (line.get_ydata() for line in ax.lines)
    np.testing.assert_allclose(recall, [0.9, 0.8])
    np.testing.assert_allclose(precision, [9 / 11, 8 / 9])
    np.testing.assert_allclose(f1, [18 / 21, 16 / 19])
    ends = np.array([segment[:, 1] for segment in ax.collections[0].get_segments()])
    np.testing.assert_allclose(ends, [wilson(9, 10), wilson(8, 10)])


def test_what_is_too_low_is_drawn_at_the_edge() -> None:
    ax = class_report(np.array([[0, 5], [0, 5]]), Figure().subplots())
    assert ax.lines[0].get_ydata()[0] == ax.get_ylim()[0]


def test_the_description_has_the_numbers() -> None:
    assert "Class 0: precision 0.82, recall 0.90 [0.60, 0.98], F1 0.86." in describe_class_report(
        MATRIX
    )
