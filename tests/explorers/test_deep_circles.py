"""Training the network of the map: the stream of pictures, the verdict, the code."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.deep_circles import EPOCHS, DeepCircles
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> DeepCircles:
    return DeepCircles(depth=1, learning_rate=0.3)


def test_streams_from_the_network_before_training(explorer: DeepCircles) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert next(stream).epoch == 0
    assert next(stream).epoch == 3


def test_one_layer_learns_and_twenty_do_not(explorer: DeepCircles) -> None:
    explorer.apply("one layer")
    assert explorer.result.epoch == EPOCHS
    assert explorer.numbers()["accuracy"] > 0.95
    assert "60 epochs: learned" in explorer.summary()
    explorer.apply("20 layers")
    assert explorer.numbers()["accuracy"] < 0.7
    assert "not learned" in explorer.summary()


def test_polls_every_epoch(explorer: DeepCircles) -> None:
    calls = 0

    def poll(share: float | None = None) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert calls == 5


def test_repeats(explorer: DeepCircles) -> None:
    explorer.set(depth=3)
    first = explorer.result.values
    explorer.set(depth=3)
    np.testing.assert_array_equal(explorer.result.values, first)


def test_divergence_is_shown_without_a_warning(explorer: DeepCircles) -> None:
    explorer.set(depth=5, width=20, activation="linear", maxval=2.0)
    assert np.isfinite(list(explorer.numbers().values())).all()


@pytest.mark.parametrize("preset", ["one layer", "both"])
def test_code_gives_the_picture(
    explorer: DeepCircles, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    printed = capsys.readouterr().out.strip().strip("[]").split(",")
    assert float(printed[1]) == pytest.approx(explorer.numbers()["accuracy"], abs=0.01)


def test_a_hundred_units_need_small_steps(explorer: DeepCircles) -> None:
    explorer.apply("width 100")
    assert explorer.numbers()["accuracy"] < 0.8
    explorer.set(learning_rate=0.01)
    assert explorer.numbers()["accuracy"] > 0.95
