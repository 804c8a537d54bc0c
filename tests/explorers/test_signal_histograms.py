"""The gain as a slider: presets against their names, the code against the picture."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.explorers.signal_histograms import (
    ACTIVATIONS,
    SignalHistograms,
    draw_answers,
    named,
    written,
)


@pytest.fixture(scope="module")
def explorer() -> SignalHistograms:
    return SignalHistograms()


@pytest.mark.parametrize(
    ("preset", "idle", "left"),
    [
        ("sigmoid, Glorot", (0, 0.01), (1e-7, 1e-5)),
        ("sigmoid, deviation 1", (0.4, 0.7), (0.1, 0.5)),
        ("tanh, Glorot", (0, 0.01), (0.2, 0.6)),
        ("tanh, U(−0.5, 0.5)", (0.3, 0.45), (0.8, 1.1)),
        ("tanh, deviation 1", (0.75, 0.9), (0.9, 1.1)),
        ("ReLU, Glorot", (0.02, 0.2), (0.005, 0.05)),
        ("ReLU, He", (0.02, 0.2), (0.3, 1)),
        ("ReLU, deviation 1", (0.02, 0.2), (1e6, 1e8)),
        ("SELU, LeCun", (0, 0.01), (0.9, 1.1)),
    ],
)
def test_presets_show_what_they_are_called(
    explorer: SignalHistograms, preset: str, idle: tuple, left: tuple
) -> None:
    explorer.apply(preset)
    assert idle[0] <= explorer.numbers()["idle"] <= idle[1]
    assert left[0] <= explorer.numbers()["left"] <= left[1]
    assert preset.split(", ")[1].removeprefix("deviation") in explorer.summary()


def test_values_saturate_and_units_die(explorer: SignalHistograms) -> None:
    explorer.apply("tanh, deviation 1")
    assert "of the values saturated" in explorer.summary()
    explorer.apply("ReLU, He")
    assert "of the units dead" in explorer.summary()
    assert "layer 10: mean" in explorer.describe()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("gain", [0.1, 10.0])
def test_extremes_stay_numbers(explorer: SignalHistograms, activation: str, gain: float) -> None:
    explorer.set(activation=activation, gain=gain)
    assert np.isfinite(list(explorer.numbers().values())).all()


@pytest.mark.parametrize("preset", ["sigmoid, Glorot", "ReLU, He"])
def test_code_gives_the_picture(
    explorer: SignalHistograms, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    space: dict = {}
    exec(explorer.code(), space)
    np.testing.assert_allclose(space["signal"].size, explorer.result.size, rtol=1e-3)
    np.testing.assert_allclose(space["shares"], explorer.result.idle, atol=1e-3)
    assert "differences between inputs" in capsys.readouterr().out


def test_the_lines_are_cut_off_where_the_axis_ends(explorer: SignalHistograms) -> None:
    explorer.apply("ReLU, deviation 1")
    assert explorer.profiles.lines["size"].get_ydata()[-1] == 1e4


def test_weights_and_ratios_have_names() -> None:
    assert [named(g) for g in (1.0, 1.41, 2.89, 3.3)] == [
        " (Glorot, LeCun)", " (He)", " (U(−0.5, 0.5))", "",
    ]  # fmt: skip
    assert [written(r) for r in (0.36, 1.0, 0.02, 3e-7, 2e7, 0.0)] == [
        "0.4", "1", "0.02", "about 10⁻⁷", "about 10⁷", "about 10⁻³⁰",
    ]  # fmt: skip


def test_answers_of_sigmoids_are_stripes() -> None:
    ax = Figure().subplots()
    draw_answers(ax, "sigmoid", 1.0, 10, "one answer")
    image = ax.images[0].get_array()
    assert image.shape == (40, 40)
    assert np.ptp(image, axis=0).max() < 1e-4 < np.ptp(image, axis=1).min()
    assert ax.get_title(loc="left") == "one answer"
