"""Run every check of the repository, and end with one line for each.

    python tests/run.py              all of them
    python tests/run.py lint units   some of them

A part that fails does not keep the next from running; the exit status tells if any did.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from browser.chromium import find_browser
from surroundings import ROOT, notebook_environment, other_processor, own_blas_kernel

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class NotHere(Exception):
    """This machine lacks what the part needs; the message says what."""


@dataclass
class Run:
    """One run of the checks: where scratch files go, and how a command is run."""

    scratch: Path

    def command(self, *command: str, **environment: str) -> bool:
        """Run one command; return whether it succeeded."""
        return subprocess.run(command, cwd=ROOT, env=os.environ | environment).returncode == 0

    def lessons(self, *more: str, **environment: str) -> bool:
        """Execute all notebooks, with one BLAS thread as in `make lab`, and compare outputs."""
        surroundings = notebook_environment(self.scratch, **ONE_THREAD | environment)
        return self.command(
            *PYTEST, "--nbval", "--nbval-cell-timeout=60", "-n2", "--dist=loadfile", *more,
            "notebooks", **surroundings,
        )  # fmt: skip


def lint(run: Run) -> bool:
    """Ruff, and the formatting."""
    good = run.command(sys.executable, "-m", "ruff", "check", "--quiet", ".")
    return run.command(sys.executable, "-m", "ruff", "format", "--quiet", "--check", ".") and good


def units(run: Run) -> bool:
    """Unit tests of the package and of these tools."""
    apart = [f"--ignore=tests/{part}" for part in ("notebooks", "browser", "wheel")]
    return run.command(*PYTEST, "-n", "auto", *apart, **ONE_THREAD)


def lessons(run: Run) -> bool:
    """Every stored output of every lesson, compared (nbval); every control, moved."""
    return run.lessons("-p", "tests.notebooks.every_control")


def other(run: Run) -> bool:
    """The same on another processor: an older BLAS kernel and NumPy's baseline code."""
    variables = other_processor()
    if variables is None:
        raise NotHere("the lessons on another BLAS kernel need an x86 machine")
    print(
        f"BLAS kernel {variables['OPENBLAS_CORETYPE']}, this machine's is {own_blas_kernel()}",
        flush=True,
    )
    return run.lessons(**variables)


def stored(run: Run) -> bool:
    """What the notebooks store (guard), and that no network is there while they run."""
    surroundings = notebook_environment(run.scratch)
    return run.command(*PYTEST, "-n2", "tests/notebooks", **surroundings)


def browser(run: Run) -> bool:
    """Every lesson in JupyterLab in a headless Chromium; beside it, the wheel of a student."""
    has_browser = find_browser() is not None or bool(os.environ.get("CI"))
    places = ["tests/browser"] * has_browser + ["tests/wheel"]
    # Pages wait for much, so there are more workers than processors.
    good = run.command(*PYTEST, "-n4", "--dist=loadgroup", *places)
    if good and not has_browser:
        raise NotHere("the lessons in a browser need Chromium, Chrome or Edge; the wheel passed")
    return good


PARTS: dict[str, Callable[[Run], bool]] = {
    part.__name__: part for part in (lint, units, stored, lessons, other, browser)
}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts named, or all; return 0 if all are fine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    names = parser.parse_args(arguments).parts or list(PARTS)
    if unknown := set(names) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    subprocess.run(
        [sys.executable, "-c", "import matplotlib.font_manager"],
        env=os.environ | {"MPLCONFIGDIR": str(Path(sys.prefix) / "matplotlib")},
        check=True,
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        results = [_result(name, Run(Path(scratch))) for name in names]
    print("\n" + "\n".join(line for line, _ in results))
    return 0 if all(fine for _, fine in results) else 1


def _result(name: str, run: Run) -> tuple[str, bool]:
    part = PARTS[name]
    print(f"\n== {name}: {part.__doc__}", flush=True)
    start = perf_counter()
    try:
        fine = part(run)
        verdict = "passed" if fine else "FAILED"
    except NotHere as reason:
        fine, verdict = True, f"not run: {reason}"
    except RuntimeError as reason:
        fine, verdict = False, f"FAILED: {reason}"
    return f"{name:<10} {perf_counter() - start:6.1f} s  {verdict}", fine


if __name__ == "__main__":
    sys.exit(main())
