"""The batch size as a slider: which mode is better, the statistics, its code."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.explorers.train_and_infer import (
    EPOCHS,
    RATIOS,
    TrainAndInfer,
    draw_modes,
    errors,
)
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> TrainAndInfer:
    return TrainAndInfer(batch_size=256)


def test_streams_from_the_network_before_training(explorer: TrainAndInfer) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert [len(next(stream).modes) for _ in range(3)] == [1, 2, 3]
    assert len(list(stream)) == EPOCHS - 2


def test_few_updates_spoil_inference_and_a_lower_momentum_mends_it(
    explorer: TrainAndInfer,
) -> None:
    explorer.apply("512")
    assert explorer.numbers()["gap"] > 0.15
    assert "training=True is better" in explorer.summary()
    assert explorer.numbers()["start"] == pytest.approx(0.99**12)
    assert "89% of the moving statistics" in explorer.summary()
    explorer.apply("512, momentum 0.9")
    assert abs(explorer.numbers()["gap"]) < 0.1
    assert "no gap" in explorer.summary()


def test_pairs_spoil_training_mode_and_their_deviation_is_too_small(
    explorer: TrainAndInfer,
) -> None:
    state = explorer.state._replace(batch_size=2, momentum=0.99)
    stream = explorer.compute(state, lambda share=None: None)
    _, _, seen = (next(stream) for _ in range(3))
    explorer.draw(seen)
    assert seen.modes[-1].gap < -0.1
    _, ratio = errors(seen.statistics)
    assert np.median(ratio) == pytest.approx(0.5**0.5, rel=0.1)


def test_one_at_a_time_it_guesses(explorer: TrainAndInfer) -> None:
    low = tuple(modes._replace(training=0.1, inference=0.11) for modes in explorer.result.modes)
    live, explorer._result = explorer.result, explorer.result._replace(modes=low)
    assert "in both modes it guesses" in explorer.summary()
    explorer._result = live


def test_layer_normalization_has_no_gap_and_no_statistics(explorer: TrainAndInfer) -> None:
    explorer.apply("512, layer norm")
    assert explorer.numbers()["gap"] == 0
    assert "no moving statistics" in explorer.describe()
    assert explorer.idle(explorer.state) == ("momentum",)
    assert not len(explorer.units.get_xdata())


def test_polls_within_an_epoch(explorer: TrainAndInfer) -> None:
    calls = []

    def poll(share: float | None = None) -> None:
        calls.append(share)
        if len(calls) == 5:
            raise Cancelled

    state = explorer.state._replace(batch_size=1)
    with pytest.raises(Cancelled):
        list(explorer.compute(state, poll))
    assert max(calls) < 1 / EPOCHS


def test_points_beyond_the_picture_stand_at_its_edge(explorer: TrainAndInfer) -> None:
    explorer.set(batch_size=512, momentum=0.999, layer="BatchNormalization")
    statistics = explorer.result.statistics._replace(moving_deviation=np.zeros(32))
    explorer.draw(explorer.result._replace(statistics=statistics))
    assert set(explorer.units.get_ydata()) == {RATIOS[0]}


def test_code_gives_the_picture(
    explorer: TrainAndInfer, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply("512")
    exec(explorer.code(), {})
    assert capsys.readouterr().out.strip() == str(explorer.result.modes[-1])


def test_the_opening_picture_returns_what_it_shows() -> None:
    ax = Figure().subplots()
    last = draw_modes(ax, "a gap", batch_size=512)
    ends = [line.get_ydata()[-1] for line in ax.lines]
    assert ends == list(last)
    assert ax.get_title(loc="left") == "a gap"
