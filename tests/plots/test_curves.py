from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from course.plots import Curves, curves, describe_curves, describe_history, history, style
from course.plots.curves import spread

LOGS = {"loss": [0.9, 0.5, 0.25], "val_loss": [1.0, 0.625, 0.75], "accuracy": [0.5, 0.6, 0.7]}


def test_training_is_solid_and_validation_dashed_with_the_given_values(ax):
    assert history(LOGS, ax=ax, title="It learns") is ax
    training, validation = ax.lines
    np.testing.assert_array_equal(training.get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(training.get_ydata(), LOGS["loss"])
    np.testing.assert_array_equal(validation.get_ydata(), LOGS["val_loss"])
    assert training.get_linestyle() == "-"
    assert validation.get_linestyle() == "--"
    assert [t.get_text() for t in ax.texts] == ["training", "validation"]
    assert (ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()) == (
        "It learns", "epoch", "loss",
    )  # fmt: skip
    assert plt.get_fignums() == []


def test_a_history_object_and_a_quantity_without_validation(ax):
    history(SimpleNamespace(history=LOGS), "accuracy", ax)
    assert len(ax.lines) == 1
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), LOGS["accuracy"])


def test_an_unknown_key_is_named_with_those_there_are(ax):
    with pytest.raises(KeyError, match="no 'acc'; it has 'loss', 'val_loss', 'accuracy'"):
        history(LOGS, "acc", ax)


def test_a_new_figure_where_no_axes_are_given():
    ax = history(LOGS)
    assert plt.get_fignums() == [ax.figure.number]
    plt.close(ax.figure)


def test_runs_have_their_colours_and_the_chosen_one_stands_out(ax):
    runs = {"a": [1, 2], "val_a": [2, 3], "b": [3, 4]}
    picture = Curves(ax, runs)
    colours = {name: line.get_color() for name, line in picture.lines.items()}
    assert colours["a"] == colours["val_a"] != colours["b"]
    picture = Curves(ax, runs, chosen="b")
    colours = {name: line.get_color() for name, line in picture.lines.items()}
    assert colours == {"a": style.MUTED, "val_a": style.MUTED, "b": style.HIGHLIGHT}


def test_update_moves_the_same_artists(ax):
    picture = Curves(ax, ["training"], epochs=10, limits=(0, 2))
    before = len(ax.get_children())
    for k in (1, 5, 10):
        picture.update({"training": np.linspace(2, 1, k)})
        assert len(picture.lines["training"].get_ydata()) == k
        assert ax.get_ylim() == (0, 2)
        assert picture.labels["training"].get_position()[0] > k
    assert len(ax.get_children()) == before


def test_fixed_epochs_keep_the_axis_still(ax):
    picture = Curves(ax, ["training"], epochs=10, limits=(0, 1))
    picture.update({"training": [0.5]})
    limits, ticks = ax.get_xlim(), list(ax.get_xticks())
    picture.update({"training": [0.5] * 9})
    assert ax.get_xlim() == limits
    assert list(ax.get_xticks()) == ticks
    assert max(ticks) <= 10 < limits[1]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [1, np.nan, np.inf], [0.0, 0.0], [3.0]])
def test_empty_and_diverged_lines_can_be_drawn(ax, values, log):
    curves({"training": values}, ax, log=log)
    ax.figure.canvas.draw()
    assert np.all(np.isfinite(ax.get_ylim()))
    assert ax.texts[0].get_visible() == bool(np.isfinite(values).any())


def test_names_do_not_lie_on_each_other(ax):
    curves({str(i): [1, 0.5 + 0.001 * i] for i in range(6)}, ax)
    renderer = ax.figure.canvas.get_renderer()
    boxes = sorted((t.get_window_extent(renderer) for t in ax.texts), key=lambda b: b.y0)
    assert all(lower.y1 <= upper.y0 for lower, upper in pairwise(boxes))
    frame = ax.get_window_extent(renderer)
    assert all(box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0.01, 0.1))
def test_spread_keeps_order_and_distance(places, gap):
    moved = spread(np.array(places), gap)
    order = np.argsort(places, kind="stable")
    assert np.all(np.diff(moved[order]) >= gap - 1e-9)
    assert np.all((moved >= gap / 2 - 1e-9) & (moved <= 1 - gap / 2 + 1e-9))


def test_spread_moves_as_little_as_can_be():
    np.testing.assert_allclose(spread(np.array([0.2, 0.5]), 0.1), [0.2, 0.5])
    np.testing.assert_allclose(spread(np.array([0.52, 0.48]), 0.1), [0.55, 0.45])
    np.testing.assert_allclose(spread(np.array([0.5, 0.5, 0.5]), 0.1), [0.4, 0.5, 0.6])


def test_the_description_has_the_numbers():
    assert describe_history(LOGS) == (
        "loss by epoch. training: 0.9 in epoch 1, 0.25 in epoch 3; "
        "lowest 0.25 in epoch 3, highest 0.9 in epoch 1. validation: 1 in epoch 1, "
        "0.75 in epoch 3; lowest 0.625 in epoch 2, highest 1 in epoch 1."
    )
    assert describe_curves({"a": [2, np.inf, np.nan]}) == (
        "a: 2 in epoch 1, 2 in epoch 1; lowest 2 in epoch 1, highest 2 in epoch 1; "
        "not finite in 2 epochs."
    )
    assert describe_curves({"a": [np.nan]}) == "a: no finite value in 1 epochs."


def test_runs_differ_by_marker_as_well(ax):
    curves({"wide": [3, 2, 1], "deep": [2, 2, 2], "val_wide": [3, 3, 3]}, ax)
    marker = {name: line.get_marker() for name, line in zip(("w", "d", "v"), ax.lines, strict=True)}
    assert marker["w"] == marker["v"] != marker["d"]
    assert "None" not in marker.values()


def test_a_run_without_any_number_can_be_drawn_beside_others(ax):
    curves({"frozen": [np.nan, np.nan], "trained": [2, 1]}, ax)
    ax.figure.canvas.draw()
    assert len(ax.lines[0].get_xdata()) == 0
    assert [text.get_visible() for text in ax.texts] == [False, True]
