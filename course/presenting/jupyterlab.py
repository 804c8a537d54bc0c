"""What JupyterLab is told so that a lesson opens as slides, legible from the back row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from course import atomic, projector

SETTINGS: dict[str, dict[str, Any]] = {
    "jupyterlab-slideshow:plugin": {"active": True},
    "@jupyterlab/apputils-extension:themes": {
        "overrides": {
            "content-font-size1": "22px",
            "code-font-size": "20px",
            "ui-font-size1": "16px",
        }
    },
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # Run everything before the class comes; Shift Home then leads to the first slide.
    "@jupyterlab/shortcuts-extension:shortcuts": {
        "shortcuts": [
            {"command": "notebook:run-all-cells", "keys": ["F8"], "selector": "body"},
        ]
    },
    # Slides show cells of any distance: all of them have to be in the page.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}


def settings() -> dict[str, dict[str, Any]]:
    """Return JupyterLab's settings for slides, by plugin."""
    return json.loads(json.dumps(SETTINGS))


def write_settings(folder: Path | str) -> Path:
    """Write the settings as files into `folder`, and return it.

    JupyterLab reads them where the environment variable ``JUPYTERLAB_SETTINGS_DIR`` names it.
    """
    folder = Path(folder)
    for plugin, values in SETTINGS.items():
        package, name = plugin.rsplit(":", 1)
        file = folder / package / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(file, json.dumps(values, indent=1))
    return folder


def environment() -> dict[str, str]:
    """Return the variables with which kernels draw for a projector."""
    return {projector.VARIABLE: "1"}
