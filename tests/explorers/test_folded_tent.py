"""The folded tent: teeth by hand, trainings that stream, and code that gives the picture."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.tent_map import EPOCHS, built_by_hand
from course.explorers.folded_tent import WEIGHTS, FoldedTent, draw_tent, said
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> FoldedTent:
    return FoldedTent()


@pytest.mark.parametrize("folds", range(1, 9))
def test_by_hand_teeth_double(explorer: FoldedTent, folds: int) -> None:
    explorer.set(folds=folds, weights=WEIGHTS[0])
    assert explorer.numbers() == {
        "teeth": 2 ** (folds - 1), "teeth wanted": 2 ** (folds - 1), "share": 1.0,
    }  # fmt: skip
    assert "exact" in explorer.summary()
    assert explorer.mark.get_ydata() == [2 ** (folds - 1)]


def test_trained_the_same_network_has_no_teeth(explorer: FoldedTent) -> None:
    explorer.apply("3 folds trained")
    assert explorer.result.epoch == EPOCHS
    assert explorer.numbers()["share"] < 0.5
    assert "not found" in explorer.summary()


def test_from_nearly_right_it_is_found(explorer: FoldedTent) -> None:
    explorer.apply("from nearly right")
    assert explorer.numbers()["share"] > 0.95
    assert explorer.numbers()["teeth"] == 8
    assert explorer.summary().endswith("\nfound")


def test_streams_and_ends_when_asked() -> None:
    explorer = FoldedTent(weights=WEIGHTS[1])
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert [next(stream).epoch for _ in range(3)] == [0, 5, 10]
    calls = []

    def poll(share: float | None = None) -> None:
        calls.append(share)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert len(calls) == 3


def test_controls_that_do_nothing_turn_grey() -> None:
    idle = [set(e.idle(e.state)) for e in (FoldedTent(weights=way) for way in WEIGHTS)]
    assert idle == [{"units", "learning_rate"}, set(), {"units"}]


@pytest.mark.parametrize("weights", WEIGHTS)
def test_code_gives_the_picture(
    explorer: FoldedTent, weights: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.set(folds=2, weights=weights, units=8, learning_rate=0.001)
    space: dict = {}
    exec(explorer.code(), space)
    assert f"teeth: {explorer.result.teeth}" in capsys.readouterr().out
    answers = space["model"].predict(space["x"], verbose=0)[:, 0]
    np.testing.assert_allclose(answers, explorer.result.answers, atol=0.01)


def test_the_still_picture_holds_both_lines() -> None:
    ax = Figure().subplots()
    draw_tent(ax, built_by_hand(2), 2, "Two folds")
    wanted, network = (line.get_ydata() for line in ax.lines)
    np.testing.assert_array_equal(wanted, network)
    assert ax.get_title(loc="left") == "Two folds"


def test_teeth_can_be_said() -> None:
    assert [said(n) for n in (0, 1, 2)] == ["no teeth", "1 tooth", "2 teeth"]
