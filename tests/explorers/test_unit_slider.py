"""The unit as a slider: its numbers against the formula, its code against its picture."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.explorers.unit_slider import UPDATES, UnitSlider, draw_unit, ground, short


@pytest.fixture(scope="module")
def explorer() -> UnitSlider:
    return UnitSlider()


def test_the_condition_is_that_of_the_data(explorer: UnitSlider) -> None:
    explorer.set(unit=1e3, inputs="raw")
    assert explorer.numbers()["condition"] == pytest.approx(109_280, rel=1e-4)
    explorer.set(inputs="standardized")
    assert explorer.numbers()["condition"] == pytest.approx(1)
    assert explorer.numbers()["needed"] == 1
    assert explorer.numbers()["there"] == 1


@pytest.mark.parametrize(
    ("preset", "says"),
    [
        ("$ 100,000", "condition number 18: at the best rate 42 updates"),
        ("$ 1,000", "at this rate: diverges"),
        ("$ 1,000, best rate", f"250,000 updates\nat this rate: not there after {UPDATES}"),
        ("$ 200,000, best rate", "there after 33 updates"),
        ("$ 10 million", "not there"),
        ("$ 1,000, standardized", "condition number 1: at the best rate 1 update\n"),
        ("$ 1, standardized", "there after 21 updates"),
    ],
)
def test_presets_show_what_they_are_called(explorer: UnitSlider, preset: str, says: str) -> None:
    explorer.apply(preset)
    assert says in explorer.summary()
    assert says.split(":")[0] in explorer.describe()


def test_at_the_best_rate_it_takes_as_long_as_the_formula_says(explorer: UnitSlider) -> None:
    for unit in (1e5, 2e5, 4e5):
        explorer.set(unit=unit, inputs="raw", learning_rate="best")
        assert explorer.numbers()["updates"] == explorer.numbers()["needed"]
        np.testing.assert_allclose(explorer.result.path[-1], 1, atol=0.1)


def test_standardized_the_unit_does_nothing(explorer: UnitSlider) -> None:
    explorer.set(unit=1.0, inputs="standardized", learning_rate=0.1)
    here = explorer.result.path
    explorer.set(unit=1e8)
    np.testing.assert_array_equal(explorer.result.path, here)


@pytest.mark.parametrize("unit", [1.0, 1e4, 1e8])
@pytest.mark.parametrize("inputs", ["raw", "standardized"])
@pytest.mark.parametrize("learning_rate", [0.01, 0.1, "best"])
def test_extremes_stay_numbers(
    explorer: UnitSlider, unit: float, inputs: str, learning_rate: object
) -> None:
    explorer.set(unit=unit, inputs=inputs, learning_rate=learning_rate)
    assert np.isfinite(explorer.result.path).all()
    assert ("diverges" in explorer.summary()) == explorer.result.gone


def test_the_landscape_over_shares_is_the_same_in_every_unit() -> None:
    one, other = ground(1.0, "raw"), ground(1e8, "raw")
    np.testing.assert_allclose(
        one.x * one.best[0] + one.best[1], other.x * other.best[0] + other.best[1], rtol=1e-5
    )


def test_the_contour_follows_the_inputs(explorer: UnitSlider) -> None:
    explorer.reset()
    raw = explorer.contour
    explorer.set(inputs="standardized")
    assert explorer.contour is not raw
    explorer.set(unit=1e3)
    assert explorer.mark.get_xdata() == [1e3]


@pytest.mark.parametrize("preset", ["$ 100,000", "$ 200,000, best rate", "$ 1, standardized"])
def test_code_gives_the_picture(
    explorer: UnitSlider, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    space: dict = {}
    exec(explorer.code(), space)
    said = capsys.readouterr().out
    assert f"updates until 1 % is left: {explorer.numbers()['updates']}" in said
    np.testing.assert_allclose(
        space["record"].path()[-1], explorer.result.path[-1] * explorer_best(explorer), rtol=1e-3
    )


def explorer_best(explorer: UnitSlider) -> np.ndarray:
    return ground(explorer.state.unit, explorer.state.inputs).best


def test_large_numbers_can_be_said() -> None:
    assert [short(v) for v in (14.07, 109_280, 3.2e6, 1.1e11, 2.5e12)] == [
        "14", "110,000", "3.2 million", "110 billion", "2.5 trillion",
    ]  # fmt: skip


def test_the_picture_of_a_unit_has_as_many_updates_as_asked_for() -> None:
    ax = Figure().subplots()
    draw_unit(ax, 2e5, 33, "there")
    path = max((line.get_xydata() for line in ax.lines), key=len)
    assert len(path) == 34
    np.testing.assert_allclose(path[-1], 1, atol=0.05)
    assert ax.get_title(loc="left") == "there"
