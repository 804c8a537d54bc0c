"""One configuration and what became of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.tuners import stored as files
from course.tuners.hyperparameters import RESERVED, HyperParameters

Arrays = list[np.ndarray]


class TrialStatus:
    """What a trial can be."""

    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class Run:
    """One training of a trial: an execution, or a fold of one.

    Attributes
    ----------
    execution, fold : int
        Which one; the fold is 0 without cross-validation.
    epoch : list of int
        The numbers of the epochs, from 0.
    history : dict of str to list of float
        What was logged after each of them, NaN where it was not.
    seconds : list of float
        How long each took.
    input_shape : tuple, list of tuple, or None
        Of the model, the batch (None) included; it builds one that has no `Input`.
    weights : list of ndarray or None
        Those of the best epoch; kept beside the trial on disk.
    state : dict of str to ndarray or None
        All that is needed to train on from the last epoch, where a strategy does.
    """

    recorded = {
        "execution": files.count,
        "fold": files.count,
        "epoch": files.each(files.count),
        "history": files.named(files.each(files.number)),
        "seconds": files.each(files.number),
        "input_shape": files.optional(lambda s: files.shape(s) or files.each(files.shape)(s)),
    }

    def __init__(self, execution: int = 0, fold: int = 0) -> None:
        self.execution, self.fold = execution, fold
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}
        self.seconds: list[float] = []
        self.input_shape: Any = None
        self.weights: Arrays | None = None
        self.state: dict[str, np.ndarray] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what is stored as text; arrays are stored apart."""
        return {name: getattr(self, name) for name in self.recorded}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Run:
        """Return what :meth:`to_dict` was called on.

        Raises
        ------
        ValueError
            If it was not.
        """
        files.check(stored, cls.recorded)
        lists = (stored["epoch"], stored["seconds"], *stored["history"].values())
        if len(set(map(len, lists))) > 1:
            raise ValueError("'epoch', 'seconds' and 'history' differ in length")
        run = cls()
        for name in cls.recorded:
            setattr(run, name, stored[name])
        return run


class Trial:
    """A configuration, its results and its record; a search makes them.

    Parameters
    ----------
    hyperparameters, number, status
        The attributes of these names; by default number 0, ``'RUNNING'``.

    Attributes
    ----------
    number : int
        Its place in the search, from 0; `trial_id` is the same as a text, ``'0007'``.
    hyperparameters : HyperParameters
        With the values of this trial.
    status : {'RUNNING', 'COMPLETED', 'FAILED'}
    score : float or None
        The objective: at the best epoch of each run, the mean over runs.
    metrics : dict of str to float
        All that was logged, taken at the same epochs.
    best_step : int
        The best epoch, from 0; `best_epoch` is another name.
    runs : list of Run
        The log of every epoch, by execution and fold.
    seed : int or None
        What its training was seeded with.
    seconds : float or None
        How long it took.
    message : str or None
        The error, if it failed; `error` is another name.
    attempts : int
        How often it was run; above 1 where it failed and was tried again.
    """

    recorded = {
        "status": (TrialStatus.RUNNING, TrialStatus.COMPLETED, TrialStatus.FAILED).__contains__,
        "score": files.optional(files.finite),
        "metrics": files.named(files.number),
        "best_step": files.count,
        "seed": files.optional(files.count),
        "seconds": files.optional(files.number),
        "message": files.optional(files.text),
        "attempts": files.count,
    }

    def __init__(
        self,
        hyperparameters: HyperParameters,
        number: int = 0,
        status: str = TrialStatus.RUNNING,
    ) -> None:
        self.hyperparameters = hyperparameters
        self.number = number
        self.status = status
        self.score: float | None = None
        self.metrics: dict[str, float] = {}
        self.best_step = 0
        self.runs: list[Run] = []
        self.seed: int | None = None
        self.seconds: float | None = None
        self.message: str | None = None
        self.attempts = 0
        # Arrays are with a trial only on their way from and to the disk.
        self.weights: Arrays | None = None
        self.states: list[dict[str, np.ndarray]] = []

    @property
    def trial_id(self) -> str:
        return f"{self.number:04d}"

    @property
    def best_epoch(self) -> int:
        return self.best_step

    @property
    def error(self) -> str | None:
        return self.message

    @property
    def last_line(self) -> str:
        """The last line of the error, which says what it was; nothing without one."""
        return ((self.message or "").strip().splitlines() or [""])[-1]

    @property
    def is_completed(self) -> bool:
        return self.status == TrialStatus.COMPLETED

    @property
    def has_ended(self) -> bool:
        return self.status != TrialStatus.RUNNING

    @property
    def values(self) -> dict[str, Any]:
        """The values of the active hyperparameters, in the order in which they were asked for."""
        return self.hyperparameters.values

    @property
    def configuration(self) -> dict[str, Any]:
        """The values without those that the tuner adds, ``'tuner/epochs'`` and the like."""
        return {k: v for k, v in self.values.items() if not k.startswith(RESERVED)}

    def drop_arrays(self) -> None:
        """Forget weights and states, which are on disk."""
        self.weights, self.states = None, []
        for run in self.runs:
            run.weights = run.state = None

    def to_frame(self) -> Any:
        """Return every epoch of every run as a pandas DataFrame."""
        import pandas as pd

        frames = [
            pd.DataFrame(
                {"execution": run.execution, "fold": run.fold, "epoch": run.epoch, **run.history}
            )
            for run in self.runs
        ]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def summary(self) -> None:
        """Print the configuration and the score."""
        print(f"Trial {self.trial_id} summary")
        print("Hyperparameters:")
        for name, value in self.values.items():
            print(f"{name}: {value}")
        if self.score is not None:
            print(f"Score: {self.score}")
        if self.message is not None:
            print(self.message)

    def to_dict(self) -> dict[str, Any]:
        """Return all that is stored as text."""
        return {
            "number": self.number,
            "values": self.values,
            **{name: getattr(self, name) for name in self.recorded},
            "runs": [run.to_dict() for run in self.runs],
        }

    @classmethod
    def from_dict(cls, stored: dict[str, Any], hyperparameters: HyperParameters) -> Trial:
        """Return what :meth:`to_dict` was called on; the declarations are stored once for all.

        Raises
        ------
        ValueError
            If it was not, or a value is none of those that its hyperparameter takes.
        """
        others = {
            "number": files.count,
            "values": lambda values: isinstance(values, dict),
            "runs": lambda runs: isinstance(runs, list),
        }
        files.check(stored, others | cls.recorded)
        files.check_values(stored["values"], hyperparameters.space)
        if stored["status"] == TrialStatus.COMPLETED and stored["score"] is None:
            raise ValueError("a completed trial has a score")
        trial = cls(hyperparameters.blank(), stored["number"])
        trial.hyperparameters.values = stored["values"]
        for name in cls.recorded:
            setattr(trial, name, stored[name])
        trial.runs = [Run.from_dict(run) for run in stored["runs"]]
        return trial

    def __repr__(self) -> str:
        return f"<Trial {self.trial_id} {self.status} score={self.score} {self.configuration}>"
