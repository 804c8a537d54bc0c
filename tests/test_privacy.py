"""Nothing is sent anywhere: the package, its lessons and its commands reach no other machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import notebook_environment

PACKAGE = Path(__file__).parents[1] / "course"
REACHING = re.compile(
    r"^\s*(?:import|from) (aiohttp|ftplib|http|httpx|imaplib|poplib|requests|smtplib|socket|ssl|"
    r"telnetlib|tornado|urllib|webbrowser|websocket|xmlrpc|zmq)\b",
    re.MULTILINE,
)
# What a process does beyond its own files, seen by the interpreter itself.
WATCHED = """
import sys
def watch(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "webbrowser.open", "smtplib.", "ftplib.")):
        if event != "socket.__new__":
            print("SEEN", event, args[1:] if event.startswith("socket.") else args, flush=True)
sys.addaudithook(watch)
"""
COMMANDS = """
from pathlib import Path
from course.cli import main
from course.cli.deliver import deliver
deliver(Path("mine"))
main(["doctor", "mine", "--port", "0"])
assert main(["progress", "mine"]) == main(["update", "mine"]) == 0
"""


def seen(code: str, folder: Path) -> list[str]:
    """Run code in a folder and return what it did."""
    environment = notebook_environment(folder, OFFLINE_LOG=str(folder / "refused"))
    environment["PYTHONPATH"] += os.pathsep + str(Path(__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", WATCHED + code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert not (folder / "refused").exists()
    return [line for line in run.stdout.splitlines() if line.startswith("SEEN")]


def test_no_module_can_reach_others() -> None:
    """Only `course doctor` imports such a thing: to see if a port is free, and a browser there."""
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in REACHING.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {("cli/symptoms.py", "socket"), ("cli/symptoms.py", "webbrowser")}


def test_commands_reach_nobody(tmp_path: Path) -> None:
    assert seen(COMMANDS, tmp_path) == ["SEEN socket.bind (('127.0.0.1', 0),)"]


@pytest.mark.parametrize("event", ["socket.getaddrinfo", "urllib.Request"])
def test_what_reaches_out_would_be_seen(event: str, tmp_path: Path) -> None:
    request = "urllib.request.urlopen('http://127.0.0.1:9')"
    code = f"import urllib.request\ntry: {request}\nexcept OSError: pass"
    assert any(event in line for line in seen(code, tmp_path))
