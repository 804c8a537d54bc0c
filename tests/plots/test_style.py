from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from course.plots import style


def contrast(colour):
    return 1.05 / (style.luminance(colour) + 0.05)


def test_luminance():
    assert style.luminance("white") == pytest.approx(1)
    assert style.luminance("black") == 0
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    "colour", [style.INK, style.SOFT, style.FORWARD["color"], style.BACKWARD["color"]]
)
def test_type_can_be_read_on_white(colour):
    assert contrast(colour) > 4.5
    assert style.readable(colour) == to_rgb(colour)


@pytest.mark.parametrize("colour", [*style.RUN_COLOURS, style.MUTED, style.HIGHLIGHT])
def test_names_of_lines_can_be_read_on_white(colour):
    shade = np.array(style.readable(colour))
    assert contrast(shade) >= 4.5
    assert np.all(shade <= to_rgb(colour))


def test_the_two_directions_differ_in_brightness():
    ratio = contrast(style.FORWARD["color"]) / contrast(style.BACKWARD["color"])
    assert ratio > 1.8


def test_nothing_differs_by_colour_alone():
    assert len(set(style.CLASS_MARKERS)) == len(set(style.CLASS_COLOURS)) == 8
    assert style.TRAINING["linestyle"] != style.VALIDATION["linestyle"]
    assert style.FORWARD["marker"] != style.BACKWARD["marker"]
    assert style.HIGHLIGHT not in style.RUN_COLOURS


def test_the_boundary_is_a_step_in_the_colours():
    below, above = (np.array(style.TWO_CLASSES(v)[:3]) for v in (0.499, 0.501))
    assert np.abs(below - style.mix(style.CLASS_COLOURS[0], 0.16)).max() < 0.02
    assert np.abs(above - style.mix(style.CLASS_COLOURS[1], 0.16)).max() < 0.02


def test_given_axes_are_dressed_and_returned_without_pyplot():
    ax = Figure().add_subplot()
    assert style.axes(ax) is ax
    assert not any(spine.get_visible() for spine in ax.spines.values())
    assert plt.get_fignums() == []


def test_without_axes_one_figure_is_made_for_the_notebook():
    ax = style.axes(None, (3, 2))
    assert plt.get_fignums() == [ax.figure.number]
    assert tuple(ax.figure.get_size_inches()) == (3, 2)
    plt.close(ax.figure)


def test_the_context_gives_its_look_and_takes_it_back():
    before = dict(mpl.rcParams)
    with style.styled():
        assert mpl.rcParams["axes.titlelocation"] == "left"
        assert not mpl.rcParams["axes.spines.top"]
    assert dict(mpl.rcParams) == before


def test_mix():
    assert style.mix("black", 0.25) == (0.75, 0.75, 0.75)
    assert style.mix(style.BLUE, 1) == pytest.approx(to_rgb(style.BLUE))


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (60, "one two three four five six"),
        (26, "one two three\nfour five six"),
        (13, "one two three\nfour five six"),
        (10, "one two\nthree four\nfive six"),
    ],
)
def test_lines_of_a_title_are_balanced(width, text):
    assert style.balanced("one two three four five six", width) == text


def test_ticks_are_round_and_inside():
    assert style.ticks(1, 60) == [20, 40, 60]
    assert style.ticks(-1, 1) == [-1, -0.5, 0, 0.5, 1]


def test_label_writes_the_sentence_and_the_names():
    ax = Figure((4, 3)).add_subplot()
    style.label(ax, "a sentence that is much too long for a single line", "x", "y")
    assert "\n" in ax.get_title(loc="left")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")
