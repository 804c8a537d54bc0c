"""Curves that are redrawn while a model trains."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from course import Input, Sequential
from course.callbacks import LambdaCallback
from course.explorers import LivePlot, live_plot
from course.layers import Dense

X, Y = np.arange(8.0)[:, None] / 8, np.arange(8.0) / 8


class Screen:
    """What stands in for the notebook: what is displayed, and what is put in its place."""

    def __init__(self) -> None:
        self.shown: list[Any] = []
        self.updated: list[Any] = []

    def display(self, thing: Any, display_id: bool) -> Screen:
        self.shown.append(thing)
        self.first = thing._repr_mimebundle_()
        return self

    def update(self, thing: Any) -> None:
        self.updated.append(thing)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(live_plot, "in_notebook", lambda: True)
    monkeypatch.setattr(live_plot, "display", screen.display)
    return screen


def fit(*callbacks: Any, epochs: int = 3, **options: Any) -> Any:
    network = Sequential([Input((1,)), Dense(1)])
    network.compile("sgd", "mse", metrics=["mae"])
    return network.fit(X, Y, epochs=epochs, verbose=0, callbacks=list(callbacks), **options)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("L")).astype(int)


def test_one_picture_is_shown_and_changed_in_place(screen: Screen) -> None:
    plot = LivePlot()
    history = fit(plot, validation_data=(X, Y)).history
    assert len(screen.shown) == 1
    assert screen.updated == screen.shown
    for key, values in history.items():
        np.testing.assert_array_equal(plot.series[key], values)
    (picture,) = screen.shown
    last = pixels(picture.image.value)
    assert last.shape == (380, 1000)
    blank = pixels(live_plot.Picture([["loss", "val_loss"], ["mae", "val_mae"]], False).image.value)
    assert (last < 100).sum() > (blank < 100).sum()


def test_what_a_notebook_stores_holds_no_time(screen: Screen) -> None:
    fit(LivePlot("loss"))
    data = screen.shown[0]._repr_mimebundle_()
    assert data["text/plain"] == screen.first["text/plain"] == "LivePlot of loss"
    assert set(data) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert "image/png" not in screen.first


def test_the_rate_of_pictures_is_limited(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    draw = live_plot.Picture.draw

    def counted(self: Any, series: Any) -> None:
        drawn.append(live_plot.monotonic())
        draw(self, series)

    monkeypatch.setattr(live_plot.Picture, "draw", counted)
    monkeypatch.setattr(live_plot, "FRAME", 0.02)
    fit(LivePlot("loss"), epochs=300)
    assert 1 < len(drawn) < 300
    assert (np.diff(drawn[:-1]) >= 0.02).all()  # the last one is not made to wait


def test_it_grows_while_training_goes_on(screen: Screen) -> None:
    plot = LivePlot("loss")
    seen: list[int] = []

    def look(epoch: int, logs: Any) -> None:
        if epoch == 0:
            assert plot._worker.wait(20)
            seen.append(len(screen.shown[0]._curves[0][1].lines["loss"].get_xdata()))

    fit(plot, LambdaCallback(on_epoch_end=look))
    assert seen == [1]


@pytest.mark.parametrize("moment", ["show", "draw"])
def test_an_error_in_drawing_does_not_stop_the_training(
    moment: str, screen: Screen, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def fail(*given: Any) -> None:
        raise ZeroDivisionError("no ink")

    if moment == "show":
        monkeypatch.setattr(live_plot, "display", lambda *a, **k: fail())
    else:
        monkeypatch.setattr(live_plot.Picture, "draw", fail)
    plot = LivePlot()
    assert fit(plot).epoch == [0, 1, 2]
    assert isinstance(plot.error, ZeroDivisionError)
    assert "LivePlot could not draw: ZeroDivisionError: no ink\n" in capsys.readouterr().out


def test_a_training_that_is_interrupted_leaves_the_last_picture(screen: Screen) -> None:
    def fail(epoch: int, logs: Any) -> None:
        if epoch == 2:
            raise KeyboardInterrupt

    plot = LivePlot("loss")
    with pytest.raises(KeyboardInterrupt):
        fit(plot, LambdaCallback(on_epoch_end=fail), epochs=9)
    assert plot._worker.wait(20)
    assert len(screen.shown[0]._curves[0][1].lines["loss"].get_xdata()) == 3


def test_words_outside_a_notebook(capsys: Any) -> None:
    plot = LivePlot("loss")
    loss = fit(plot).history["loss"]
    text = capsys.readouterr().out
    assert text.startswith(f"loss: {loss[0]:.3g} in epoch 1, {loss[2]:.3g} in epoch 3; lowest ")
    assert text.count("\n") == 1
    assert not live_plot.in_notebook()


def test_the_still_picture_where_a_notebook_gives_no_handle(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_plot, "display", lambda *a, **k: None)
    plot = LivePlot()
    fit(plot)
    assert plot.error is None
    assert "image/png" in plot._picture._repr_mimebundle_()


def test_epochs_without_a_value(capsys: Any) -> None:
    plot = LivePlot("loss")
    fit(plot, epochs=7, initial_epoch=2, validation_data=(X, Y), validation_freq=2)
    assert np.isnan(plot.series["loss"]).tolist() == [True, True] + [False] * 5
    validation = plot.series["val_loss"]
    assert np.isnan(validation).tolist() == [True] * 3 + [False] * 3 + [True]
    assert validation[4] == pytest.approx((validation[3] + validation[5]) / 2)


def test_a_loss_that_is_no_number_is_a_gap_and_not_a_line() -> None:
    values = live_plot._line(4, [0, 1, 2, 3], [1.0, float("nan"), 2.0, 3.0])
    assert np.isnan(values).tolist() == [False, True, False, False]
    assert np.isnan(live_plot._line(2, [], [])).all()


def test_a_logarithmic_axis_for_losses(screen: Screen) -> None:
    fit(LivePlot(log=True))
    assert [c.ax.get_yscale() for _, c in screen.shown[0]._curves] == ["log", "linear"]


def test_it_can_be_copied_and_used_again(screen: Screen) -> None:
    plot = copy.deepcopy(LivePlot())
    fit(plot)
    fit(plot, epochs=2)
    assert len(screen.shown) == 2
    assert len(plot.series["loss"]) == 2


@pytest.mark.parametrize("keys", [[], 3, [1], [None]])
def test_keys_that_are_no_names(keys: Any) -> None:
    with pytest.raises(TypeError, match=r"keys must be names such as \['loss', 'accuracy'\]"):
        LivePlot(keys)


def test_keys_that_cannot_come() -> None:
    with pytest.raises(ValueError, match="keys='los' will not be in the logs"):
        fit(LivePlot("los"))
