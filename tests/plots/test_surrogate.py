"""One step of Bayesian optimization: mean, band, acquisition and the next place."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Surrogate, describe_surrogate, surrogate
from course.plots.surrogate import BAND

X = np.linspace(0, 1, 11)
MEAN, STD = (X - 0.6) ** 2 + 0.02, X / 10
MEASURED = np.array([0.0, 0.5]), np.array([0.36, 0.01])
GAIN = np.exp(-(((X - 0.7) / 0.1) ** 2))


def labels(ax) -> list[str]:
    return [t.get_text() for t in ax.get_legend().get_texts()]


def test_what_is_known_believed_and_next(ax):
    assert surrogate(X, MEAN, STD, MEASURED, GAIN, ax, "Next", truth=(X, MEAN)) is ax
    truth, mean, next_line, marker, points = ax.lines
    np.testing.assert_array_equal(truth.get_ydata(), MEAN)
    np.testing.assert_array_equal(mean.get_ydata(), MEAN)
    np.testing.assert_array_equal(points.get_data(), MEASURED)
    assert marker.get_xdata() == next_line.get_xdata()[0] == X[7]
    band, gain = (c.get_paths()[0].vertices for c in ax.collections)
    np.testing.assert_allclose(band[:11, 1], MEAN - BAND * STD)
    assert gain[:, 1].max() < (MEAN - BAND * STD).min()
    assert sorted(labels(ax)) == sorted(
        ["truth", "95 %", "mean", "acquisition", "next", "measured"]
    )
    assert plt.get_fignums() == []


def test_without_an_acquisition_nothing_is_next(ax):
    surrogate(X, MEAN, STD, MEASURED, ax=ax)
    assert sorted(labels(ax)) == ["95 %", "mean", "measured"]
    assert len(ax.lines[1].get_xdata()) == len(ax.lines[2].get_xdata()) == 0


def test_update_moves_the_same_artists(ax):
    picture = Surrogate(ax)
    before = len(ax.get_children())
    picture.update(X, MEAN, STD, MEASURED, GAIN)
    picture.update(X, MEAN, STD, MEASURED, np.zeros(11))
    picture.update(X, MEAN, STD, MEASURED)
    assert len(picture.gain.artist.get_paths()) == 0
    assert len(ax.get_children()) == before


def test_words():
    text = describe_surrogate(X, MEAN, STD, MEASURED, GAIN)
    assert text == (
        "2 measurements, the lowest 0.01 at 0.5. The mean is lowest, 0.02, at 0.6; least is known "
        "at 1, 0.18 ± 0.196. The next measurement is best made at 0.7."
    )
    assert describe_surrogate(X, MEAN, STD, MEASURED) == text.partition(" The next")[0]
