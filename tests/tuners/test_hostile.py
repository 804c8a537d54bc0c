"""Searches on disk that are damaged, or made to harm: refused by the name of the file, unharmed."""

from __future__ import annotations

import io
import json
import os
import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Sequential
from course.layers import Dense
from course.tuners import Hyperband, HyperParameters, RandomSearch, Trial, arrays
from course.tuners.trial import TrialStatus
from searches import X, Y

Edit = Callable[[Any], Any]
PROMOTED = "0002"


def build(hp: HyperParameters) -> Sequential:
    """A model that is built when it sees data."""
    hp.Float("rate", 0, 1)
    hp.Boolean("flag")
    model = Sequential([Dense(hp.Int("units", 2, 4)), Dense(1)])
    model.compile("adam", "mse")
    return model


def searching(folder: Path) -> Hyperband:
    """Begin or go on with the search in a folder."""
    return Hyperband(build, "val_loss", max_epochs=2, factor=2, seed=0, directory=folder)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a search; the trial that went on from another one is to be run again."""
    folder = tmp_path_factory.mktemp("sound")
    tuner = searching(folder)
    tuner.search(X, Y, validation_data=(X, Y), verbose=0)
    trial = tuner.oracle.get_trial(PROMOTED)
    assert "tuner/trial_id" in trial.values
    trial.status = TrialStatus.RUNNING
    tuner.storage.save_trial(trial)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(sound, tmp_path / "copy")
    return tmp_path / "copy"


def place(folder: Path, name: str) -> Path:
    return folder / "untitled_project" / name


def edited(path: Path, edit: Edit) -> None:
    record = json.loads(path.read_text())
    record = edit(record) or record
    path.write_text(json.dumps(record))


def setting(**fields: Any) -> Edit:
    return lambda record: record.update(fields)


def in_values(**values: Any) -> Edit:
    named = {name.replace("__", "/"): value for name, value in values.items()}
    return lambda record: record["values"].update(named)


def in_run(**fields: Any) -> Edit:
    return lambda record: record["runs"][0].update(fields)


def parameter(kind: str, **arguments: Any) -> Edit:
    entry = {"class_name": kind, "config": {"name": "x", **arguments}}
    return lambda record: record["space"].append(entry)


TINY = {"min_value": 1e-300, "max_value": 1e300, "sampling": "log", "default": 1.0}
SPACES = {
    "no_seed": (setting(seed=None), "'seed' cannot be None"),
    "seed": (setting(seed="x"), "'seed' cannot be 'x'"),
    "built": (setting(built=[[]]), r"'built' cannot be \[\[\]\]"),
    "no_space": (lambda record: record.pop("space") and record, "'space' is missing"),
    "large": (lambda record: record.update(space=record["space"] * 1000), "'space' cannot be"),
    "kind": (parameter("Popen"), "Unknown hyperparameter 'Popen'"),
    "argument": (parameter("Boolean", shell=True), "unexpected keyword argument 'shell'"),
    "conditions": (parameter("Boolean", conditions=[[]]), "IndexError"),
    "tiny_step": (parameter("Float", step=1.0000000001, **TINY), "makes more than 100,000 values"),
    "no_step": (parameter("Float", min_value=0, max_value=1, step=5e-324), "makes more than 9,007"),
    "endless": (parameter("Int", min_value=0, max_value=10**400), r"at most 2\*\*53"),
    "list": (lambda record: [record], "a dict is expected"),
}


@pytest.mark.parametrize("case", SPACES)
def test_what_is_said_of_a_search(case: str, folder: Path) -> None:
    edit, match = SPACES[case]
    edited(place(folder, "search.json"), edit)
    with pytest.raises(ValueError, match=rf"search.json' is not as a search wrote it .*{match}"):
        searching(folder)


def test_what_a_file_says_is_quoted_in_a_line(folder: Path) -> None:
    edited(place(folder, "search.json"), setting(objective=["val_loss"] * 10_000))
    with pytest.raises(ValueError, match=r"has objective=.*, this one 'val_loss'") as caught:
        searching(folder)
    assert len(str(caught.value)) < 1000


TRIALS = {
    "number": (setting(number=7), "'number' is 7"),
    "number_climbs": (setting(number="/../../x"), "'number' cannot be"),
    "negative": (setting(number=-1), "'number' cannot be -1"),
    "status": (setting(status="DONE"), "'status' cannot be 'DONE'"),
    "score": (setting(score="0.1"), "'score' cannot be '0.1'"),
    "score_nan": (setting(score=float("nan")), "'score' cannot be nan"),
    "score_huge": (setting(score=10**400), "'score' cannot be 1000"),
    "no_score": (setting(score=None), "a completed trial has a score"),
    "metrics": (setting(metrics={"loss": "x"}), "'metrics' cannot be"),
    "seed": (setting(seed=-3), "'seed' cannot be -3"),
    "message": (setting(message=["x"]), "'message' cannot be"),
    "runs": (setting(runs={"0": 1}), "'runs' cannot be"),
    "run": (setting(runs=[3]), "a dict is expected, not 3"),
    "values": (setting(values=[["units", 2]]), "'values' cannot be"),
    "units": (in_values(units=10**9), "'units' cannot be 1000000000"),
    "units_text": (in_values(units="os.system"), "'units' cannot be 'os.system'"),
    "flag": (in_values(flag=1), "'flag' cannot be 1"),
    "rate": (in_values(rate=float("inf")), "'rate' cannot be inf"),
    "more": (in_values(other={"a": 1}), "'other' cannot be"),
    "mark": (in_values(tuner__trial_id="../../0001"), "'tuner/trial_id' cannot be"),
    "history": (in_run(history={"loss": [1.0, 2.0, 3.0]}), "differ in length"),
    "texts": (in_run(history={"loss": ["x"]}), "'history' cannot be"),
    "shape": (in_run(input_shape=[None, 0]), "'input_shape' cannot be"),
    "no_metrics": (lambda record: record.pop("metrics") and record, "'metrics' is missing"),
}


@pytest.mark.parametrize("case", TRIALS)
def test_what_is_said_of_a_trial(case: str, folder: Path) -> None:
    edit, match = TRIALS[case]
    edited(place(folder, "trial_0000/trial.json"), edit)
    with pytest.raises(ValueError, match=rf"trial_0000/trial.json' is not as .*{match}.*Remove "):
        searching(folder)


TEXTS = [b"", b"[" * 200_000, b"\xff", b"9" * 10_000, b'{"a": 1']


@pytest.mark.parametrize("content", TEXTS, ids=lambda content: repr(content[:4]))
@pytest.mark.parametrize("name", ["search.json", "trial_0000/trial.json"])
def test_what_is_no_json(content: bytes, name: str, folder: Path) -> None:
    place(folder, name).write_bytes(content)
    with pytest.raises(ValueError, match=rf"{name}' is not as a search wrote it"):
        searching(folder)


def test_a_trial_is_not_run_for_longer_than_the_search_says(folder: Path) -> None:
    edited(place(folder, f"trial_{PROMOTED}/trial.json"), in_values(tuner__epochs=10**9))
    with pytest.raises(ValueError, match=r"was to run with .*1000000000.*in this search it has"):
        searching(folder)


# -- arrays ------------------------------------------------------------------------------------


def npy(descr: str, shape: str, data: bytes = b"", order: str = "False") -> bytes:
    """Return an `.npy` file that says what it is told."""
    words = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + len(words).to_bytes(2, "little") + words + data


def npz(method: int = zipfile.ZIP_STORED, **members: bytes) -> bytes:
    """Return a zip of `.npy` files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in members.items():
            archive.writestr(f"{name}.npy", part)
    return content.getvalue()


