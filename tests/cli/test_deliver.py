"""Lessons come into a folder, and nothing that anybody wrote is ever lost."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from course.cli import deliver as module
from course.cli.deliver import deliver, told
from course.cli.errors import CommandError
from course.cli.manifest import Manifest

FIRST, SECOND = "00_first.ipynb", "11_second.ipynb"
EVERYTHING = [FIRST, SECOND, "pictures/first.png", "data/table.csv"]


def kinds(changes):
    return {change.name: change.kind for change in changes if change.kind != "same"}


def test_everything_is_new_at_first_and_the_same_afterwards(series, folder):
    assert kinds(deliver(folder)) == dict.fromkeys(EVERYTHING, "new")
    for name in EVERYTHING:
        assert (folder / name).read_bytes() == module.series()[name].read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == [
        ".course", FIRST, SECOND, "data", "pictures",
    ]  # fmt: skip
    before = (folder / ".course" / "manifest.json").read_bytes()
    assert kinds(deliver(folder)) == {}
    assert (folder / ".course" / "manifest.json").read_bytes() == before


def test_an_untouched_file_is_replaced_by_a_newer_one(series, folder):
    deliver(folder)
    new = series.publish("00_first", title="# First", code="1 + 2", more="3")
    (series.data / "table.csv").write_text("x,y\n1,3\n", encoding="utf-8")
    changes = deliver(folder)
    assert kinds(changes) == {FIRST: "updated", "data/table.csv": "updated"}
    assert (folder / FIRST).read_bytes() == new
    assert changes[0].cells == ["code", "more"]
    assert list(told(changes)) == [
        f"  updated   {FIRST}: cells that differ: code, more",
        "  updated   data/table.csv",
        "  as they were: 2",
    ]


def test_a_lesson_that_was_only_run_counts_as_untouched(series, folder, edit):
    deliver(folder)
    run = edit(folder / FIRST, output="2")
    assert kinds(deliver(folder)) == {}
    assert (folder / FIRST).read_bytes() == run, "what a run printed stays while nothing is newer"
    new = series.publish("00_first", title="# First, again", code="1 + 1")
    assert kinds(deliver(folder)) == {FIRST: "updated"}
    assert (folder / FIRST).read_bytes() == new


def test_an_edited_lesson_stays_and_the_newer_one_lies_beside_it(series, folder, edit):
    deliver(folder)
    mine = edit(folder / FIRST, source="my answer")
    assert kinds(deliver(folder)) == {FIRST: "edited"}
    new = series.publish("00_first", title="# Better", code="1 + 1")
    changes = deliver(folder)
    assert kinds(changes) == {FIRST: "beside"}
    assert (folder / FIRST).read_bytes() == mine
    assert (folder / "00_first.new.ipynb").read_bytes() == new
    assert next(told(changes)) == (
        "  beside    00_first.new.ipynb: newer than 00_first.ipynb, which you edited and which "
        "stays as it is; cells that differ: title, code"
    )
    assert kinds(deliver(folder)) == {FIRST: "edited"}


def test_the_file_beside_is_replaced_until_it_is_edited_too(series, folder, edit):
    deliver(folder)
    mine = edit(folder / FIRST, source="my answer")
    series.publish("00_first", title="# 2", code="1")
    deliver(folder)
    third = series.publish("00_first", title="# 3", code="1")
    deliver(folder)
    assert (folder / "00_first.new.ipynb").read_bytes() == third
    too = edit(folder / "00_first.new.ipynb", source="my answer, moved here")
    fourth = series.publish("00_first", title="# 4", code="1")
    deliver(folder)
    assert (folder / FIRST).read_bytes() == mine
    assert (folder / "00_first.new.ipynb").read_bytes() == too
    assert (folder / "00_first.new-2.ipynb").read_bytes() == fourth


def test_a_newer_lesson_that_was_merged_and_deleted_is_not_offered_again(series, folder, edit):
    deliver(folder)
    edit(folder / FIRST, source="my answer")
    series.publish("00_first", title="# 2", code="1")
    deliver(folder)
    (folder / "00_first.new.ipynb").unlink()
    assert kinds(deliver(folder)) == {FIRST: "edited"}
    assert not (folder / "00_first.new.ipynb").exists()


def test_a_file_of_ones_own_under_a_name_of_the_series_stays(series, folder):
    folder.mkdir()
    (folder / FIRST).write_text("shopping list", encoding="utf-8")
    assert kinds(deliver(folder))[FIRST] == "beside"
    assert (folder / FIRST).read_text(encoding="utf-8") == "shopping list"
    assert json.loads((folder / "00_first.new.ipynb").read_bytes())["cells"]


def test_without_its_manifest_a_folder_is_known_by_what_is_in_it(series, folder, edit):
    deliver(folder)
    mine = edit(folder / SECOND, source="mine")
    (folder / ".course" / "manifest.json").unlink()
    assert kinds(deliver(folder)) == {SECOND: "beside"}
    new = series.publish("00_first", title="# Newer", code="1")
    assert kinds(deliver(folder)) == {FIRST: "updated", SECOND: "edited"}
    assert (folder / FIRST).read_bytes() == new
    assert (folder / SECOND).read_bytes() == mine


def test_a_deleted_lesson_comes_back_and_a_dropped_one_stays(series, folder):
    deliver(folder)
    (folder / FIRST).unlink()
    (series.notebooks / SECOND).unlink()
    changes = deliver(folder)
    assert kinds(changes) == {FIRST: "restored", SECOND: "dropped"}
    assert (folder / SECOND).exists()
    assert f"  restored  {FIRST}: was missing" in list(told(changes))
    assert f"  dropped   {SECOND}: is no longer part of the series; it stays" in list(told(changes))


def test_only_what_is_missing_is_written_where_no_update_is_wanted(series, folder):
    deliver(folder)
    old = (folder / FIRST).read_bytes()
    series.publish("00_first", title="# Newer", code="1")
    (folder / SECOND).unlink()
    assert kinds(deliver(folder, update=False)) == {FIRST: "updated", SECOND: "restored"}
    assert (folder / FIRST).read_bytes() == old
    assert (folder / SECOND).exists()
    assert kinds(deliver(folder)) == {FIRST: "updated"}


def test_many_cells_are_not_all_told(series, folder):
    deliver(folder)
    series.publish("00_first", **{f"c{n}": "1" for n in range(9)})
    line = next(told(deliver(folder)))
    assert line.endswith("cells that differ: c0, c1, c2, c3, c4, c5 and 5 more")


def test_a_spoilt_notebook_counts_as_edited(series, folder):
    deliver(folder)
    (folder / FIRST).write_text('{"cells": [3]}', encoding="utf-8")
    series.publish("00_first", title="# Newer", code="1")
    [change] = [change for change in deliver(folder) if change.kind == "beside"]
    assert change.cells == []
    assert (folder / FIRST).read_text(encoding="utf-8") == '{"cells": [3]}'


def test_a_folder_that_cannot_be_written_is_named_with_the_fix(series, folder, monkeypatch):
    deliver(folder)

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("course.atomic._new", refuse)
    assert kinds(deliver(folder)) == {}, "nothing has to be written"
    old = (folder / FIRST).read_bytes()
    series.publish("00_first", title="# Newer", code="1")
    with pytest.raises(CommandError, match=r"cannot be written: Permission denied.*Name a folder"):
        deliver(folder)
    assert (folder / FIRST).read_bytes() == old


def test_a_folder_below_a_file_cannot_be_made(series, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="Name a folder that you may write in"):
        deliver(tmp_path / "file" / "mine")


SLOW_UPDATE = """
import os, sys, time
from pathlib import Path
from course.datasets import files
from course.cli.deliver import deliver
files.PACKAGE = Path(sys.argv[1])
fsync = os.fsync
os.fsync = lambda descriptor: (print("x", flush=True), time.sleep(0.05), fsync(descriptor))
deliver(Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", range(1, 8))
def test_a_kill_leaves_whole_files_and_the_next_update_ends_it(series, folder, edit, moment):
    deliver(folder)
    mine = edit(folder / SECOND, source="mine")
    old = {name: (folder / name).read_bytes() for name in EVERYTHING}
    new = old | {FIRST: series.publish("00_first", title="# New", code="5")}
    beside = series.publish("11_second", title="# New", code="6")
    command = [sys.executable, "-c", SLOW_UPDATE, str(series.data.parent), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    for _ in range(moment):
        process.stdout.readline()
    time.sleep(0.02)
    process.kill()
    process.wait()
    process.stdout.close()

    for name in EVERYTHING:
        assert (folder / name).read_bytes() in (old[name], new[name])
    Manifest(folder)  # can be read
    deliver(folder)
    assert {name: (folder / name).read_bytes() for name in EVERYTHING} == new | {SECOND: mine}
    assert (folder / "11_second.new.ipynb").read_bytes() == beside
    assert len(list(folder.glob("*.ipynb"))) == 3
