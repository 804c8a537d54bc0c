"""The cursor: its numbers are those of EarlyStopping, its code prints them."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.callbacks import EarlyStopping
from course.experiments.replay import replay
from course.experiments.sloppy_digits import EPOCHS, recorded
from course.explorers.stop_cursor import StopCursor, draw_stops


@pytest.fixture(scope="module")
def explorer() -> StopCursor:
    return StopCursor()


def test_the_numbers_at_the_cursor_follow_from_the_curve(explorer: StopCursor) -> None:
    explorer.apply("patience 20")
    curve = recorded(10)["val_loss"]
    for epoch in (1, 5, 13, 25, 29):
        explorer.set(epoch=epoch)
        best = int(curve[:epoch].argmin()) + 1
        numbers = explorer.numbers()
        assert (numbers["wait"], numbers["best epoch"]) == (epoch - best, best)
        assert numbers["best"] == curve[best - 1]
        assert numbers["test"] == recorded(10)["test_accuracy"][best - 1]


def test_beyond_the_stop_nothing_goes_on(explorer: StopCursor) -> None:
    explorer.apply("the end")
    assert explorer.numbers()["stopped"] == 1
    end = explorer.numbers()["epoch"]
    assert end < EPOCHS
    assert f"STOPPED after epoch {end}" in explorer.summary()
    assert len(explorer.seen.get_xdata()) == len(explorer.waits.get_xdata()) == end
    assert explorer.ended.get_xdata() == [end]
    assert explorer.cursor.get_xdata() == [EPOCHS, EPOCHS]  # it goes on alone
    explorer.set(epoch=end - 1)
    assert len(explorer.ended.get_xdata()) == 0
    assert explorer.numbers()["stopped"] == 0
    assert "STOPPED" not in explorer.describe()


def test_presets_tell_a_story(explorer: StopCursor) -> None:
    ends = {}
    for preset in explorer.presets:
        explorer.apply(preset)
        ends[preset] = explorer.numbers()["epoch"]
    assert ends["first steps"] < ends["patience 0"] < ends["the end"] < ends["patience 20"]
    assert ends["accuracy, patience 0"] < ends["patience 0"]
    assert ends["min_delta 0.05"] < ends["the end"]


def test_the_picture_shows_the_result(explorer: StopCursor) -> None:
    explorer.apply("accuracy")
    best = explorer.numbers()["best epoch"]
    assert explorer.best.get_xdata() == [best]
    assert explorer.left.get_ylabel() == "val_accuracy"
    assert explorer.better.get_text() == "better is above"
    assert "wait 5" in explorer.count.get_text()
    explorer.set(monitor="val_loss", min_delta=0.1)
    beaten = explorer.numbers()["best"] - 0.1
    np.testing.assert_allclose(explorer.target.get_ydata(), beaten)
    assert explorer.better.get_text() == "better is below"


@pytest.mark.parametrize("preset", ["first steps", "min_delta 0.05", "accuracy"])
def test_code_prints_the_decisions(
    explorer: StopCursor, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    lines = capsys.readouterr().out.strip().splitlines()
    assert len(lines) == explorer.numbers()["epoch"]
    assert f"wait={explorer.numbers()['wait']}" in lines[-1]


def test_the_opening_picture_marks_every_stop() -> None:
    ax = Figure().subplots()
    draw_stops(ax, 10, (0, 5), "Stops")
    curve = recorded(10)["val_loss"]
    marked = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert marked == [replay(EarlyStopping(patience=p), {"val_loss": curve}).epochs for p in (0, 5)]
