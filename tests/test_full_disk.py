"""A disk that is full, or that nothing can be written on: the file is named, the old one whole."""

from __future__ import annotations

import ast
import builtins
import errno
import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from course import atomic
from course.callbacks import ModelCheckpoint
from course.cli.errors import CommandError
from course.models import load_model
from searches import Parabola, record
from writers import WRITERS, fitting, number_in

COURSE = Path(__file__).resolve().parents[1] / "course"
MAY_WRITE = re.compile(r"\b(open|write_text|write_bytes|mkstemp|touch|to_csv)\(")


@pytest.fixture(autouse=True)
def _unhurried_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@contextmanager
def full(size: int) -> Iterator[None]:
    """Within the block, let no file grow beyond so many bytes.

    The system writes what there is room for and refuses the rest, as it does on a full disk; it
    calls that "File too large".
    """
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Within the block, let nothing below `folder` be opened for writing or made."""

    def refusing(function: Callable[..., Any], writes: Callable[..., bool]) -> Any:
        def guarded(path: Any, *arguments: Any, **more: Any) -> Any:
            below = isinstance(path, str | os.PathLike) and str(path).startswith(str(folder))
            if below and writes(*arguments, **more):
                raise OSError(errno.EROFS, "Read-only file system", str(path))
            return function(path, *arguments, **more)

        return guarded

    def in_mode(mode: str = "r", *_: Any, **__: Any) -> bool:
        return bool(set(mode) & set("wax+"))

    def by_flags(flags: int = os.O_RDWR, *_: Any, **__: Any) -> bool:
        return bool(flags & (os.O_WRONLY | os.O_RDWR))

    with pytest.MonkeyPatch.context() as patch:
        for module in (builtins, io):
            patch.setattr(module, "open", refusing(open, in_mode))
        patch.setattr(os, "open", refusing(os.open, by_flags))
        patch.setattr(os, "mkdir", refusing(os.mkdir, lambda *_, **__: True))
        yield


@contextmanager
def noted(said: list[str]) -> Iterator[None]:
    """Within the block, write down what an error of the system says instead of raising it."""
    try:
        yield
    except OSError as error:
        said.append(str(error))


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.forks
@pytest.mark.parametrize("room", [0, 25])
@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_said_with_the_name_of_the_file(
    name: str, room: int, tmp_path: Path
) -> None:
    ready, read, file, _ = WRITERS[name]
    ready(tmp_path, 1)()
    write = ready(tmp_path, 2)
    before = everything(tmp_path)
    with full(room), pytest.raises((OSError, CommandError), match="File too large") as refused:
        write()
    assert file in str(refused.value) or name == "course update"
    assert str(tmp_path) in str(refused.value)
    assert everything(tmp_path) == before
    assert read(tmp_path) == 1
    write()
    assert read(tmp_path) == 2


@pytest.mark.parametrize("name", WRITERS)
def test_a_read_only_folder_is_said_with_the_name_of_the_file(name: str, tmp_path: Path) -> None:
    ready, read, file, _ = WRITERS[name]
    ready(tmp_path, 1)()
    write = ready(tmp_path, 2)
    before = everything(tmp_path)
    with (
        read_only(tmp_path),
        pytest.raises((OSError, CommandError), match="Read-only file system") as refused,
    ):
        write()
    assert file in str(refused.value) or name == "course update"
    assert str(tmp_path) in str(refused.value)
    assert everything(tmp_path) == before
    assert read(tmp_path) == 1


@pytest.mark.forks
def test_a_row_for_which_there_is_room_in_part_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    atomic.write(path, "epoch,loss\n0,1.5\n")
    with full(path.stat().st_size + 3), pytest.raises(OSError, match=r"written: File.*log\.csv"):
        atomic.append(path, "1,0.25\n")
    assert path.read_text() == "epoch,loss\n0,1.5\n"
    atomic.append(path, "1,0.25\n")
    assert path.read_text() == "epoch,loss\n0,1.5\n1,0.25\n"


@pytest.mark.forks
def test_what_could_not_be_saved_is_not_the_best(tmp_path: Path) -> None:
    checkpoint = ModelCheckpoint(tmp_path / "best.keras", "loss", save_best_only=True)
    fit = fitting(2, checkpoint)
    with full(60), pytest.raises(OSError, match=r"best\.keras"):
        fit()
    assert checkpoint.best is None
    fit()
    assert number_in(load_model(tmp_path / "best.keras")) == 2


@pytest.mark.forks
def test_a_search_on_a_full_disk_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    whole = Parabola(max_trials=4, seed=0, directory=tmp_path / "whole")
    whole.search(verbose=0)
    tuner = Parabola(max_trials=4, seed=0, directory=tmp_path / "search")
    said: list[str] = []
    for room in range(0, 2000, 40):
        with full(room), noted(said):
            tuner.search(verbose=0)
    assert len(said) > 5
    assert all("cannot be written: File too large" in words for words in said)
    assert record(tuner) == record(whole)


def written_by(path: Path) -> Iterator[str]:
    """What in a module opens a file for writing, but through `course.atomic`."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)) if MAY_WRITE.search(text) else ():
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            modes = [a.value for a in node.args if isinstance(a, ast.Constant)]
            modes += [k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)]
            opens = name == "open" and any(
                isinstance(mode, str) and set(mode) & set("wax+") and set(mode) <= set("rwaxbt+")
                for mode in modes
            )
            if opens or name in ("write_text", "write_bytes", "mkstemp", "touch", "to_csv"):
                yield f"{path.relative_to(COURSE).as_posix()}:{node.lineno} {name}"


def test_only_one_module_writes_files() -> None:
    found = [line for path in COURSE.rglob("*.py") for line in written_by(path)]
    elsewhere = [line for line in found if not line.startswith("atomic.py")]
    assert len(elsewhere) == 1
    assert elsewhere[0].startswith("tuners/storage.py")  # the lock, in which there is nothing
