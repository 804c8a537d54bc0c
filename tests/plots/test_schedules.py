from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course.optimizers import SGD, Adam
from course.optimizers.schedules import (
    TABLE,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
)
from course.plots import Schedules, describe_schedules, schedules, style

EACH = [
    ExponentialDecay(0.1, 10, 0.5, staircase=True),
    InverseTimeDecay(0.1, 10, 1.0),
    PiecewiseConstantDecay([10, 20], [0.1, 0.05, 0.01]),
    PolynomialDecay(0.1, 40),
    CosineDecay(0.0, 40, warmup_target=0.1, warmup_steps=5),
    CosineDecayRestarts(0.1, 10),
    OneCycle(0.1, 50),
]


def test_each_schedule_can_be_drawn(ax):
    assert {type(schedule).__name__ for schedule in EACH} == TABLE.keys()
    named = {type(schedule).__name__: schedule for schedule in EACH}
    assert schedules(named, 50, ax, "Rates fall") is ax
    for line, schedule in zip(ax.lines, EACH, strict=True):
        np.testing.assert_array_equal(line.get_xdata(), np.arange(50))
        np.testing.assert_array_equal(line.get_ydata(), schedule.curve(50))
    assert [t.get_text() for t in ax.texts] == list(named)
    assert (ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()) == (
        "Rates fall", "step", "learning rate",
    )  # fmt: skip
    assert ax.get_ylim()[0] == 0
    assert ax.get_xlim()[0] == 0
    ax.figure.canvas.draw()
    assert plt.get_fignums() == []


def square_root(step: int) -> float:
    return 0.1 / (1 + step) ** 0.5


@pytest.mark.parametrize(
    ("rates", "name", "values"),
    [
        (PolynomialDecay(0.3, 2, 0.1), "PolynomialDecay", [0.3, 0.2, 0.1, 0.1]),
        (SGD(PolynomialDecay(0.3, 2, 0.1)), "PolynomialDecay", [0.3, 0.2, 0.1, 0.1]),
        (Adam(0.5), "constant", [0.5] * 4),
        (SGD(lambda: 0.25), "constant", [0.25] * 4),
        (1, "constant", [1] * 4),
        (np.float32(0.5), "constant", [0.5] * 4),
        (square_root, "square_root", [0.1, 0.1 / 2**0.5, 0.1 / 3**0.5, 0.05]),
    ],
    ids=["schedule", "of an optimizer", "constant", "callable", "int", "float32", "function"],
)
def test_one_of_anything_that_is_a_rate(ax, rates, name, values):
    schedules(rates, 4, ax)
    (line,) = ax.lines
    np.testing.assert_allclose(line.get_ydata(), values, rtol=1e-12)
    assert line.get_color() == style.INK
    assert ax.texts[0].get_text() == name


def test_a_new_figure_where_no_axes_are_given():
    ax = schedules(0.1, 3)
    assert plt.get_fignums() == [ax.figure.number]
    plt.close(ax.figure)


def test_chosen_limits_and_a_logarithmic_axis(ax):
    rates = {"a": OneCycle(0.1, 9), "b": 0.01}
    schedules(rates, 9, ax, chosen="b", limits=(1e-8, 1), log=True)
    assert ax.get_yscale() == "log"
    assert ax.get_ylim() == (1e-8, 1)
    assert [line.get_color() for line in ax.lines] == [style.MUTED, style.HIGHLIGHT]


def test_a_logarithmic_axis_does_not_start_at_zero(ax):
    schedules(CosineDecay(0.1, 5), 9, ax, log=True)
    ax.figure.canvas.draw()
    assert ax.get_ylim()[0] > 0


def test_a_single_step_can_be_drawn(ax):
    schedules(0.1, 1, ax)
    ax.figure.canvas.draw()
    assert len(ax.lines[0].get_xdata()) == 1


def test_update_moves_the_same_artists_and_the_name_stands_at_the_end(ax):
    picture = Schedules(ax, ["rate"])
    before = len(ax.get_children())
    for last in (10, 30):
        picture.update({"rate": CosineDecay(0.1, last).curve(last + 1)})
        assert picture.lines["rate"].get_xdata()[-1] == last
        assert last < picture.labels["rate"].get_position()[0] < ax.get_xlim()[1]
    assert len(ax.get_children()) == before


def test_the_description_has_the_numbers():
    rates = {"fall": PolynomialDecay(0.3, 2, 0.1), "level": 0.5}
    assert describe_schedules(rates, 4) == (
        "fall: 0.3 at step 0, 0.1 at step 3; highest 0.3 at step 0, lowest 0.1 at step 2. "
        "level: 0.5 at every step, 0 to 3."
    )


@pytest.mark.parametrize(
    ("rates", "steps", "error", "message"),
    [
        (0.1, 0, ValueError, "steps must be at least 1, got 0"),
        (0.1, 2.5, TypeError, r"steps must be a whole number, got 2\.5"),
        ({"a": "cosine"}, 5, TypeError, "the rate 'a' must be a number, got 'cosine'"),
        (-0.1, 5, ValueError, r"the rate 'constant' must be at least 0, got -0\.1"),
        (CosineDecay, 5, TypeError, "the rate 'CosineDecay' must be a number"),
    ],
)
def test_what_is_no_rate_is_refused_before_a_figure_is_made(rates, steps, error, message):
    with pytest.raises(error, match=message):
        schedules(rates, steps)
    assert plt.get_fignums() == []
