"""What a trial keeps of its training, and how training goes on from there."""

from __future__ import annotations

import json
import time
from math import isfinite, nan
from typing import Any

import numpy as np

from course import checks, config
from course.callbacks import Callback
from course.models.saving.weights import generator_state
from course.tuners.objective import Objective
from course.tuners.scoring import check_has, single
from course.tuners.trial import Run

State = dict[str, np.ndarray]


class Recorder(Callback):
    """Records every epoch in `run` and keeps the weights of the best one.

    Where the objective is not logged because it is computed after the training, the last
    weights are kept.

    Parameters
    ----------
    run : Run
        Filled while the model trains.
    objective : Objective
        What is the best.
    start : dict of str to ndarray, optional
        Where to go on: what :func:`capture` returned.
    keeps_state : bool, default False
        Whether the training may be continued later.
    is_logged : bool, default False
        Whether each epoch must log the objective; then the first that does not ends the search.
    """

    adds_to_logs = ()

    def __init__(
        self,
        run: Run,
        objective: Objective,
        start: State | None = None,
        keeps_state: bool = False,
        is_logged: bool = False,
    ) -> None:
        super().__init__()
        self.run, self.objective = run, objective
        self.start, self.keeps_state, self.is_logged = start, keeps_state, is_logged
        self._best: float | None = None

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.run.input_shape = self.model.input_shape
        if self.start is not None:
            restore(self.model, self.start)
            self.start = None

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._begin = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        logs = self.objective.completed(logs or {})
        if self.is_logged:
            check_has(self.objective, logs, "the log of an epoch")
        logs = single(logs)
        self._record(epoch, logs)
        score = logs.get(self.objective.name)
        if score is None or not isfinite(score):
            return
        if self._best is None or self.objective.better_than(score, self._best):
            self._best = score
            self.run.weights = self.model.get_weights()

    def _record(self, epoch: int, logs: dict[str, float]) -> None:
        run = self.run
        for key in {**run.history, **logs}:
            values = run.history.setdefault(key, [nan] * len(run.epoch))
            values.append(logs.get(key, nan))
        run.epoch.append(epoch)
        run.seconds.append(time.perf_counter() - self._begin)

    def on_train_end(self, logs: dict[str, float] | None = None) -> None:
        if self._best is None:
            self.run.weights = self.model.get_weights()
        if self.keeps_state:
            self.run.state = capture(self.model)


def capture(model: Any) -> State:
    """Return all that the next epoch depends on: weights, optimizer, random numbers."""
    optimizer, parameters = model.optimizer, model.parameters
    state = {f"weights/{i}": w for i, w in enumerate(model.get_weights())}
    state |= {f"slots/{name}": slot.copy() for name, slot in parameters.slots.items()}
    state["iterations"] = np.asarray(optimizer.iterations)
    state["learning_rate"] = np.asarray(optimizer.current_learning_rate())
    state["generators"] = np.asarray(json.dumps([g.bit_generator.state for g in generators(model)]))
    return state


def check_state(state: State) -> None:
    """Refuse, of a file, what :func:`capture` did not return.

    Raises
    ------
    ValueError, KeyError
        If something is missing, or is out of its range.
    """
    checks.integer("iterations", state["iterations"].item(), 0)
    checks.number("learning_rate", state["learning_rate"].item(), 0)
    for told in json.loads(str(state["generators"])):
        generator_state(json.dumps(told))


def restore(model: Any, state: State) -> None:
    """Put a model of the same shape back where :func:`capture` found another.

    Raises
    ------
    ValueError
        If that one had other weights, or another optimizer.
    """
    optimizer, parameters = model.optimizer, model.parameters
    count = sum(name.startswith("weights/") for name in state)
    model.set_weights([state[f"weights/{i}"] for i in range(count)])
    kept = {n.removeprefix("slots/"): a for n, a in state.items() if n.startswith("slots/")}
    given, wanted = ({n: a.shape for n, a in s.items()} for s in (kept, parameters.slots))
    if given != wanted:
        raise ValueError(f"the optimizer remembers {wanted}, the trial that goes on {given}")
    for name, slot in kept.items():
        parameters.slots[name][...] = slot
    optimizer.iterations = int(state["iterations"])
    if type(optimizer._rate) is float:  # a schedule follows from the iterations
        optimizer.learning_rate = float(state["learning_rate"])
    for generator, saved in zip(
        generators(model), json.loads(str(state["generators"])), strict=True
    ):
        generator.bit_generator.state = saved


def generators(layer: Any) -> list[np.random.Generator]:
    """Return the generators that a training draws from: the scoped one, and those of layers."""
    own = [inner.generator for inner in _leaves(layer) if inner.generator is not None]
    return [config.generator(), *own]


def _leaves(layer: Any) -> list[Any]:
    inside = [leaf for inner in layer.sublayers for leaf in _leaves(inner)]
    return inside or [layer]
