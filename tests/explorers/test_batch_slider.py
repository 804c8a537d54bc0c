"""The batch size as a slider: its budgets, its surprise, its code."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.batch_digits import SIZES
from course.explorers.batch_slider import BatchSlider, draw_sizes, means
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> BatchSlider:
    return BatchSlider()


def test_equal_epochs_look_at_equally_many_rows(explorer: BatchSlider) -> None:
    for size in (8, 512):
        explorer.set(batch_size=size, equal="epochs", learning_rate=0.08)
        assert explorer.numbers()["rows"] == 5120
        assert explorer.numbers()["updates"] == 5120 // size


def test_the_surprise_within_three_moves(explorer: BatchSlider) -> None:
    explorer.set(batch_size=8, equal="epochs", learning_rate=0.04)
    assert explorer.numbers()["accuracy"] > 0.88
    explorer.set(batch_size=512)
    assert explorer.numbers()["accuracy"] < 0.4
    explorer.set(equal="updates")
    assert explorer.numbers()["accuracy"] > 0.88
    assert explorer.numbers()["epochs"] == 512


def test_streams_from_the_first_update(explorer: BatchSlider) -> None:
    stream = explorer.compute(explorer.state._replace(batch_size=64), lambda share=None: None)
    assert list(next(stream).updates) == [1]
    assert list(next(stream).updates) == [1, 2]


def test_polls_at_least_once_an_epoch(explorer: BatchSlider) -> None:
    calls = 0

    def poll(share: float | None = None) -> None:
        nonlocal calls
        calls += 1
        if calls == 12:
            raise Cancelled

    state = explorer.state._replace(batch_size=1, equal="epochs")
    seen = []
    with pytest.raises(Cancelled):
        seen.extend(explorer.compute(state, poll))
    assert calls == 12
    explorer.set(batch_size=4, equal="epochs", learning_rate=0.08)
    assert np.diff(explorer.result.updates).max() <= 512


def test_the_dots_are_the_table(explorer: BatchSlider) -> None:
    explorer.set(batch_size=64, equal="updates", learning_rate=0.64)
    np.testing.assert_array_equal(explorer.means.get_ydata(), means("updates")[6])
    assert explorer.here.get_xdata() == [64]


def test_a_rate_too_large_is_shown_without_a_warning(
    explorer: BatchSlider, recwarn: pytest.WarningsRecorder
) -> None:
    explorer.set(batch_size=64, equal="updates", learning_rate=2.56)
    assert explorer.numbers()["accuracy"] < 0.5
    assert not recwarn.list


@pytest.mark.parametrize("preset", ["32 rows", "all 512", "one by one, equal updates"])
def test_code_gives_the_picture(
    explorer: BatchSlider, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    updates, accuracy = capsys.readouterr().out.strip().splitlines()
    assert updates == f"updates: {explorer.numbers()['updates']}"
    assert float(accuracy) == pytest.approx(explorer.numbers()["accuracy"], abs=0.005)


def test_the_opening_picture_has_a_point_for_each_size() -> None:
    ax = Figure().subplots()
    draw_sizes(ax, "epochs", "small")
    (line,) = ax.lines
    assert list(line.get_xdata()) == list(SIZES)
    assert ax.get_title(loc="left") == "small"
