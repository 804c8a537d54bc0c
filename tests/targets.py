"""What reads files: how each is loaded, and how a sound file of it is changed.

Each target writes one changed file among sound ones and loads it. What it loads must be sound, or
refused by a ValueError (at the command line by a CommandError) that names the file.
"""

from __future__ import annotations

import io
import json
import runpy
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

import course
from course import Input, Model, Sequential, config
from course.cli import main as command
from course.cli.deliver import deliver
from course.cli.symptoms import lessons_of
from course.datasets import files
from course.exercises import Prediction, Progress, Quiz, Vote
from course.layers import Add, BatchNormalization, Dense, Dropout
from course.models import load_model
from course.tuners import Hyperband, HyperParameters
from course.tuners.trial import TrialStatus
from mutations import Draw, edit_bytes, edit_json, hdf5_bytes, json_bytes, several, zip_bytes

GOLDEN = Path(__file__).parent / "golden"
SAVED_MODELS = runpy.run_path(str(GOLDEN / "saved_models.py"))
X = np.linspace(-1, 1, 24, dtype="float32").reshape(8, 3)
Y = (X.sum(axis=1) > 0).astype("float32")
Change = Callable[[bytes, Draw], bytes]
some_bytes, some_json = several(edit_bytes, 4), json_bytes(several(edit_json, 3))


class Target:
    """A kind of file.

    Parameters
    ----------
    folder : Path
        For sound files; a changed one goes elsewhere.

    Attributes
    ----------
    file : str
        Its name in a folder.
    """

    file: str
    change: Change

    def __init__(self, folder: Path) -> None:
        self.sound = folder
        folder.mkdir(parents=True)
        with config.seeded(0):
            self.make()

    def make(self) -> None:
        """Write the sound files."""
        raise NotImplementedError

    def load(self, folder: Path) -> None:
        """Load what is in a folder; say that it is wrong by an error."""
        raise NotImplementedError

    def write(self, folder: Path, draw: Draw) -> None:
        """Put the sound files into a folder, one of them changed."""
        shutil.copytree(self.sound, folder)
        content = (self.sound / self.file).read_bytes()
        (folder / self.file).write_bytes(type(self).change(content, draw))


def network() -> Model:
    """A graph with what a file can hold: a shared layer, statistics, a generator, an optimizer."""
    x = Input((3,), name="x")
    h = Dense(4, "tanh", name="h")
    inner = Sequential([Input((4,)), Dense(4, "relu"), Dropout(0.5, seed=1)], name="inner")
    y = Dense(1, "sigmoid", kernel_regularizer="l2")(
        BatchNormalization()(Add()([h(x), inner(h(x))]))
    )
    model = Model(x, y)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy", "auc"])
    model.fit(X, Y, verbose=0)
    return model


class Keras(Target):
    """A model of each layer, optimizer, loss and metric, and files that Keras wrote."""

    file = "m.keras"
    change = zip_bytes(config_json=some_json, weights_h5=some_bytes)

    def make(self) -> None:
        self.written = sorted((GOLDEN / "keras_files").glob(f"*{Path(self.file).suffix}"))
        self.written = [path for path in self.written if ".weights" not in path.name]
        self.made = [make for make, _, _ in SAVED_MODELS["cases"]().values()]

    def write(self, folder: Path, draw: Draw) -> None:
        folder.mkdir()
        number = draw(len(self.written) + len(self.made))
        if number < len(self.written):
            content = self.written[number].read_bytes()
        else:
            with config.seeded(0):
                self.made[number - len(self.written)](course).save(folder / self.file)
            content = (folder / self.file).read_bytes()
        (folder / self.file).write_bytes(type(self).change(content, draw))

    def load(self, folder: Path) -> None:
        load_model(folder / self.file).count_params()


class Older(Keras):
    file = "m.h5"
    change = hdf5_bytes(model_config=some_json, training_config=some_json)


class Weights(Target):
    file = "m.weights.h5"
    change = some_bytes

    def make(self) -> None:
        self.model = network()
        self.model.save_weights(self.sound / self.file)

    def load(self, folder: Path) -> None:
        before = self._state()
        try:
            self.model.load_weights(folder / self.file)
        except ValueError:
            assert self._state() == before, "a refused file changed something"
            raise

    def _state(self) -> list[bytes]:
        weights = [w.tobytes() for w in self.model.get_weights()]
        optimizer = self.model.optimizer
        return [*weights, f"{optimizer.iterations} {optimizer.learning_rate}".encode()]


