"""Find a browser of the Chromium family, and start it with nothing of anyone's in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
)  # fmt: skip
# Where macOS and Windows keep a Chrome that is on nobody's PATH.
INSTALLED = {
    "ProgramFiles": "Google/Chrome/Application/chrome.exe",
    "ProgramFiles(x86)": "Microsoft/Edge/Application/msedge.exe",
    "HOME": "../../Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find_browser() -> str | None:
    """Return the path of Chromium, Chrome or Edge, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for variable, place in INSTALLED.items():
        if folder := os.environ.get(variable):
            path = Path(folder, place).resolve()
            if path.exists():
                return str(path)
    return None


@contextmanager
def browser(headless: bool = True) -> Iterator[Any]:
    """Give a fresh Playwright browser.

    Raises
    ------
    RuntimeError
        If there is none on this machine.
    """
    from playwright.sync_api import sync_playwright

    path = find_browser()
    if path is None:
        raise RuntimeError("No Chromium, Chrome or Edge found; on Debian: apt-get install chromium")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, "--no-sandbox"] if root else list(QUIET)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, headless=headless, args=arguments
        )
        try:
            yield chromium
        finally:
            chromium.close()
