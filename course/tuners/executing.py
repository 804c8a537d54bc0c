"""Where trials run: here, one after another, or in the workers of an executor."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from typing import Any, NamedTuple
from uuid import uuid4

from course.tuners.errors import FatalError
from course.tuners.hyperparameters import HyperParameters
from course.tuners.scoring import Result
from course.tuners.trial import Run, Trial

# A trial whose worker died so often is taken to be the reason.
LOSSES = 3


class Outcome(NamedTuple):
    """What became of running a trial once."""

    hyperparameters: HyperParameters
    runs: list[Run]
    result: Result | None = None
    seconds: float = 0.0
    error: str | None = None
    is_fatal: bool = False


class Task(NamedTuple):
    """What all trials of a search share: the tuner and the arguments of `search`."""

    tuner: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    def run(self, trial: Trial) -> Outcome:
        """Run one trial."""
        return self.tuner.execute(trial, *self.args, **self.kwargs)


class Serial:
    """Runs one trial at a time in this process."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.waiting: list[Trial] = []

    @property
    def running(self) -> int:
        return len(self.waiting)

    @property
    def is_full(self) -> bool:
        return bool(self.waiting)

    def submit(self, trial: Trial) -> None:
        """Take a trial."""
        self.waiting.append(trial)

    def finished(self) -> list[tuple[Trial, Outcome]]:
        """Run it."""
        trial = self.waiting[0]
        try:
            return [(trial, self.task.run(trial))]
        finally:
            self.waiting.clear()

    def close(self, wait_for_running: bool) -> list[tuple[Trial, Outcome]]:
        """Nothing is left running."""
        return []


class Parallel:
    """Runs trials in the workers of an executor.

    The task, with the data in it, goes only to workers that have not got it: a trial is sent
    without it, and again with it where the worker says so. A worker that dies loses no trial;
    those it had are run again.

    Parameters
    ----------
    task : Task
        Pickled when a worker first asks for it, with cloudpickle where that is installed, so
        that functions defined in a notebook travel.
    executor : concurrent.futures.Executor
        Whose workers run the trials. A process pool that breaks is replaced by a new one.
    """

    def __init__(self, task: Task, executor: Executor) -> None:
        self.executor = executor
        self.capacity = capacity(executor)
        self._task, self._token = task, uuid4().hex
        self._packed: bytes | None = None
        self._futures: dict[Future, Trial] = {}
        self._losses: Counter[int] = Counter()
        self._suspects: list[Trial] = []
        self._own: list[Executor] = []
        # threads of this process, and processes forked from it, have the task already
        _tasks[self._token] = task

    @property
    def running(self) -> int:
        return len(self._futures) + len(self._suspects)

    @property
    def is_full(self) -> bool:
        in_flight = {trial.number for trial in self._futures.values()}
        has_suspect = self._suspects or in_flight & self._losses.keys()
        return self.running >= (1 if has_suspect else self.capacity)

    def submit(self, trial: Trial) -> None:
        """Send a trial to a worker."""
        self._send(trial, None)

    def _send(self, trial: Trial, packed: bytes | None) -> None:
        try:
            future = self.executor.submit(work, self._token, packed, trial)
        except BrokenExecutor as error:
            self._renew(error)
            future = self.executor.submit(work, self._token, packed, trial)
        self._futures[future] = trial

    def finished(self) -> list[tuple[Trial, Outcome]]:
        """Wait until a trial is done, and return it, unless it must be run again."""
        if not self._futures:
            # several were lost together; alone, each shows whether it is to blame
            self._send(self._suspects.pop(0), None)
        done, _ = wait(self._futures, return_when=FIRST_COMPLETED)
        future = min(done, key=lambda future: self._futures[future].number)
        trial = self._futures.pop(future)
        outcome = self._outcome(future, trial)
        return [] if outcome is None else [(trial, outcome)]

    def _outcome(self, future: Future, trial: Trial) -> Outcome | None:
        """Return what the worker returned; None where the trial is to be run again."""
        try:
            outcome = future.result()
        except Exception as error:  # a trial's own errors are in its outcome
            return self._lost(trial, error)
        if outcome is None:
            self._send(trial, self._pack())
        return outcome

    def _lost(self, trial: Trial, error: Exception) -> Outcome | None:
        self._losses[trial.number] += 1
        if self._losses[trial.number] >= LOSSES:
            said = f"Its worker died {LOSSES} times: {type(error).__name__}: {error}"
            return Outcome(trial.hyperparameters, [], error=said)
        self._suspects.append(trial)
        return None

    def _renew(self, error: BrokenExecutor) -> None:
        """Put a new process pool in the place of a broken one."""
        if not isinstance(self.executor, ProcessPoolExecutor):
            raise RuntimeError(
                "The executor broke. Search again with a new one: what finished is kept."
            ) from error
        old = self.executor
        self.executor = ProcessPoolExecutor(
            old._max_workers, old._mp_context, old._initializer, old._initargs
        )
        self._own.append(self.executor)

    def _pack(self) -> bytes:
        if self._packed is None:
            try:
                self._packed = _pickler().dumps(self._task)
            except Exception as error:
                raise FatalError(
                    "The model-building function, the data or a callback cannot be sent to "
                    f"other processes: {error}. For functions of a notebook install cloudpickle."
                ) from error
        return self._packed

    def close(self, wait_for_running: bool) -> list[tuple[Trial, Outcome]]:
        """Start nothing more; return what is done, or what will be."""
        for future in list(self._futures):
            if future.cancel():
                del self._futures[future]
        if wait_for_running:
            wait(self._futures)
        done = {future for future in self._futures if future.done() and _succeeded(future)}
        ended = [(self._futures[f], f.result()) for f in done if f.result() is not None]
        self._futures.clear()
        _tasks.pop(self._token, None)
        for pool in self._own:
            pool.shutdown(wait=wait_for_running, cancel_futures=True)
        return sorted(ended, key=lambda pair: pair[0].number)


_tasks: dict[str, Task] = {}


def work(token: str, packed: bytes | None, trial: Trial) -> Outcome | None:
    """Run a trial in a worker; None where the worker needs the task first."""
    if packed is not None:
        _tasks.clear()  # a worker keeps the data of one search
        _tasks[token] = pickle.loads(packed)
    task = _tasks.get(token)
    return None if task is None else task.run(trial)


def capacity(executor: Executor) -> int:
    """Return how many trials an executor runs at a time."""
    if hasattr(executor, "_max_workers"):
        return executor._max_workers
    client = getattr(executor, "_client", None)  # that of dask.distributed
    if client is not None:
        return max(1, sum(client.nthreads().values()))
    return os.cpu_count() or 1


def _pickler() -> Any:
    try:
        import cloudpickle
    except ModuleNotFoundError:
        return pickle
    return cloudpickle


def _succeeded(future: Future) -> bool:
    return not future.cancelled() and future.exception() is None
