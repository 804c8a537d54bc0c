"""A file is written whole or not at all: after errors, and after the process was killed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course import atomic
from course.models import load_model


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write(path, "one")
    path.chmod(0o640)
    atomic.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_the_old_file_and_no_debris(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write(path, "old")

    def interrupted() -> None:
        with atomic.writing(path) as file:
            file.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.txt"
    atomic.write(path, "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"cannot be written: No space left on device.*a.txt"):
        atomic.write(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_that_are_missing_or_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*none.*make it first"):
        atomic.write(tmp_path / "none" / "a.txt", "x")
    with pytest.raises(IsADirectoryError, match="Is a directory"):
        atomic.write(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


def test_a_link_keeps_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    atomic.write(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


SAVING_FOREVER = """
import sys, numpy as np
from course import Input, Sequential
from course.layers import Dense
model = Sequential([Input((50,)), Dense(400), Dense(50)])
for number in range(10**9):
    model.set_weights([np.full(w.shape, number) for w in model.get_weights()])
    model.save(sys.argv[1])
    print(number, flush=True)
"""


@pytest.mark.parametrize("form", ["m.keras", "m.h5"])
def test_a_process_killed_while_saving_leaves_a_whole_model(form: str, tmp_path: Path) -> None:
    path = tmp_path / form
    for delay in (0.004, 0.017):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVING_FOREVER, str(path)], stdout=subprocess.PIPE, text=True
        )
        done = int(process.stdout.readline())  # one file is there; the next is being written
        time.sleep(delay)
        process.kill()
        rest = process.communicate()[0].split()
        last = int(rest[-1]) if rest else done
        values = {float(v) for w in load_model(path).get_weights() for v in (w.min(), w.max())}
        assert len(values) == 1
        assert last <= values.pop() <= last + 1


def test_a_link_that_leads_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside.txt"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    (folder / "inner.txt").symlink_to(folder / "a.txt")
    (tmp_path / "other").symlink_to(folder)
    with pytest.raises(PermissionError, match=r"a link leads to .*outside.*link.txt'"):
        atomic.write(folder / "link.txt", "x", within=folder)
    assert not outside.exists()
    atomic.write(tmp_path / "other" / "inner.txt", "x", within=tmp_path / "other")
    assert (folder / "a.txt").read_text() == "x"
