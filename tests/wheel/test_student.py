"""What a student does: install the wheel where nothing is, open the lessons, run, edit, update."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from served import served
from surroundings import FRESH, ROOT

LESSON = "11_vanishing_gradients"


class Student:
    """An environment with the wheel in it, a home, and a folder for the lessons."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.venv = home / "venv"
        self.bin = self.venv / ("Scripts" if os.name == "nt" else "bin")
        self.folder = home / "my lessons"
        strange = ("PYTHON", "COURSE", "JUPYTER", "VIRTUAL_ENV")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(strange)}
        for variable, name in FRESH.items():
            (home / name).mkdir(exist_ok=True)
            self.environment[variable] = str(home / name)
        # The home is made up, and pip's cache and settings are of the one who runs the tests.
        own = {name: os.environ[name] for name in ("HOME", "USERPROFILE") if name in os.environ}
        self.pip_environment = self.environment | own
        self.environment["MPLCONFIGDIR"] = str(Path(sys.prefix) / "matplotlib")

    def install(self) -> None:
        """Build the wheel, make an empty environment, install the one into the other.

        uv is used where it is installed, as in the Makefile, and pip where it is not.
        """
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(self.home)]
        _run(build, cwd=ROOT)
        [wheel], python = self.home.glob("*.whl"), str(self.bin / "python")
        uv = shutil.which("uv")
        _run([sys.executable, "-m", "venv", *(["--without-pip"] if uv else []), str(self.venv)])
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
        if uv:
            pip = [uv, "pip", "install", "--python", python]
        _run([*pip, "--quiet", f"{wheel}[notebooks]"], env=self.pip_environment)

    def course(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        command = [str(self.bin / "course"), *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def installed(self, name: str) -> Path:
        """Return a lesson inside the installed package."""
        code = "import course; print(course.__path__[0])"
        run = _run([str(self.bin / "python"), "-P", "-c", code], cwd=self.home)
        return Path(run.stdout.strip(), "_notebooks", f"{name}.ipynb")


def _run(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(command, capture_output=True, text=True, **more)
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    return run


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Student:
    someone = Student(tmp_path_factory.mktemp("student"))
    someone.install()
    return someone


def test_the_doctor_finds_everything_in_order(student: Student):
    run = student.course("doctor")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "MEND" not in run.stdout
    assert "Everything is in order." in run.stdout


def test_the_lessons_open_run_and_survive_an_update(student: Student):
    command = [student.bin / "course", "lab", "--no-browser", "--port", "0", student.folder]
    with served([*map(str, command)], student.environment, student.home) as lab:
        assert lab.document == "lab/tree/00_playground.ipynb"
        address = f"{lab.url}/api/contents/{LESSON}.ipynb?content=0&token={lab.token}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert json.load(answer)["type"] == "notebook"
    delivered = {p.name for p in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in student.folder.glob("*.ipynb")} == delivered
    assert (student.folder / "data" / "digits.md").is_file()

    run = student.course("run", "11", "--folder", student.folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 of 1 lessons ran without an error." in run.stdout

    mine, shipped = student.folder / f"{LESSON}.ipynb", student.installed(LESSON)
    _change(mine, "my own thoughts")
    _change(shipped, "a better sentence")
    before = mine.read_bytes()
    run = student.course("update", student.folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"beside    {LESSON}.new.ipynb" in run.stdout
    assert mine.read_bytes() == before
    assert (student.folder / f"{LESSON}.new.ipynb").read_bytes() == shipped.read_bytes()

    run = student.course("doctor", student.folder)
    assert run.returncode == 1
    assert f"MEND not as delivered: {LESSON}.ipynb" in run.stdout
    assert f"edited: {LESSON}.ipynb" in run.stdout


def _change(path: Path, words: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = words
    path.write_text(json.dumps(notebook), encoding="utf-8")
