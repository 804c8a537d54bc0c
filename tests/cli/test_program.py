"""What the command says for itself, and how it ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

import course
from course.cli import main, program

NAMES = ["lab", "update", "doctor", "present", "run", "progress"]


def test_help_explains_every_command(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    printed = capsys.readouterr().out
    assert all(f"\n    {name} " in printed for name in NAMES)
    assert "FOLDER is the folder of your lessons" in printed


@pytest.mark.parametrize("name", NAMES)
def test_each_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"usage: course {name}")
    assert len(printed.splitlines()) > 6


def test_it_is_a_program_too():
    command = [sys.executable, "-m", "course.cli", "--version"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, f"course {course.__version__}\n")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["present"], ["lab", "--port", "x"]])
def test_wrong_use_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: course" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (KeyboardInterrupt(), 130, "\ncourse: stopped.\n"),
        (OSError(28, "No space left on device"), 1, "No space left on device"),
        (program.CommandError("Do this instead."), 1, "course: Do this instead.\n"),
    ],
)
def test_no_traceback_meets_the_user(monkeypatch, capsys, raised, status, words):
    def fail(options):
        raise raised

    monkeypatch.setattr(program.update, "command", fail)
    assert main(["update"]) == status
    assert words in capsys.readouterr().err
