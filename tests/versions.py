"""Run the lessons on the oldest or the newest versions that pyproject.toml allows.

    python tests/versions.py oldest
    python tests/versions.py newest

makes an environment of its own with pip, needs an index for that, and executes every notebook in
it with strict nbval. The exit status tells if all stored outputs came out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from run import ONE_THREAD, ROOT, notebook_environment

# What the checks themselves are made of is taken as it comes.
TOOLS = ("nbval", "pytest", "pytest-xdist")


def main(arguments: list[str] | None = None) -> int:
    """Make the environment, run the lessons; return 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("age", choices=["oldest", "newest"])
    age = parser.parse_args(arguments).age
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        python = environment(Path(scratch), wanted(age))
        shown = subprocess.run(
            [python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True
        )
        print(shown.stdout, flush=True)
        return subprocess.run(
            [
                python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval",
                "--nbval-cell-timeout=60", "-n2", "--dist=loadfile", "notebooks",
            ],
            cwd=ROOT,
            env=notebook_environment(Path(scratch), **ONE_THREAD),
        ).returncode  # fmt: skip


def wanted(age: str) -> list[str]:
    """Return what to install: the package's requirements, at their lower bounds if oldest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = project["dependencies"] + project["optional-dependencies"]["notebooks"]
    needs = {need.name: need for need in map(Requirement, listed)}
    if age == "oldest":
        for need in needs.values():
            need.specifier = lower_bound(need)
    return [*map(str, needs.values()), *TOOLS]


def lower_bound(need: Requirement) -> SpecifierSet:
    """Return ``==1.2.*`` for ``>=1.2``: the oldest minor version, with its corrections."""
    [bound] = [part.version for part in need.specifier if part.operator == ">="]
    return SpecifierSet(f"=={bound}.*" if bound.count(".") < 2 else f"=={bound}")


def environment(scratch: Path, needs: list[str]) -> str:
    """Make an environment with these packages and the course; return its interpreter."""
    folder = scratch / "venv"
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *needs, "hatchling"], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main())