def lying() -> bytes:
    """Return a zip whose directory says that what is in it is a gigabyte."""
    content = bytearray(npz(a=npy("<f4", "(1,)", bytes(4))))
    at = content.rindex(b"a.npy") - 46
    content[at + 20 : at + 28] = (2**30).to_bytes(4, "little") * 2
    return bytes(content)


def pickled() -> bytes:
    array = np.array([print], object)
    content = io.BytesIO()
    np.savez(content, a=array)
    return content.getvalue()


ARRAYS = {
    "empty": (b"", "no whole zip file"),
    "pickle": (pickle.dumps(print), "no whole zip file"),
    "objects": (pickled(), "no array of numbers or texts"),
    "huge": (npz(a=npy("<f4", "(1000000000000,)")), r"shape \(1000000000000,\) has 0 bytes"),
    "long": (npz(a=npy("<f4", "(1,)", bytes(5))), "has 5 bytes"),
    "nothing_of_it": (npz(a=npy("<U0", "(1000000000000,)")), "itemsize cannot be zero"),
    "bomb": (npz(zipfile.ZIP_DEFLATED, a=npy("<f4", "(900000,)", bytes(3_600_000))), "compressed"),
    "lies": (lying(), "declares more than it holds"),
    "shorter": (pickled()[:90] + pickled()[93:], "negative seek value"),
    "code": (npz(a=npy("<f4", "__import__('os').getpid()")), "no array of numbers"),
    "record": (npz(a=npy("V8", "(1,)", bytes(8))), "no array of numbers"),
    "dtype": (npz(a=npy("<f3", "(1,)", bytes(3))), "TypeError"),
    "text": (npz(a=b"hello"), "no array of numbers or texts"),
    "others": (npz(a=npy("<f4", "(2, 2)", bytes(16))), "the model has weights of shapes"),
    "words": (npz(**{f"{i}": npy("<U1", s, bytes(4 * n)) for i, (s, n) in enumerate(
        [("(3, 2)", 6), ("(2,)", 2), ("(2, 1)", 2), ("(1,)", 1)])}), "ValueError"),
}  # fmt: skip


