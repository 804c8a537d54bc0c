"""The files of a folder as a presenter sees them: slides, with code folded.

JupyterLab is told to read and write through this (``ServerApp.contents_manager_class``), so that
a lesson that is presented is the very file: live, and unfolded again when it is saved.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from traitlets import Int

from course.presenting import present

CHANGED = ("jupyter", "slideshow")  # what is set for presenting, in the metadata of a cell


class PresentedNotebooks(AsyncLargeFileManager):
    """Notebooks that are prepared for presenting when read, and as they were when saved."""

    minutes = Int(0, help="the route: 20, 50 or 90; 0 for every section").tag(config=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._kept: dict[tuple[str, str | None], dict[str, Any]] = {}
        self.register_pre_save_hook(self._restore)

    async def get(self, path: str, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Return a file; of a notebook, the cells as they are presented."""
        model = await super().get(path, *arguments, **options)
        if model["type"] == "notebook" and model["content"] is not None:
            cells = model["content"]["cells"]
            for cell in cells:
                metadata, key = cell["metadata"], (model["path"], cell.get("id"))
                self._kept[key] = {k: dict(metadata[k]) for k in CHANGED if k in metadata}
            present(cells, self.minutes or None)
        return model

    def _restore(self, model: dict[str, Any], path: str, **_: Any) -> None:
        """Put back, before it is saved, what `get` changed; a new cell stays as it is."""
        if model["type"] != "notebook":
            return
        for cell in model["content"]["cells"]:
            kept = self._kept.get((path, cell.get("id")))
            if kept is not None:
                rest = {k: v for k, v in cell["metadata"].items() if k not in CHANGED}
                cell["metadata"] = rest | kept
