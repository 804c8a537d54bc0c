"""Run the checks on the oldest or the newest versions that pyproject.toml allows.

    python tests/versions.py oldest           the lessons
    python tests/versions.py newest units     the unit tests

makes an environment of its own with pip, needs an index for that, and in it executes every
notebook with strict nbval, or runs the unit tests. The exit status tells if all is well.
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

from surroundings import ROOT

# What the package may need, in the order in which pyproject.toml has it; what the checks
# themselves are made of, "dev", is taken as it comes.
EXTRAS = ("notebooks", "tuners", "distributed")


def main(arguments: list[str] | None = None) -> int:
    """Make the environment, run the part; return 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("age", choices=["oldest", "newest"])
    parser.add_argument("part", choices=["lessons", "units"], nargs="?", default="lessons")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        python = environment(Path(scratch), wanted(options.age))
        shown = subprocess.run(
            [python, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True
        )
        print(shown.stdout, flush=True)
        return subprocess.run([python, "tests/run.py", options.part], cwd=ROOT).returncode


def wanted(age: str) -> list[str]:
    """Return what to install: what the package needs, at the lower bounds if oldest; the tools."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    listed = project["dependencies"] + [line for extra in EXTRAS for line in extras[extra]]
    needs = {need.name: need for need in map(Requirement, listed)}
    if age == "oldest":
        for need in needs.values():
            need.specifier = lower_bound(need)
        # Matplotlib of that time uses names that pyparsing warns of since, and warnings are errors.
        needs["pyparsing"] = Requirement("pyparsing<3.3")
    tools = [line for line in extras["dev"] if Requirement(line).name not in needs]
    return [*map(str, needs.values()), *tools]


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
    subprocess.run([*install, *needs], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    return python


if __name__ == "__main__":
    sys.exit(main())
