"""What a student does: install the wheel where nothing is, open the lessons, run, edit, update."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Set
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from served import served
from surroundings import FRESH, ROOT

LESSON = "11_vanishing_gradients"

pytestmark = pytest.mark.xdist_group("wheel")  # one worker: it is installed once


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
        self.environment["MPLCONFIGDIR"] = str(Path(sys.prefix) / "matplotlib")

    def install(self) -> None:
        """Build the wheel and install it where there is nothing but what it asks for.

        What it asks for is linked from the environment of the tests, so nothing is downloaded;
        a package that the wheel needs and forgets to name is missing as it would be elsewhere.
        """
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(self.home)]
        _run(build, cwd=ROOT)
        [wheel], python = self.home.glob("*.whl"), str(self.bin / "python")
        _run([sys.executable, "-m", "venv", "--without-pip", str(self.venv)])
        uv = shutil.which("uv")
        pip = [uv, "pip", "install"] if uv else [sys.executable, "-m", "pip", "--python", python]
        pip += ["--python", python] if uv else ["install"]
        _run([*pip, "--quiet", "--no-deps", "--no-index", str(wheel)])
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = Path(_run([python, "-c", code]).stdout.strip())
        for name in asked_for("hyperparameters-course", {"notebooks"}):
            link(metadata.distribution(name), packages)

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


def asked_for(name: str, extras: Set[str] = frozenset()) -> set[str]:
    """Return the distributions that `name` requires, those that they require, and so on."""
    found: set[str] = set()
    to_visit = [(name, frozenset(extras))]
    seen = set(to_visit)
    while to_visit:
        name, extras = to_visit.pop()
        for line in metadata.requires(name) or []:
            wanted = Requirement(line)
            marker = wanted.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
                continue
            found.add(wanted.name)
            further = (wanted.name, frozenset(wanted.extras))
            if further not in seen:
                seen.add(further)
                to_visit.append(further)
    return found


def link(distribution: metadata.Distribution, packages: Path) -> None:
    """Let the files of a distribution be in the folder `packages`, too; commands are left out."""
    for file in distribution.files or []:
        target = Path(os.path.normpath(packages / file))
        if target.parent.name in ("bin", "Scripts"):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(distribution.locate_file(file), target)
        except FileExistsError:
            pass
        except OSError:  # another disk
            shutil.copy2(distribution.locate_file(file), target)


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
