"""Rate and momentum in a ravine: the numbers, the map against single walks, the code."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.ravine_map import BETAS, COLUMNS, RATES, RavineMap, height, steps_map


@pytest.fixture(scope="module")
def explorer() -> RavineMap:
    return RavineMap()


@pytest.mark.parametrize(
    ("preset", "says"),
    [
        ("plain", "= 1\nthere after 457 updates"),
        ("0.1 and 0.9", "= 1\nthere after 421 updates"),
        ("0.5 and 0.5", "= 1\nthere after 453 updates"),
        ("plain, 2.5", "= 2.5\ndiverges"),
        ("2.5 and 0.68", "= 7.81\nthere after 47 updates"),
        ("1 and 0.99", "= 100\nnot there after 500"),
        ("average: 1 and 0.9", "effective rate learning_rate = 1\nthere after 421 updates"),
    ],
)
def test_presets_show_what_they_are_called(explorer: RavineMap, preset: str, says: str) -> None:
    explorer.apply(preset)
    assert says in explorer.summary()
    assert says in explorer.describe()


@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_the_two_forms_are_one_when_the_rate_is_scaled(explorer: RavineMap, beta: float) -> None:
    explorer.set(learning_rate=0.2 / (1 - beta), momentum=beta, form="average")
    average, numbers = explorer.result.path, explorer.numbers()
    explorer.set(learning_rate=0.2, form="Keras")
    np.testing.assert_allclose(explorer.result.path, average, rtol=1e-9, atol=1e-12)
    assert explorer.numbers()["effective_rate"] == pytest.approx(numbers["effective_rate"])
    assert explorer.numbers()["border"] == pytest.approx(numbers["border"] * (1 - beta))


@pytest.mark.parametrize("form", ["Keras", "average"])
@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_the_border_is_where_it_begins_to_diverge(
    explorer: RavineMap, form: str, beta: float
) -> None:
    explorer.set(learning_rate=1.0, momentum=beta, form=form)
    border = explorer.numbers()["border"]
    for share, out in ((0.97, False), (1.03, True)):
        if share * border <= RATES[1]:
            explorer.set(learning_rate=share * border)
            assert ("diverges" in explorer.summary()) == out


@pytest.mark.parametrize("form", ["Keras", "average"])
def test_the_map_says_what_the_walks_do(explorer: RavineMap, form: str) -> None:
    sheet, rates = steps_map(form), np.geomspace(*RATES, COLUMNS)
    assert sheet.shape == (len(BETAS), COLUMNS)
    for row, column in ((0, 40), (3, 45), (10, 30), (10, 69), (20, 50), (5, 52)):
        explorer.set(learning_rate=rates[column], momentum=BETAS[row], form=form)
        np.testing.assert_equal(sheet[row, column], explorer.result.arrived or np.nan)


def test_the_map_is_that_of_the_form_and_the_line_goes_through_the_mark(
    explorer: RavineMap,
) -> None:
    explorer.apply("0.1 and 0.9")
    for form in ("average", "Keras"):
        explorer.set(form=form)
        np.testing.assert_allclose(10 ** explorer.image.get_array(), steps_map(form))
        (x,), (y,) = explorer.mark.get_data()
        rates, heights = explorer.line.get_data()
        assert np.interp(y, heights, rates) == pytest.approx(x)
        assert np.ptp(rates) == pytest.approx(0 if form == "average" else 2)


def test_rows_are_about_equally_far_apart() -> None:
    steps = np.diff(height(np.array(BETAS)))
    np.testing.assert_allclose(steps, 0.1, atol=0.025)


@pytest.mark.parametrize("preset", ["plain", "2.5 and 0.68", "average: 1 and 0.9"])
def test_code_gives_the_picture(
    explorer: RavineMap, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    space: dict = {}
    exec(explorer.code(), space)
    assert f"there after {explorer.result.arrived}" in capsys.readouterr().out
    shown = explorer.result.path
    np.testing.assert_allclose(space["path"][: len(shown)], shown)
