"""The map of depth and gain: its numbers against the formula, its code against its picture."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.signal_map import DEEPEST, GAINS, ROWS, SignalMap, gain


@pytest.fixture(scope="module")
def explorer() -> SignalMap:
    return SignalMap()


def test_gain_is_one_at_twelve_units_of_a_half() -> None:
    assert gain(12, 0.5) == pytest.approx(1)
    assert gain(1, 0.5) == pytest.approx(0.2887, abs=1e-4)


@pytest.mark.parametrize(
    ("preset", "low", "high"),
    [
        ("vanishes", -4, -1),
        ("one layer", 0, 0),
        ("balanced", -1, 1),
        ("wide: explodes", 2, 4),
        ("sigmoid", -20, -8),
        ("residual", 0, 2),
    ],
)
def test_presets_show_what_they_are_called(
    explorer: SignalMap, preset: str, low: float, high: float
) -> None:
    explorer.apply(preset)
    assert low <= explorer.numbers()["decades"] <= high


def test_the_map_is_whole_and_begins_with_the_factor_one(explorer: SignalMap) -> None:
    explorer.reset()
    factors = explorer.result.factors
    assert factors.shape == (len(GAINS), DEEPEST)
    assert np.isfinite(factors).all()
    np.testing.assert_allclose(factors[:, 0], 1)


def test_the_first_picture_comes_before_the_map_is_whole_and_only_once(
    explorer: SignalMap,
) -> None:
    ROWS.clear()
    stream = list(explorer.compute(explorer.state, lambda: None))
    assert np.isnan(stream[0].factors).all()
    assert np.isfinite(stream[-1].factors).all()
    assert len(list(explorer.compute(explorer.state, lambda: None))) == 1


def test_extremes_stay_numbers(explorer: SignalMap) -> None:
    explorer.set(activation="linear", width=100, maxval=2.0, depth=30)
    assert all(np.isfinite(list(explorer.numbers().values())))
    explorer.set(activation="sigmoid", width=5, maxval=0.2)
    assert all(np.isfinite(list(explorer.numbers().values())))


def test_code_gives_the_picture(explorer: SignalMap, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.apply("residual")
    space: dict = {}
    exec(explorer.code(), space)
    np.testing.assert_allclose(space["sizes"].backward, explorer.result.sizes.backward, rtol=1e-5)
    assert capsys.readouterr().out


def test_says_the_numbers(explorer: SignalMap) -> None:
    explorer.apply("balanced")
    assert "gain √12 · 0.5/√3 = 1.00, at 1" in explorer.summary()
    assert "Activations, forward" in explorer.describe()
