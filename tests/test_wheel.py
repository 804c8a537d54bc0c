"""The wheel is all a student needs: the package with the lessons and the data inside."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
USE = """
from pathlib import Path
import course
from course.datasets import load_digits
from course.series import lessons
here = Path(course.__file__).parent
assert here == Path.cwd() / "course", here
assert len(load_digits()[0]) == 1797
print(*[path.relative_to(here).as_posix() for path in lessons()])
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_lessons_and_data_are_found_in_the_package(installed: Path):
    command = [sys.executable, "-P", "-B", "-c", f"import sys; sys.path.insert(0, '.'){USE}"]
    run = subprocess.run(command, cwd=installed, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [
        f"_notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    ]


def test_the_wheel_holds_the_course_and_nothing_else(installed: Path):
    top = {path.name for path in installed.iterdir()}
    assert top == {"course", "hyperparameters_course-0.1.0.dist-info"}
    files = [path.relative_to(installed).as_posix() for path in installed.rglob("*")]
    assert not [name for name in files if ".ipynb_checkpoints" in name or "__pycache__" in name]
    assert {
        "course/_notebooks/pictures/playground.png",
        "course/cli/jupyter/quiet/labconfig/default_setting_overrides.json",
    } < set(files)
