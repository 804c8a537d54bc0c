"""A process that is killed: it dies in mid-work, and what ends by itself is told apart."""

from __future__ import annotations

import pytest

from course.experiments.killed import killed

WRITES = """
import sys, time
while True:
    with open(sys.argv[1], "a") as file:
        file.write("x")
    time.sleep(0.005)
"""


def test_it_dies_after_so_many_writes(tmp_path) -> None:
    file = tmp_path / "file"
    assert killed(WRITES, file, 3)
    size = file.stat().st_size
    assert size >= 1  # making the file was seen as a write, too
    assert file.stat().st_size == size  # nobody writes any more


def test_a_program_that_ends_by_itself_says_why(tmp_path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)before it could be killed.*ZeroDivisionError"):
        killed("1 / 0", tmp_path / "file")


def test_a_program_that_never_writes_is_given_up(tmp_path) -> None:
    with pytest.raises(RuntimeError, match="written 0 times only, not 3"):
        killed("import time; time.sleep(60)", tmp_path / "file", patience=0.3)
