"""Units that die, live: presets against their names, the code against the picture."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.dead_units import DeadUnits


@pytest.fixture(scope="module")
def explorer() -> DeadUnits:
    return DeadUnits()


@pytest.mark.parametrize(
    ("preset", "after", "says"),
    [
        ("ReLU", (0, 3), "after 5 epochs (such a unit gets nothing)"),
        ("ReLU, rate 1", (5, 30), "after 5 epochs"),
        ("leaky, rate 1", (0, 6), "gets 0.2 of the gradient"),
        ("ReLU, rate 2", (24, 32), "after 5 epochs"),
        ("ReLU, bias −3", (32, 32), "32 at the start, 32 after 5 epochs"),
        ("leaky, bias −3", (10, 31), "32 at the start"),
    ],
)
def test_presets_show_what_they_are_called(
    explorer: DeadUnits, preset: str, after: tuple, says: str
) -> None:
    explorer.apply(preset)
    assert after[0] <= explorer.numbers()["after"] <= after[1]
    assert says in explorer.summary()
    assert says in explorer.describe()


def test_a_divergence_is_said_and_leaves_numbers(explorer: DeadUnits) -> None:
    explorer.apply("leaky, rate 2")
    assert "then it diverged" in explorer.summary()
    assert np.isfinite(list(explorer.numbers().values())).all()
    assert not any(bar.get_height() for bar in explorer.bars)
    assert len(explorer.line.get_xdata()) < 6


def test_bars_are_the_shares_and_dead_ones_hang_below(explorer: DeadUnits) -> None:
    explorer.apply("ReLU, rate 1")
    heights = np.array([bar.get_height() for bar in explorer.bars])
    on = explorer.result.on[-1]
    np.testing.assert_allclose(heights[on > 0], on[on > 0])
    assert (heights[on == 0] < 0).all()


def test_code_gives_the_picture(explorer: DeadUnits, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.set(activation="leaky_relu", learning_rate=0.3, bias=-2.0)
    space: dict = {}
    exec(explorer.code(), space)
    np.testing.assert_array_equal(space["seen"].silent, explorer.result.silent)
    assert "accuracy:" in capsys.readouterr().out
