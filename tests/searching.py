"""A search in a process of its own, to be killed: searching.py STRATEGY FOLDER LOG."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from course import tuners as kt
from course.callbacks import Callback
from searches import X, Y, build

OPTIONS: dict[str, dict[str, Any]] = {
    "GridSearch": dict(max_trials=10),
    "RandomSearch": dict(max_trials=10),
    "BayesianOptimization": dict(max_trials=8, num_initial_points=4),
    "Hyperband": dict(max_epochs=4, factor=2),
}


class Slowly(Callback):
    """Leaves time to be killed in the middle of an epoch."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        time.sleep(0.01)


def search(strategy: str, folder: str, log: str | None = None) -> kt.Tuner:
    """Search; write a line into `log` when a trial starts and when it was recorded."""

    class Logged(getattr(kt, strategy)):
        def on_trial_begin(self, trial: kt.Trial) -> None:
            write(f"begin {trial.number}")

        def on_trial_end(self, trial: kt.Trial) -> None:
            write(f"end {trial.number}")

    def write(line: str) -> None:
        if log is not None:
            with Path(log).open("a") as file:
                file.write(line + "\n")

    Logged.__name__ = strategy
    tuner = Logged(build, "val_loss", seed=0, directory=folder, **OPTIONS[strategy])
    tuner.search(X, Y, epochs=2, validation_data=(X, Y), callbacks=[Slowly()], verbose=0)
    return tuner


if __name__ == "__main__":
    search(*sys.argv[1:])
