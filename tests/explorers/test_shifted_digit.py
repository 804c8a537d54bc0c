"""A digit that moves: the map goes along, the numbers are those of the table."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.moved_digit import accuracies
from course.explorers.shifted_digit import ShiftedDigit


@pytest.fixture(scope="module")
def explorer() -> ShiftedDigit:
    return ShiftedDigit()


@pytest.mark.parametrize("preset", ShiftedDigit.presets)
def test_the_map_moves_along_exactly(explorer: ShiftedDigit, preset: str) -> None:
    explorer.apply(preset)
    assert explorer.result.difference < 1e-5
    assert "moved along exactly" in explorer.summary()


def test_the_ink_stands_inside_the_frame(explorer: ShiftedDigit) -> None:
    explorer.set(dx=-3, dy=2, digit=8)
    left, top = explorer.frames[0].get_xy()
    rows, columns = np.nonzero(explorer.result.image)
    assert left < columns.min() <= columns.max() < left + 8
    assert top < rows.min() <= rows.max() < top + 8


def test_numbers_are_those_of_the_table_at_this_shift(explorer: ShiftedDigit) -> None:
    explorer.set(dx=2, dy=-1, digit=0)
    found = explorer.numbers()
    np.testing.assert_allclose(list(found.values()), 100 * accuracies()[:, 2, 5])
    for name, value in found.items():
        x, y = explorer.lines[name].get_data()
        assert y[list(x).index(2)] == pytest.approx(value)
        assert f"{name} {value:.0f} %" in explorer.summary()


def test_the_surprise_one_pixel_costs_the_cnn_dearly(explorer: ShiftedDigit) -> None:
    explorer.reset()
    middle = explorer.numbers()
    explorer.apply("1 pixel")
    assert middle["CNN"] > 93
    assert middle["CNN"] - explorer.numbers()["CNN"] > 20


@pytest.mark.parametrize("preset", ["in the middle", "2 right, 2 down"])
def test_code_gives_the_numbers(
    explorer: ShiftedDigit, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    said = capsys.readouterr().out
    for name, value in explorer.numbers().items():
        assert f"{name} {value:.0f} %" in said
    answers = explorer.result.answers
    assert f"read as {answers['MLP']} {answers['CNN']}" in said
