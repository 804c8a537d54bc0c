"""Hyperband's brackets: lengths are epochs, a promoted trial goes on from where it stopped."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Brackets, brackets, describe_brackets
from course.plots.brackets import spent

NINE = [[(9, 1), (3, 3), (1, 9)], [(5, 3), (1, 9)], [(3, 9)]]


def test_epochs_by_hand():
    assert [spent(bracket) for bracket in NINE] == [[9, 6, 6], [15, 6], [27]]


def test_bars_follow_each_other_and_say_what_they_are(ax):
    assert brackets(NINE, ax, "Brackets") is ax
    bars = [(p.get_x(), p.get_width(), p.get_y() + p.get_height() / 2) for p in ax.patches]
    expected = [(0, 9, 0), (9, 6, 0), (15, 6, 0), (0, 15, 1), (15, 6, 1), (0, 27, 2)]
    np.testing.assert_allclose(bars, expected, atol=1e-12)
    texts = [t.get_text() for t in ax.texts]
    assert texts == ["9 × 1", "3 × 3", "1 × 9", "21", "5 × 3", "1 × 9", "21", "3 × 9", "27"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["9 trials", "5 trials", "3 trials"]
    assert plt.get_fignums() == []


def test_the_rounds_of_an_oracle_serve_as_well(ax):
    named = [[SimpleNamespace(size=n, epochs=e) for n, e in bracket] for bracket in NINE]
    brackets(named, ax)
    assert len(ax.patches) == 6
    assert describe_brackets(named) == describe_brackets(NINE)


def test_update_replaces_what_was_there(ax):
    picture = Brackets(ax)
    picture.update(NINE)
    picture.update([[(2, 1), (1, 100)]])
    assert len(ax.patches) == 2
    assert [t.get_text() for t in ax.texts] == ["", "1 × 100", "101"]  # no room in the first


def test_words():
    assert describe_brackets(NINE[1:]) == (
        "2 brackets. 5 up to epoch 3, then 1 up to epoch 9: 21 epochs. 3 up to epoch 9: 27 epochs."
    )
