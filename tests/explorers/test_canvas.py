from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from course.explorers.canvas import Canvas


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas((3.0, 2.0))
    axes = canvas.figure.subplots()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    canvas.moving = axes.plot([0, 1], [0, 1], animated=True)[0]
    canvas.still = axes.plot([0, 1], [1, 0])[0]
    return canvas


def test_the_size_is_that_of_the_figure(canvas):
    assert pixels(canvas.png()).shape == (200, 300, 3)


@pytest.mark.parametrize("change", ["moving", "still", "limits", "title"])
def test_the_fast_way_shows_what_the_slow_way_shows(canvas, change):
    before = pixels(canvas.png())
    if change == "limits":
        canvas.figure.axes[0].set_ylim(-1, 2)
    elif change == "title":
        canvas.figure.axes[0].set_title("x")
    else:
        getattr(canvas, change).set_ydata([0.2, 0.8])
    fast = pixels(canvas.png())
    canvas._background = None
    assert np.array_equal(fast, pixels(canvas.png()))
    assert not np.array_equal(fast, before)


def test_only_what_moves_is_drawn_again(canvas, monkeypatch):
    canvas.png()
    drawn = []
    monkeypatch.setattr(Canvas, "draw", lambda self: drawn.append(1))
    canvas.moving.set_ydata([0.2, 0.8])
    canvas.png()
    assert not drawn
    canvas.still.set_ydata([0.2, 0.8])
    canvas.png()
    assert drawn


def test_nothing_jumps(canvas):
    canvas.png()
    place = canvas.figure.axes[0].get_position().bounds
    canvas.figure.axes[0].set_ylabel("long\nlabel\nhere")
    canvas.png()
    assert canvas.figure.axes[0].get_position().bounds == place


def test_the_still_picture_holds_the_moving_artists_too(canvas):
    canvas.png()
    still = pixels(canvas.figure._repr_png_())
    # Moving artists lie above the frame in the live picture: a few pixels at the corners.
    assert (np.abs(still - pixels(canvas.png())).max(axis=2) > 2).mean() < 0.005
    canvas.moving.set_visible(False)
    assert (np.abs(still - pixels(canvas.png())).max(axis=2) > 2).mean() > 0.01
    assert isinstance(canvas.figure, Figure)
    canvas.figure.savefig(BytesIO(), format="svg")
    assert canvas.figure.canvas is canvas


def test_a_small_picture_is_smaller_and_looks_the_same(canvas):
    large, small = canvas.png(), canvas.png(small=True)
    assert len(small) < len(large)
    assert np.abs(pixels(small) - pixels(large)).max() <= 48
