"""The fault box: its numbers, what it hides, and that its code repeats them."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.patients import FAULTS, numbered
from course.explorers.fault_box import SIZES, FaultBox, draw_alike


@pytest.fixture(scope="module")
def explorer() -> FaultBox:
    return FaultBox()


def number_of(fault: str) -> int:
    return next(k for k in range(1, 15) if numbered(k) == fault)


def test_the_start_is_marked_and_the_losses_begin_there(explorer: FaultBox) -> None:
    explorer.apply("1")
    before = explorer.numbers()["before"]
    assert explorer.start.get_ydata() == [before]
    assert explorer.losses.lines["training"].get_ydata()[0] == before
    assert f"{before:.2f}" in explorer.note.get_text()
    assert f"before training {before:.2f}" in explorer.summary()


@pytest.mark.parametrize("look_at", ["ratios", "gradients", "confusion"])
def test_one_view_at_a_time(explorer: FaultBox, look_at: str) -> None:
    explorer.set(patient=1, look_at=look_at)
    assert [name for name, ax in explorer.views.items() if ax.get_visible()] == [look_at]
    for name, artists in explorer.parts.items():
        assert any(artist.get_visible() for artist in artists) == (name == look_at)


def test_the_name_is_never_said(explorer: FaultBox) -> None:
    for patient in (1, 2):
        explorer.set(patient=patient)
        said = explorer.summary() + explorer.describe() + explorer.code() + explorer.share()
        assert not any(fault in said for fault in FAULTS if fault != "none")
    assert not any(fault in preset for preset in explorer.presets for fault in FAULTS)


def test_layers_without_a_gradient_can_be_drawn(explorer: FaultBox) -> None:
    explorer.set(patient=number_of("hidden layers frozen"), look_at="gradients", units=32)
    lines = explorer.sizes["gradients"].lines
    assert len(lines["hidden_1"].get_xdata()) == 0
    assert len(lines["output"].get_xdata()) == 15
    explorer.set(patient=number_of("all weights start at 0"))
    assert np.all(lines["hidden_1"].get_ydata() == SIZES[0])
    assert np.isfinite(list(explorer.numbers().values())).all()


def test_looking_again_does_not_train_again(explorer: FaultBox) -> None:
    explorer.set(patient=2, look_at="ratios", units=32)
    first = explorer.result
    explorer.set(look_at="confusion")
    assert explorer.result is first
    assert np.trace(first.confusion) < 15 < 250 < np.trace(np.roll(first.confusion, -1, axis=1))


def test_code_gives_the_numbers(explorer: FaultBox, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.apply("2, confusion")
    space: dict = {}
    exec(explorer.code(), space)
    assert str(explorer.result.before) in capsys.readouterr().out
    np.testing.assert_array_equal(space["found"].confusion, explorer.result.confusion)


def test_the_opening_picture_shows_three_alike() -> None:
    left, right = Figure(figsize=(9, 4)).subplots(1, 2)
    draw_alike(left, right)
    losses = [line.get_ydata() for line in left.lines]
    assert len(losses) == len(right.lines) == 3
    assert all(2.2 < loss.min() < loss.max() < 2.4 for loss in losses)
    first = [line.get_ydata()[0] for line in right.lines]
    assert first[0] > 0.1 > 1e-3 > first[1] > 1e-5 > first[2]