@pytest.mark.parametrize("case", ARRAYS)
def test_arrays_that_are_none(case: str, folder: Path) -> None:
    content, match = ARRAYS[case]
    for name in place(folder, "").glob("trial_*/weights.npz"):
        name.write_bytes(content)
    tuner = searching(folder)
    with pytest.raises(ValueError, match=rf"weights.npz' is not as a search wrote it .*{match}"):
        tuner.get_best_models()


def test_the_shape_of_the_input_in_a_file_takes_no_memory(folder: Path) -> None:
    for path in place(folder, "").glob("trial_*/trial.json"):
        edited(path, in_run(input_shape=[None, 10**12]))
    with pytest.raises(ValueError, match=r"weights.npz' is not as .*\(1000000000000, "):
        searching(folder).get_best_models()


STATES = {
    "damaged": (lambda state: b"PK", "no whole zip file"),
    "steps": (lambda state: state | {"iterations": np.array(-1)}, "iterations must be at least 0"),
    "rate": (lambda state: state | {"learning_rate": np.array(np.nan)}, "learning_rate must be"),
    "missing": (lambda state: {"iterations": np.array(1)}, "KeyError: 'learning_rate'"),
    "generator": (lambda state: state | {"generators": np.array('[{"a": 1}]')}, "is damaged"),
}


@pytest.mark.parametrize("case", STATES)
def test_where_a_training_would_go_on(case: str, folder: Path) -> None:
    edit, match = STATES[case]
    path = place(folder, "trial_0000/state_0.npz")
    content = edit(arrays.load(path))
    path.write_bytes(content if isinstance(content, bytes) else arrays.packed(content))
    with pytest.raises(ValueError, match=rf"state_0.npz' is not as a search wrote it .*{match}"):
        searching(folder).storage.load_states(0)


def test_a_state_of_another_optimizer_lets_the_trial_fail(folder: Path) -> None:
    for path in place(folder, "").glob("trial_*/state_0.npz"):
        state = arrays.load(path)
        path.write_bytes(arrays.packed({n: a for n, a in state.items() if n != "slots/velocity"}))
    tuner = searching(folder)
    tuner.search(X, Y, validation_data=(X, Y), verbose=0)
    trial = tuner.oracle.get_trial(PROMOTED)
    assert "the optimizer remembers" in trial.last_line


# -- links -------------------------------------------------------------------------------------


class Parabola(RandomSearch):
    def run_trial(self, trial: Trial) -> float:
        return trial.hyperparameters.Float("x", -2, 2) ** 2


def parabola(folder: Path, **options: Any) -> Parabola:
    return Parabola(max_trials=1, seed=0, directory=folder, **options)


@pytest.mark.parametrize("name", ["search.json", "trial_0000", "trial_0000/trial.json", "lock"])
def test_nothing_is_written_through_a_link(name: str, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside" / "untitled_project"
    outside.mkdir()
    (inside / name).parent.mkdir(parents=True)
    target = outside if name == "trial_0000" else outside / "precious"
    (inside / name).symlink_to(target)
    with pytest.raises(OSError, match="link"):
        parabola(tmp_path / "inside").search(verbose=0)
    assert list(outside.iterdir()) == []


def test_overwriting_removes_only_what_a_search_wrote(tmp_path: Path) -> None:
    parabola(tmp_path).search(verbose=0)
    project, mine = tmp_path / "untitled_project", tmp_path / "mine"
    mine.mkdir()
    (mine / "precious").touch()
    (project / "trial_0001").symlink_to(mine)
    (project / "trial_plots").mkdir()
    (project / "trial_notes.txt").touch()
    parabola(tmp_path, overwrite=True)
    left = sorted(path.name for path in project.iterdir())
    assert left == ["lock", "trial_0001", "trial_notes.txt", "trial_plots"]
    assert (mine / "precious").exists()


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    for name in ("trial_0000/trial.json", "trial_0001/weights.npz"):
        place(folder, name).unlink()
        os.mkfifo(place(folder, name))
    with pytest.raises(ValueError, match=r"trial.json' is not as .*it is no file"):
        searching(folder)
    shutil.rmtree(place(folder, "trial_0000"))
    tuner = searching(folder)
    with pytest.raises(ValueError, match=r"weights.npz' is not as .*it is no file"):
        tuner.load_model(tuner.oracle.get_trial("0001"))
