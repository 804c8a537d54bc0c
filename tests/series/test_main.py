"""The command says which notebook is wrong, goes on to the next, and fails in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.series.__main__ import main


def test_guard_execute_guard(write, capsys: pytest.CaptureFixture[str]):
    good, bad = write("1 + 1"), write("1 / 0", name="bad.ipynb")
    assert main(["guard", str(good)]) == 1
    assert "is not executed" in capsys.readouterr().err
    assert main(["execute", str(bad), str(good)]) == 1
    told = capsys.readouterr()
    assert "bad.ipynb, cell 1" in told.err
    assert told.out == "lesson.ipynb: outputs changed\n"
    assert main(["execute", str(good)]) == 0
    assert capsys.readouterr().out == "lesson.ipynb: as it was\n"
    assert main(["guard", str(good)]) == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["execute", str(tmp_path / "none.ipynb")]) == 1
    assert "none.ipynb" in capsys.readouterr().err
