"""The line of one unit: its numbers against the formulas, its colours against its answers."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.turning_line import LIMITS, PIXELS, WALK, TurningLine, geometry, unit
from course.plots import grid


@pytest.fixture(scope="module")
def explorer() -> TurningLine:
    return TurningLine()


@pytest.fixture(autouse=True)
def _start(explorer: TurningLine) -> None:
    explorer.reset()


@pytest.mark.parametrize(
    ("w1", "w2", "angle"), [(1, 0, 0), (1, 1, 45), (0, 2, 90), (-1, 0, 180), (0, -1, -90)]
)
def test_the_angle_follows_the_weights(
    explorer: TurningLine, w1: float, w2: float, angle: float
) -> None:
    explorer.set(w1=float(w1), w2=float(w2))
    assert explorer.numbers()["angle"] == pytest.approx(angle)


def test_scaling_everything_leaves_the_line_and_steepens_it(explorer: TurningLine) -> None:
    before = explorer.numbers()
    explorer.apply("all × 10")
    after = explorer.numbers()
    assert after["angle"] == pytest.approx(before["angle"])
    assert after["distance"] == pytest.approx(before["distance"])
    assert after["steepness"] == pytest.approx(10 * before["steepness"])
    assert after["width"] == pytest.approx(before["width"] / 10)


def test_scaling_the_weights_alone_moves_the_line(explorer: TurningLine) -> None:
    before = explorer.numbers()
    explorer.apply("w × 2, not b")
    assert explorer.numbers()["angle"] == pytest.approx(before["angle"])
    assert explorer.numbers()["distance"] == pytest.approx(before["distance"] / 2)


def test_the_other_side_has_the_same_line(explorer: TurningLine) -> None:
    foot, along = geometry(explorer.state)
    angle = explorer.numbers()["angle"]
    explorer.apply("other side")
    other_foot, other_along = geometry(explorer.state)
    np.testing.assert_allclose(other_foot, foot)
    np.testing.assert_allclose(other_along, -along)
    assert explorer.numbers()["angle"] == pytest.approx(angle - 180)


@pytest.mark.parametrize(
    ("activation", "low", "high"), [("sigmoid", 0.1, 0.9), ("tanh", -0.8, 0.8)]
)
def test_the_band_ends_where_it_says(
    explorer: TurningLine, activation: str, low: float, high: float
) -> None:
    explorer.set(activation=activation, scale=1.5)
    foot, along = geometry(explorer.state)
    half = explorer.numbers()["width"] / 2
    answers = unit(explorer.state)(np.array([foot - half * along, foot + half * along]))
    np.testing.assert_allclose(answers[:, 0], [low, high], atol=1e-5)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "linear"])
def test_orange_is_the_side_the_arrow_points_to(explorer: TurningLine, activation: str) -> None:
    explorer.set(activation=activation, w1=-1.0, w2=2.0, b=0.3)
    z = grid(LIMITS, PIXELS) @ [-1.0, 2.0] + 0.3
    shown = np.asarray(explorer.surface.image.get_array()).ravel()
    clear = np.abs(z) > 0.05
    np.testing.assert_array_equal(shown[clear] > 0.5, z[clear] > 0)


def test_the_walk_crosses_the_line_half_way(explorer: TurningLine) -> None:
    explorer.set(activation="linear", w1=0.6, w2=-0.8, b=1.0)
    np.testing.assert_allclose(explorer.result.walk, WALK, atol=1e-6)  # ‖w‖ is 1: z is the way


def test_without_weights_there_is_no_line(explorer: TurningLine) -> None:
    explorer.figure()
    explorer.apply("no weights")
    assert explorer.numbers() == {"steepness": 0.0}
    assert "no line, no angle\nthe unit answers 0.27 everywhere" in explorer.summary()
    assert not explorer.line.get_visible()
    assert not any(edge.get_visible() for edge in explorer.border)
    explorer.reset()
    assert explorer.line.get_visible()


def test_says_the_numbers(explorer: TurningLine) -> None:
    assert explorer.summary() == (
        "the arrow (w1, w2) points to 27°, the line is 0.45 from the origin\n"
        "steepness ‖w‖ = 2.24: from 0.1 to 0.9 within 1.97"
    )
    explorer.apply("other side")
    assert "points to −153°" in explorer.summary()
    explorer.apply("ReLU")
    assert explorer.summary().endswith("z grows by that much a step")
    assert "orange" in explorer.describe()


def test_a_negative_zero_does_not_turn_the_arrow(explorer: TurningLine) -> None:
    explorer.set(w1=-1.0, w2=-0.0)
    assert explorer.numbers()["angle"] == 180


def test_code_gives_the_answer_of_the_picture(
    explorer: TurningLine, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply("turned")
    exec(explorer.code(), {})
    origin = unit(explorer.state)(np.zeros((1, 2))).item()
    said = capsys.readouterr().out
    assert f"origin: {origin}" in said
    assert "degrees: 116.565" in said
