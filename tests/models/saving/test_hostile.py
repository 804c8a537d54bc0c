"""Damaged, foreign and hostile files are refused by name, in little memory, and run nothing."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import Input, Model, Sequential
from course.layers import Dense, Dropout
from course.models import load_model

HERE = Path(__file__).parent
HOSTILE = runpy.run_path(str(HERE / "hostile.py"))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder of bad files, and what the refusal of each says."""
    folder = tmp_path_factory.mktemp("bad")
    files = HOSTILE["corpus"](tmp_path_factory.mktemp("good"))
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    return folder, {name: match for name, (_, match) in files.items()}


def test_every_bad_file_is_refused_by_name_in_a_gigabyte(bad: tuple[Path, dict[str, str]]) -> None:
    """One process with so much address space loads every file."""
    folder, files = bad
    run = subprocess.run(
        [sys.executable, "-W", "error", str(HERE / "hostile.py"), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert said.keys() == files.keys()
    assert len(files) > 120
    for name, match in files.items():
        assert said[name].startswith(f"ValueError '{folder / name}' cannot be loaded: ")
        assert re.search(match, said[name]), said[name]
        assert len(said[name]) < 2500


def test_weights_of_a_bad_file_change_nothing(bad: tuple[Path, dict[str, str]]) -> None:
    folder, _ = bad
    model = Sequential([Input((3,)), Dense(4, "tanh"), Dense(2)])
    before = model.get_weights()
    for name in ("cut2.keras", "cut2.h5", "huge_array.keras", "outside_link.keras", "climbs.keras"):
        with pytest.raises(ValueError, match="cannot be loaded"):
            model.load_weights(folder / name)
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_steps_that_cannot_be_change_nothing(bad: tuple[Path, dict[str, str]]) -> None:
    folder, _ = bad
    model = Sequential([Input((3,)), Dense(4, "tanh"), Dropout(0.5, seed=1), Dense(2)])
    model.compile("adam", "mse")
    before = model.get_weights()
    for name in ("steps_nan", "steps_below_0", "rate_inf", "rate_below_0", "larger_numbers"):
        with pytest.raises(ValueError, match=f"{name}.keras' cannot be loaded"):
            model.load_weights(folder / f"{name}.keras")
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert (model.optimizer.iterations, model.optimizer.learning_rate) == (0, 0.001)


def test_files_that_are_not_there_and_folders(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"There is no file .*none.keras"):
        load_model(tmp_path / "none.keras")
    with pytest.raises(ValueError, match=r"it is a folder; a model is one file"):
        load_model(tmp_path)
    (tmp_path / "saved_model.pb").touch()
    with pytest.raises(ValueError, match=r"folder \(a SavedModel of TensorFlow\)"):
        load_model(tmp_path)
    with pytest.raises(TypeError, match="filepath must be the name of a file, got 3"):
        load_model(3)
    with pytest.raises(ValueError, match=r"custom_objects must be a dict"):
        load_model(tmp_path / "none.keras", custom_objects=["x"])
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.keras")
        with pytest.raises(ValueError, match=r"no file that has an end, but a pipe"):
            load_model(tmp_path / "pipe.keras")
    model = Sequential([Input((1,)), Dense(1)])
    (tmp_path / "picture.weights.h5").write_bytes(b"\x89PNG")
    with pytest.raises(ValueError, match=r"no file of weights \(a picture\)"):
        model.load_weights(tmp_path / "picture.weights.h5")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    x = Input((2,))
    model = Model(x, Dense(1)(Dense(2, "tanh")(x)))
    model.compile("sgd", "mse")
    model.save(folder / "m.keras")
    return folder


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_at_random_give_a_model_or_a_refusal(
    data: st.DataObject, sound: Path
) -> None:
    content = bytearray((sound / "m.keras").read_bytes())
    text = content.index(b'"config"')
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1) | st.integers(text, text + 3000))
        content[place] = data.draw(st.integers(0, 255))
    (sound / "changed.keras").write_bytes(content)
    model = None
    with suppress(ValueError):  # nothing else may come out of it
        model = load_model(sound / "changed.keras")
    if model is not None:
        assert np.shape(model.predict(np.ones((2, 2)))) == (2, 1)
