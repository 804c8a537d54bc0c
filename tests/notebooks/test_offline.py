"""Notebooks run without a network: anything but this machine is refused, in workers too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from surroundings import notebook_environment


def python(code: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    """Run `code` in a Python that has the surroundings of a notebook."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=notebook_environment(scratch),
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)",
        "import _socket; _socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.socket(socket.AF_INET6).connect(('2001:db8::1', 80))",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c',"
        " 'import socket; socket.create_connection((\"192.0.2.1\", 80))'], check=True)",
    ],
)
def test_the_network_is_refused(code: str, tmp_path: Path):
    run = python(code, tmp_path)
    assert run.returncode != 0
    assert "The network is blocked while notebooks run" in run.stderr


def test_this_machine_is_reached(tmp_path: Path):
    code = """
import socket
server = socket.create_server(("127.0.0.1", 0))
for host in ("127.0.0.1", "localhost"):
    socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
a, b = socket.socketpair()
a.send(b"fine")
print(b.recv(4).decode())
"""
    run = python(code, tmp_path)
    assert (run.returncode, run.stdout.strip()) == (0, "fine"), run.stderr
