"""A JupyterLab of its own: a copy of the notebooks, fresh settings, no network for the kernels."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surroundings import notebook_environment

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # Every cell stays in the page, also those out of sight, where tests look for errors.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
START_SECONDS = 60


@dataclass
class Lab:
    """A running JupyterLab: where it is, and the folder of notebooks it serves."""

    url: str
    token: str
    folder: Path
    log: Path
    view: str = "doc"  # "lab" has menus and side bars around it

    def address(self, name: str) -> str:
        """Address at which the notebook `name` opens, alone but for the view ``lab``."""
        return f"{self.url}/{self.view}/tree/{name}?token={self.token}&reset"


@contextmanager
def jupyterlab(
    *notebooks: Path, settings: dict[str, Any] = SETTINGS, **variables: str
) -> Iterator[Lab]:
    """Serve copies of `notebooks`, with `settings` by plugin, until the block ends.

    Raises
    ------
    RuntimeError
        If JupyterLab does not come up; with the end of its log.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        folder = scratch / "notebooks"
        folder.mkdir()
        for notebook in notebooks:
            shutil.copy(notebook, folder)
        port, token = _free_port(), secrets.token_hex(8)
        lab = Lab(f"http://127.0.0.1:{port}", token, folder, scratch / "lab.log")
        server = _start(lab, scratch, port, settings, variables)
        try:
            _wait(lab, server)
            yield lab
        finally:
            _stop(server)


def _start(
    lab: Lab, scratch: Path, port: int, settings: dict[str, Any], variables: dict[str, str]
) -> subprocess.Popen[bytes]:
    # One thread, as `make lab` does.
    environment = notebook_environment(scratch, OPENBLAS_NUM_THREADS="1", **variables)
    for plugin, values in settings.items():
        file = scratch / "settings" / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        f"--ServerApp.root_dir={lab.folder}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={lab.token}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None",
    ]  # fmt: skip
    with lab.log.open("wb") as log:
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )


def _wait(lab: Lab, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{lab.url}/api/status?token={lab.token}", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    tail = lab.log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"JupyterLab did not come up:\n{tail}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
