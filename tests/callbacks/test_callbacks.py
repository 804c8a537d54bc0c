"""What the package of callbacks shows."""

from __future__ import annotations

import copy

import pytest

from course import callbacks

MADE = [
    callbacks.CSVLogger("log.csv"),
    callbacks.EarlyStopping(),
    callbacks.GradientMonitor(),
    callbacks.History(),
    callbacks.LambdaCallback(on_epoch_end=print),
    callbacks.LearningRateScheduler(abs),
    callbacks.ModelCheckpoint("x.keras"),
    callbacks.ProgbarLogger(),
    callbacks.ReduceLROnPlateau(),
    callbacks.TerminateOnNaN(),
    callbacks.TimeBudget(1),
    callbacks.WeightHistory(),
]


@pytest.mark.parametrize("callback", MADE, ids=lambda callback: type(callback).__name__)
def test_callbacks_can_be_copied(callback: callbacks.Callback) -> None:
    assert type(copy.deepcopy(callback)) is type(callback)


def test_where_the_live_plot_is() -> None:
    with pytest.raises(
        AttributeError, match=r"^LivePlot .*: from course\.explorers import LivePlot$"
    ):
        callbacks.LivePlot  # noqa: B018
    with pytest.raises(AttributeError, match=r"'course\.callbacks' has no attribute 'EarlyStop'"):
        callbacks.EarlyStop  # noqa: B018


@pytest.mark.parametrize(
    ("kind", "defaults"),
    [
        (
            callbacks.EarlyStopping,
            dict(monitor="val_loss", min_delta=0, patience=0, verbose=0, mode="auto", baseline=None)
            | dict(restore_best_weights=False, start_from_epoch=0, best=None, best_weights=None)
            | dict(best_epoch=0, stopped_epoch=0, wait=0),
        ),
        (
            callbacks.ReduceLROnPlateau,
            dict(monitor="val_loss", factor=0.1, patience=10, verbose=0, mode="auto")
            | dict(min_delta=1e-4, cooldown=0, min_lr=0, best=None, wait=0, cooldown_counter=0),
        ),
        (
            lambda: callbacks.ModelCheckpoint("x.keras"),
            dict(monitor="val_loss", verbose=0, save_best_only=False, save_weights_only=False)
            | dict(mode="auto", save_freq="epoch", period=1, best=None),
        ),
        (lambda: callbacks.CSVLogger("x.csv"), dict(separator=",", append=False)),
        (callbacks.TerminateOnNaN, dict(raise_error=False)),
        (callbacks.GradientMonitor, dict(weights=None, by="layer", freq="epoch")),
        (callbacks.WeightHistory, dict(weights=None, freq="epoch", max_copies=None, values={})),
        (callbacks.History, dict(history={}, epoch=[], data_loss=[], val_data_loss=[], seconds=[])),
    ],
)
def test_what_a_callback_is_by_default(kind: type[callbacks.Callback], defaults: dict) -> None:
    callback = kind()
    assert {name: getattr(callback, name) for name in defaults} == defaults
