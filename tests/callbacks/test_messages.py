"""What callbacks say of wrong use, word for word: what came, what is wanted, and the fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course.callbacks import (
    CSVLogger,
    EarlyStopping,
    LambdaCallback,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TimeBudget,
    WeightHistory,
    as_callbacks,
)
from course.optimizers import SGD
from course.optimizers.schedules import CosineDecay
from driven import Stub, drive


def begin(callback: Any, metrics: list[str], added: list[str] | None, **model: Any) -> None:
    """Begin a training whose logs hold these keys."""
    stub = Stub()
    vars(stub).update(model)
    callback.set_model(stub)
    callback.set_params({"verbose": 0, "metrics": metrics, "added_metrics": added})
    callback.on_train_begin({})


def save_in_mid_epoch(monitor: str, filepath: str = "x.keras") -> None:
    best = filepath == "x.keras"
    checkpoint = ModelCheckpoint(filepath, monitor, 0, best, mode="min", save_freq=5)
    begin(checkpoint, ["loss", "val_loss"], ["mark"])


MESSAGES: list[tuple[Callable[[], Any], str]] = [
    (lambda: as_callbacks([EarlyStopping]),
     "callbacks must be instances of Callback, such as [EarlyStopping()], got <class "
     "'course.callbacks.early_stopping.EarlyStopping'> (a class: call it)."),
    (lambda: as_callbacks("early"),
     "callbacks must be instances of Callback, such as [EarlyStopping()], got 'early'."),
    (lambda: ModelCheckpoint("best.keras", save_weights_only=True),
     "filepath must end in '.weights.h5' where save_weights_only=True, got 'best.keras'. Write "
     "'best.weights.h5'."),
    (lambda: ModelCheckpoint("best.ckpt"),
     "filepath must end in '.keras' (or the older '.h5'), got 'best.ckpt'. Write 'best.keras', or "
     "give save_weights_only=True and '.weights.h5'."),
    (lambda: ModelCheckpoint("{loss:d}.keras"),
     "filepath='{loss:d}.keras' cannot be filled in: Unknown format code 'd' for object of type "
     "'float'. Write placeholders as in '{epoch:02d}-{val_loss:.2f}.keras'."),
    (lambda: ModelCheckpoint(3), "filepath must be a path, got 3."),
    (lambda: ModelCheckpoint("x.keras", save_freq="batch"),
     "save_freq must be 'epoch' or a number of batches: 'batch'"),
    (lambda: save_in_mid_epoch("mark"),
     "monitor='mark' is not known after batches, where save_freq=5 saves: only the end of an epoch "
     "adds it. Use save_freq='epoch', or a key of the training such as 'loss'."),
    (lambda: save_in_mid_epoch("loss", "{val_loss}.keras"),
     "filepath with the placeholder='val_loss' is not known after batches, where save_freq=5 "
     "saves: it comes from the validation at the end of an epoch. Use save_freq='epoch', or a key "
     "of the training such as 'loss'."),
    (lambda: begin(ModelCheckpoint("{los}.keras"), ["loss", "mae"], ["mark"]),
     "filepath='{los}.keras' with the placeholder='los' will not be in the logs. Did you mean "
     "'loss'? They will have the keys 'loss', 'mae', 'mark'."),
    (lambda: begin(EarlyStopping("val_loss"), ["loss", "mae"], None),
     "monitor='val_loss' needs validation: give fit a validation_split or validation_data. The "
     "logs will have the keys 'loss', 'mae'."),
    (lambda: begin(EarlyStopping("speed"), ["loss", "speed"], []),
     "Whether monitor='speed' is better when larger or smaller is not known. Give mode='max' or "
     "mode='min'."),
    (lambda: EarlyStopping(3), "monitor must be a key of the logs, 'val_loss', got 3."),
    (lambda: drive(EarlyStopping("loss"), ["a"]),
     "The monitored 'loss' must be a number, got 'a'."),
    (lambda: drive(EarlyStopping("loss"), [np.ones(2)]),
     "The monitored 'loss' must be a number, got array([1., 1.])."),
    (lambda: begin(ReduceLROnPlateau("loss"), ["loss"], [], optimizer=SGD(CosineDecay(0.1, 9))),
     "ReduceLROnPlateau sets the learning rate, but that of the optimizer is a schedule, "
     "CosineDecay. Leave one of them out: for the callback, compile with a number, such as "
     "SGD(learning_rate=0.01)."),
    *[
        (lambda name=name: ReduceLROnPlateau(**{name[:-1]: 1}),
         f"ReduceLROnPlateau has no argument {name[:-1]!r}. Did you mean {name!r}?")
        for name in ("monitor", "factor", "patience", "min_delta", "cooldown", "min_lr")
    ],
    (lambda: LambdaCallback(on_epoch_end=3), "on_epoch_end must be a function, got 3."),
    (lambda: LearningRateScheduler(0.1),
     "schedule must be a function such as lambda epoch: 0.1 / (1 + epoch), got 0.1."),
    (lambda: LearningRateScheduler(lambda: 0.1),
     "schedule must take (epoch) or (epoch, learning_rate), but its arguments are ()."),
    (lambda: CSVLogger("log.csv", ";;"), "separator must be one character such as ',', got ';;'."),
    (TimeBudget, "Give either seconds or minutes, got seconds=None and minutes=None."),
    (lambda: TimeBudget(1, minutes=2),
     "Give either seconds or minutes, got seconds=1 and minutes=2."),
    (lambda: WeightHistory().path("w"), "\"'w' was not kept; there is .\""),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), MESSAGES, ids=lambda value: None)
def test_a_message_in_full(call: Callable[[], Any], message: str) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)) as error:
        call()
    assert str(error.value) == message


def test_a_key_that_nobody_adds() -> None:
    stopping = EarlyStopping("mark", mode="min")
    begin(stopping, ["loss"], None)
    with pytest.raises(ValueError, match="monitor='mark'") as error:
        stopping.on_epoch_end(0, {"loss": 1.0, "marks": 2.0})
    assert str(error.value) == (
        "monitor='mark' is not in the logs. Did you mean 'marks'? They have the keys 'loss', "
        "'marks'. A callback that adds it has to come before EarlyStopping in the list."
    )


def test_without_fit_nothing_is_known_of_the_logs_beforehand() -> None:
    stopping, checkpoint = EarlyStopping("loss"), ModelCheckpoint("x.keras", "loss", 0, True)
    checkpoint.save_freq = 5
    for callback in (stopping, checkpoint):
        callback.set_model(Stub())
        callback.on_train_begin()
    with pytest.raises(ValueError, match=r"^monitor='loss' is not in the logs"):
        stopping.on_epoch_end(0)
    marked = ModelCheckpoint("{mark}.keras")
    with pytest.raises(ValueError, match=r"placeholders \['mark'\]"):
        marked.on_epoch_end(0)


def test_an_epoch_without_logs_is_passed_over() -> None:
    for callback in (EarlyStopping("loss"), ReduceLROnPlateau("loss")):
        begin(callback, ["loss"], [])
        callback.on_epoch_end(0)
        assert (callback.best, callback.wait) == (None, 0)


def test_a_placeholder_that_nobody_fills(tmp_path: Path) -> None:
    checkpoint = ModelCheckpoint(tmp_path / "{mark}-{note}.keras")
    begin(checkpoint, ["loss"], None)
    with pytest.raises(ValueError, match="placeholders") as error:
        checkpoint.on_epoch_end(0, {"loss": 1.0})
    assert str(error.value).endswith(
        "has the placeholders ['mark', 'note'], which are not in the logs. They have the keys "
        "'loss', 'epoch'."
    )


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "log.csv").mkdir()
    path = str(tmp_path / "log.csv")
    with pytest.raises(IsADirectoryError) as error:
        begin(CSVLogger(path), ["loss"], [])
    assert error.value.strerror == (
        f"filename={path!r} cannot be written (Is a directory). Give a file in a folder that can "
        f"be; this one is {str(tmp_path)!r}."
    )


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="no table") as error:
        drive(CSVLogger(path, append=True), [1.0])
    assert str(error.value).startswith(
        f"filename={str(path)!r} is no table of text to append to: 'utf-8' codec"
    )
