"""The map of depth and gain: its numbers against the formula, its code against its picture."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.signal_map import BORDERS, DEEPEST, GAINS, LARGEST, ROWS, SignalMap, gain


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


@pytest.mark.parametrize("width", [8, 100])
def test_the_map_is_whole_as_far_as_the_slider_goes(explorer: SignalMap, width: int) -> None:
    explorer.set(width=width)
    factors = explorer.result.factors
    assert factors.shape == (len(GAINS), DEEPEST)
    within = BORDERS[:-1] < gain(width, LARGEST)
    assert np.isfinite(factors[within]).all()
    assert np.isnan(factors[~within]).all()
    np.testing.assert_allclose(factors[within, 0], 1)


def test_the_map_agrees_with_the_network_in_the_ring(explorer: SignalMap) -> None:
    explorer.reset()
    for width in (8, 100):
        for row in range(6, 13, 2):
            explorer.set(width=width, maxval=float(GAINS[row] * np.sqrt(3 / width)))
            here = np.log10(explorer.result.factors[row, explorer.state.depth - 1])
            assert explorer.numbers()["decades"] == pytest.approx(here, abs=1, rel=0.1)


def test_the_first_picture_comes_before_the_map_is_whole_and_only_once(
    explorer: SignalMap,
) -> None:
    ROWS.clear()
    stream = list(explorer.compute(explorer.state, lambda share=None: None))
    assert np.isnan(stream[0].factors).all()
    assert np.isfinite(stream[-1].factors[:10]).all()
    assert len(list(explorer.compute(explorer.state, lambda share=None: None))) == 1


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


@pytest.mark.parametrize(
    ("preset", "says"),
    [
        ("vanishes", "0.82, below 1\nerror at layer 1 / error at layer 20: about 10⁻³"),
        ("wide: explodes", "above 1"),
        ("sigmoid", "below 4"),
        ("normalized", "but normalized away"),
        ("both", "but the skip passes the error by"),
    ],
)
def test_says_on_which_side_of_the_line(explorer: SignalMap, preset: str, says: str) -> None:
    explorer.apply(preset)
    assert says in explorer.summary()


def test_no_line_where_the_gain_decides_nothing(explorer: SignalMap) -> None:
    explorer.apply("residual")
    assert not explorer.map.line.get_visible()
    explorer.reset()
    assert explorer.map.line.get_visible()


def test_says_the_numbers(explorer: SignalMap) -> None:
    explorer.apply("balanced")
    assert "gain √12 · 0.5/√3 = 1.00, at 1" in explorer.summary()
    assert "Activations, forward" in explorer.describe()