def build(hp: HyperParameters) -> Sequential:
    """A model that is built when it sees data, of each kind of hyperparameter."""
    model = Sequential([Dense(hp.Int("units", 2, 4), hp.Choice("f", ["tanh", "relu"]))])
    if hp.Boolean("deeper"):
        model.add(Dense(hp.Int("more", 2, 8, sampling="log", step=2)))
    model.add(Dense(1))
    model.compile("adam", "mse")
    model.optimizer.learning_rate = hp.Float("rate", 1e-3, 1e-1, sampling="log")
    return model


class Searched(Target):
    """A search, one trial of which is to be run again: that which went on from another one."""

    made: ClassVar[Path | None] = None

    def make(self) -> None:
        if Searched.made is None:
            tuner = self.tuner(self.sound)
            tuner.search(X, Y, validation_data=(X, Y), verbose=0)
            promoted = tuner.oracle.get_trial("0002")
            promoted.status = TrialStatus.RUNNING
            tuner.storage.save_trial(promoted)
            Searched.made = self.sound
        else:
            shutil.copytree(Searched.made, self.sound, dirs_exist_ok=True)

    def tuner(self, folder: Path) -> Hyperband:
        place = {"directory": folder.parent, "project_name": folder.name}
        return Hyperband(build, "val_loss", max_epochs=2, factor=2, seed=0, **place)

    def load(self, folder: Path) -> None:
        tuner = self.tuner(folder)
        tuner.get_best_models(3)
        tuner.storage.load_states(0)
        with redirect_stdout(io.StringIO()):
            tuner.results_summary()


class Search(Searched):
    file = "search.json"
    change = some_json


class Trial(Searched):
    file = "trial_0000/trial.json"
    change = some_json


class Waiting(Searched):
    file = "trial_0002/trial.json"
    change = some_json


class Arrays(Searched):
    file = "trial_0000/weights.npz"
    change = zip_bytes(npy=some_bytes)


class State(Searched):
    file = "trial_0000/state_0.npz"
    change = zip_bytes(npy=some_bytes)


class Answer(Target):
    file = "01.a.json"
    change = some_json
    sound_answers: dict[str, Any] = {
        "01.a": {"answer": "four", "reason": "so", "measured": "five", "correct": False},
        "01.b": {"answer": 0.25, "reason": "as I said"},
        "01.c": {"answer": "four", "correct": True, "tries": 2},
        "01.d": {"hands": [3, 4]},
    }

    def make(self) -> None:
        for key, answer in self.sound_answers.items():
            Progress(self.sound).record(key, answer)

    def write(self, folder: Path, draw: Draw) -> None:
        shutil.copytree(self.sound, folder)
        file = folder / f"{list(self.sound_answers)[draw(4)]}.json"
        file.write_bytes(some_json(file.read_bytes(), draw))

    def load(self, folder: Path) -> None:
        kept = {"progress": Progress(folder)}
        choices = {"four": (True, "Yes."), "five": (False, "No.")}
        for task in (
            Prediction("2 + 2?", "01.a", list(choices), **kept),
            Prediction("Which rate?", "01.b", **kept),
            Quiz("2 + 2?", choices, "01.c", **kept),
            Vote("2 + 2?", list(choices), [0.5, 0.5], "01.d", **kept),
        ):
            task.outcome(task.kept)
            task.parts()


class Delivered(Target):
    """A small series of lessons, delivered to a folder."""

    file = ".course/manifest.json"
    change = some_json

    def make(self) -> None:
        files.PACKAGE = self.sound.with_name("installed")
        (files.PACKAGE / "_notebooks").mkdir(parents=True)
        (files.PACKAGE / "_data").mkdir()
        lesson = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        for name in ("00_first", "01_second"):
            (files.PACKAGE / "_notebooks" / f"{name}.ipynb").write_text(json.dumps(lesson))
        (files.PACKAGE / "_data" / "table.csv").write_text("x,y\n1,2\n")
        deliver(self.sound)
        (self.sound / "00_first.ipynb").write_text(json.dumps(lesson | {"cells": [{}]}))

    def _course(self, *arguments: object) -> None:
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            status = command([str(argument) for argument in arguments])
        assert "Traceback" not in said.getvalue()
        if status:
            raise ValueError(said.getvalue())

    def load(self, folder: Path) -> None:
        self._course("update", folder)
        self._course("progress", folder, "--all")
        lessons_of(folder)


TARGETS: dict[str, type[Target]] = {
    kind.__name__.lower(): kind
    for kind in (Keras, Older, Weights, Search, Trial, Waiting, Arrays, State, Answer, Delivered)
}
