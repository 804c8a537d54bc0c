"""Everything in the package that keeps a file up to date: how it writes, how it is read again.

What is written has a number, and reading says which number is there. Reading fails where a file
is neither the one nor the other.
"""

from __future__ import annotations

import csv
import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import nbformat
import numpy as np

from course import Input, Sequential
from course.callbacks import CSVLogger, ModelCheckpoint
from course.cli.deliver import deliver
from course.cli.manifest import Manifest
from course.datasets import files
from course.exercises import Progress
from course.layers import Dense
from course.models import load_model
from course.series import execute
from course.tuners import HyperParameters, Trial
from course.tuners.storage import Storage

execute_module = importlib.import_module("course.series.execute")  # the name is the function's


class Writer(NamedTuple):
    """One of them.

    Attributes
    ----------
    ready : callable
        ``ready(folder, number)`` returns the function that writes, and nothing else.
    read : callable
        ``read(folder)`` returns the number of what is there.
    name : str
        Of a file that may be what cannot be written.
    modules : tuple of str
        Those that do the writing.
    """

    ready: Callable[[Path, int], Callable[[], Any]]
    read: Callable[[Path], int]
    name: str
    modules: tuple[str, ...]


# -- models ------------------------------------------------------------------------------------


def network(number: int) -> Sequential:
    """Return a model whose weights are all `number`."""
    model = Sequential([Input((20,)), Dense(40), Dense(5)])
    model.compile("sgd", "mse")
    model.optimizer.learning_rate = 0.0
    model.set_weights([np.full(w.shape, number) for w in model.get_weights()])
    return model


def number_in(model: Any) -> int:
    """Return what all weights of a model are."""
    (number,) = {float(value) for w in model.get_weights() for value in w.flat}
    return int(number)


def saves(name: str) -> Writer:
    """Save a whole model."""

    def ready(folder: Path, number: int) -> Callable[[], Any]:
        model = network(number)
        return lambda: model.save(folder / name)

    return Writer(ready, lambda folder: number_in(load_model(folder / name)), name, ("atomic.py",))


def ready_weights(folder: Path, number: int) -> Callable[[], Any]:
    model = network(number)
    return lambda: model.save_weights(folder / "m.weights.h5")


def read_weights(folder: Path) -> int:
    model = network(-1)
    model.load_weights(folder / "m.weights.h5")
    return number_in(model)


def fitting(number: int, callback: Any) -> Callable[[], Any]:
    model = network(number)
    return lambda: model.fit(np.ones((4, 20)), np.ones((4, 5)), verbose=0, callbacks=[callback])


def ready_checkpoint(folder: Path, number: int) -> Callable[[], Any]:
    return fitting(number, ModelCheckpoint(folder / "best.keras", "loss", save_best_only=True))


def ready_log(folder: Path, number: int) -> Callable[[], Any]:
    return fitting(number, CSVLogger(folder / "log.csv", append=True))


def read_log(folder: Path) -> int:
    header, *rows = csv.reader((folder / "log.csv").read_text().splitlines())
    assert header == ["epoch", "loss"]
    assert all(len(row) == 2 and float(row[1]) > 1 for row in rows)
    return len(rows)


# -- lessons and answers -----------------------------------------------------------------------


def notebook(number: int) -> dict[str, Any]:
    code = {"cell_type": "code", "id": "a", "metadata": {}, "source": str(number)}
    cells = [code | {"execution_count": None, "outputs": []}]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def ready_notebook(folder: Path, number: int) -> Callable[[], Any]:
    path = folder / "lesson.ipynb"
    if not path.exists():
        path.write_text(json.dumps(notebook(0)))

    def run(executed: Any, _: Path) -> None:
        output = nbformat.v4.new_output("stream", text=f"{number}\n" * 5000)
        executed.cells[0].outputs = [output]

    def write() -> None:
        with mock.patch.object(execute_module, "run", run):
            execute(path)

    return write


def read_notebook(folder: Path) -> int:
    (cell,) = json.loads((folder / "lesson.ipynb").read_bytes())["cells"]
    (number,) = {line.strip() for output in cell["outputs"] for line in output["text"]}
    return int(number)


def ready_update(folder: Path, number: int) -> Callable[[], Any]:
    installed = folder / "installed"
    for part in ("_notebooks", "_data"):
        (installed / part).mkdir(parents=True, exist_ok=True)
    for name in ("00_first", "01_second"):
        path = installed / "_notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps(notebook(number), indent=1))

    def write() -> None:
        with mock.patch.object(files, "PACKAGE", installed):
            deliver(folder / "mine")

    return write


def read_update(folder: Path) -> int:
    mine = folder / "mine"
    Manifest(mine)  # can be read
    lessons = [json.loads(path.read_bytes()) for path in sorted(mine.glob("*.ipynb"))]
    numbers = [int(lesson["cells"][0]["source"]) for lesson in lessons]
    assert len(numbers) == 2
    return min(numbers)  # one may be newer already; the next update ends it


def ready_answer(folder: Path, number: int) -> Callable[[], Any]:
    return lambda: Progress(folder).record("11.depth", [number] * 500)


def read_answer(folder: Path) -> int:
    (number,) = set(Progress(folder).recall("11.depth"))
    return number


# -- searches ----------------------------------------------------------------------------------


def ready_trial(folder: Path, number: int) -> Callable[[], Any]:
    """Trial 0 begins as number 1; as 2 it has ended, with its weights."""
    trial = Trial(HyperParameters(), 0)
    if number == 2:
        trial.status, trial.score, trial.weights = "COMPLETED", 0.5, [np.full(500, number)]
    return lambda: Storage(folder).save_trial(trial)


def read_trial(folder: Path) -> int:
    (trial,) = Storage(folder).load_trials(HyperParameters())
    if not trial.is_completed:
        return 1
    (weights,) = Storage(folder).load_weights(trial)
    assert (weights == 2).all()
    return 2


def ready_search(folder: Path, number: int) -> Callable[[], Any]:
    record = {"seed": number, "space": [], "built": ["units"] * 500}
    return lambda: Storage(folder).save_search(record)


WRITERS: dict[str, Writer] = {
    "model.save": saves("m.keras"),
    "model.save, older": saves("m.h5"),
    "model.save_weights": Writer(
        ready_weights, read_weights, "m.weights.h5", ("atomic.py", "saving/writing.py")
    ),
    "ModelCheckpoint": Writer(
        ready_checkpoint,
        lambda folder: number_in(load_model(folder / "best.keras")),
        "best.keras",
        ("atomic.py", "model_checkpoint.py", "callbacks/folder.py"),
    ),
    "CSVLogger": Writer(
        ready_log, read_log, "log.csv", ("atomic.py", "csv_logger.py", "callbacks/folder.py")
    ),
    "course.series execute": Writer(
        ready_notebook, read_notebook, "lesson.ipynb", ("atomic.py", "series/execute.py")
    ),
    "course update": Writer(
        ready_update, read_update, "ipynb", ("atomic.py", "deliver.py", "manifest.py")
    ),
    "Progress": Writer(
        ready_answer, read_answer, "11.depth.json", ("atomic.py", "exercises/progress.py")
    ),
    "a trial": Writer(ready_trial, read_trial, "trial_0000", ("atomic.py", "storage.py")),
    "a search": Writer(
        ready_search,
        lambda folder: Storage(folder).load_search()["seed"],
        "search.json",
        ("atomic.py", "storage.py"),
    ),
}
