"""The decisions of callbacks over recorded numbers: the package's own, without any training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from course.callbacks import EarlyStopping, ModelCheckpoint


class Step(NamedTuple):
    """What an `EarlyStopping` knew after an epoch; epochs are counted from 1.

    Attributes
    ----------
    epoch : int
    best : float or None
    best_epoch : int or None
        None where there is no best yet.
    wait : int
    stopped : bool
    """

    epoch: int
    best: float | None
    best_epoch: int | None
    wait: int
    stopped: bool


class Replay(NamedTuple):
    """All steps until training was stopped or the record ended, and what was kept.

    Attributes
    ----------
    steps : list of Step
    kept : int
        The epoch, counted from 1, whose weights the model has at the end.
    """

    steps: list[Step]
    kept: int

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.steps)

    @property
    def stopped(self) -> bool:
        """Whether training was stopped."""
        return self.steps[-1].stopped


class Tape:
    """Stands in for a model: its only weight is the epoch, and it notes what would be saved."""

    def __init__(self) -> None:
        self.stop_training = False
        self.epoch = 0
        self.saved: list[str] = []

    def get_weights(self) -> list[int]:
        """Return the epoch."""
        return [self.epoch]

    def set_weights(self, weights: list[int]) -> None:
        """Go back to an epoch."""
        (self.epoch,) = weights

    def save(self, path: str) -> None:
        """Note the name of the file; none is written."""
        self.saved.append(Path(path).name)

    save_weights = save


def replay(stopper: EarlyStopping, history: Mapping[str, Sequence[float]]) -> Replay:
    """Show a recorded training to `stopper`, epoch by epoch, as `fit` would.

    Up to the epoch where it stops, a real training with this callback sees the same numbers:
    `EarlyStopping` looks on and changes nothing before.

    Parameters
    ----------
    stopper : EarlyStopping
    history : mapping of str to sequence of float
        By key of the logs, e.g. ``{'val_loss': [0.9, 0.7, 0.8]}``; equally long, not empty.

    Returns
    -------
    Replay

    Raises
    ------
    ValueError
        If a sequence is empty or of another length, or the monitored key is missing.
    """
    epochs = [dict(zip(history, at, strict=True)) for at in zip(*history.values(), strict=True)]
    if not epochs:
        raise ValueError("history must hold at least one epoch.")
    tape, steps = Tape(), []
    stopper.set_model(tape)
    stopper.on_train_begin()
    for epoch, logs in enumerate(epochs):
        tape.epoch = epoch + 1
        stopper.on_epoch_end(epoch, logs)
        best_epoch = None if stopper.best is None else stopper.best_epoch + 1
        steps.append(
            Step(epoch + 1, stopper.best, best_epoch, stopper.wait, bool(tape.stop_training))
        )
        if tape.stop_training:
            break
    stopper.on_train_end()
    return Replay(steps, tape.epoch)


def saves(
    filepath: str, history: Mapping[str, Sequence[float]], batches: int = 4, **options: Any
) -> list[str]:
    """Return the files that a `ModelCheckpoint` would write, in their order.

    Parameters
    ----------
    filepath : str
        Name of a file, with placeholders or without.
    history : mapping of str to sequence of float
        As in :func:`replay`. In mid-epoch the checkpoint sees the numbers of that epoch
        without those of the validation.
    batches : int, default 4
        Of an epoch.
    **options
        Further arguments of `ModelCheckpoint`.

    Returns
    -------
    list of str
        Names without a folder. A name that comes again replaces the file before.
    """
    tape = Tape()
    with TemporaryDirectory() as folder:
        checkpoint = ModelCheckpoint(str(Path(folder) / filepath), **options)
        checkpoint.set_model(tape)
        checkpoint.on_train_begin()
        for epoch, at in enumerate(zip(*history.values(), strict=True)):
            logs = dict(zip(history, at, strict=True))
            checkpoint.on_epoch_begin(epoch)
            for batch in range(batches):
                known = {key: v for key, v in logs.items() if not key.startswith("val_")}
                checkpoint.on_train_batch_end(batch, known)
            checkpoint.on_epoch_end(epoch, logs)
    return tape.saved
