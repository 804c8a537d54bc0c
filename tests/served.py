"""Start a command that serves JupyterLab, and learn its address from what it prints."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

START_SECONDS = 90
STOP_SECONDS = 30
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/(\S*)\?token=(\w+)")


@dataclass
class Served:
    """A running server: where it is, the document it opens, its token, process and log."""

    url: str
    document: str
    token: str
    process: subprocess.Popen[bytes]
    log: Path

    def listening(self) -> set[str]:
        """Return the addresses at which it listens, and its kernels."""
        own, found = psutil.Process(self.process.pid), set()
        for process in [own, *own.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):  # some only look at the machine and are gone
                sockets = process.net_connections("inet")
                found |= {s.laddr.ip for s in sockets if s.status == psutil.CONN_LISTEN}
        return found

    def said(self) -> str:
        """Return what it printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def served(command: Sequence[str], environment: Mapping[str, str], scratch: Path) -> Iterator:
    """Run `command` in `scratch` until the block ends.

    Raises
    ------
    RuntimeError
        If no address is printed; with the end of the log.
    """
    log = scratch / "served.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=scratch,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    try:
        port, document, token = _address(process, log)
        yield Served(f"http://127.0.0.1:{port}", document, token, process, log)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> tuple[str, str, str]:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        match = ADDRESS.search(log.read_text(encoding="utf-8", errors="replace"))
        if match and _answers(int(match[1])):  # the address is printed a little earlier
            return match.groups()
        time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"No address of a server was printed:\n{tail}")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
