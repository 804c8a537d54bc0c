"""What the tests of tuners search: data, models, and things that are no models."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np

from course import Input, Sequential
from course.layers import Dense, Dropout
from course.optimizers import Adam
from course.tuners import HyperModel, HyperParameters, RandomSearch, Trial

X = np.random.default_rng(0).normal(size=(60, 3))
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def build(hp: HyperParameters) -> Sequential:
    """A classifier whose number of layers is searched, with the units of each."""
    model = Sequential([Input((3,))])
    for i in range(hp.Int("layers", 1, 3)):
        model.add(Dense(hp.Int(f"units_{i}", 4, 12, step=4), "relu"))
    if hp.Boolean("dropout"):
        model.add(Dropout(0.2))
    model.add(Dense(1, "sigmoid"))
    rate = hp.Float("rate", 1e-3, 1e-1, sampling="log")
    model.compile(Adam(rate), "binary_crossentropy", metrics=["accuracy"])
    return model


class WithBatches(HyperModel):
    """The same, with the batch size declared where the model is trained."""

    def build(self, hp: HyperParameters) -> Sequential:
        return build(hp)

    def fit(self, hp: HyperParameters, model: Sequential, *args: Any, **kwargs: Any) -> Any:
        return model.fit(*args, batch_size=hp.Choice("batch_size", [16, 32]), **kwargs)


class Parabola(RandomSearch):
    """No model at all: (x − 1)²."""

    def run_trial(self, trial: Trial) -> float:
        return (trial.hyperparameters.Float("x", -2, 2) - 1) ** 2


def record(tuner: Any) -> list[tuple[Any, ...]]:
    """All that must repeat: every trial but the seconds it took."""
    return [
        (t.number, t.status, t.values, t.score, t.metrics, t.best_step, _logs(t))
        for t in tuner.oracle.ordered_trials()
    ]


def _logs(trial: Trial) -> list[Any]:
    return [(run.execution, run.fold, run.epoch, run.history) for run in trial.runs]


class Slow(Parabola):
    """Takes its time, and writes down which process ran which trial."""

    def run_trial(self, trial: Trial, seconds: float, log: Path | None) -> float:
        if log is not None:
            with log.open("a") as file:
                file.write(f"{trial.number} {os.getpid()}\n")
        time.sleep(seconds)
        return super().run_trial(trial)


class Killed(Parabola):
    """Kills its process in some trials: once where there is a place to note it, else always."""

    def run_trial(
        self, trial: Trial, noted: Path | None, at: tuple[int, ...], seconds: float = 0
    ) -> float:
        if trial.number in at and not (noted is not None and noted.exists()):
            if noted is not None:
                noted.write_text(str(trial.number))
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(seconds)
        return super().run_trial(trial)
