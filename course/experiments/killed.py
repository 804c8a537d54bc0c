"""A training in a process of its own, killed while it runs."""

from __future__ import annotations

import subprocess
import sys
from os import PathLike
from pathlib import Path
from time import monotonic, sleep

from course import checks


def killed(
    program: str, file: str | PathLike[str], saves: int = 3, *, patience: float = 50.0
) -> bool:
    """Run `program`, kill it without warning once it has written `file` so many times.

    The process gets SIGKILL (on Windows `TerminateProcess`), which no program can catch: it
    writes nothing more, tidies up nothing, and dies in the middle of whatever it was doing.

    Parameters
    ----------
    program : str
        Python code; it finds the name of `file` in ``sys.argv[1]``.
    file : path
        That it writes again and again.
    saves : int, default 3
        How often, at least, before it is killed.
    patience : float, default 50
        Seconds after which it is given up.

    Returns
    -------
    bool
        Whether it died of the kill: that it had not ended by itself.

    Raises
    ------
    RuntimeError
        If it ended before, with what it had to say; or if it took too long.
    """
    saves = checks.integer("saves", saves, 1)
    command = [sys.executable, "-c", program, str(file)]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        _wait(process, Path(file), saves, monotonic() + patience)
        was_running = process.poll() is None
    finally:
        process.kill()
        process.communicate()
    return was_running and process.returncode != 0


def _wait(process: subprocess.Popen, file: Path, saves: int, deadline: float) -> None:
    """Return when `file` has been seen to change `saves` times."""
    seen: set[int] = set()
    while len(seen) < saves:
        if process.poll() is not None:
            words = process.stderr.read().decode(errors="replace").strip()
            raise RuntimeError(f"The program ended before it could be killed. {words[-500:]}")
        if monotonic() > deadline:
            raise RuntimeError(f"{file.name} was written {len(seen)} times only, not {saves}.")
        if file.exists():
            seen.add(file.stat().st_mtime_ns)
        sleep(0.002)
