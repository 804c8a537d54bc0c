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
    with pytest.raises(AttributeError, match=r"from course\.explorers import LivePlot"):
        callbacks.LivePlot  # noqa: B018
    with pytest.raises(AttributeError, match=r"'course\.callbacks' has no attribute 'EarlyStop'"):
        callbacks.EarlyStop  # noqa: B018
