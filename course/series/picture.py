"""The first picture of a lesson as a file of its own, for the README."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

from course import atomic
from course.series.lesson import LessonError


def picture(path: Path | str) -> str:
    """Write the first picture that the notebook at `path` stores to ``pictures/`` beside it.

    Returns
    -------
    str
        Where it is now.

    Raises
    ------
    LessonError
        If the notebook stores none; execute it first.
    """
    path = Path(path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    pictures = (
        output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})
    )
    encoded = next(pictures, None)
    if encoded is None:
        raise LessonError(f"{path.name} stores no picture; execute it first.")
    target = path.parent / "pictures" / f"{path.stem.split('_', 1)[-1]}.png"
    target.parent.mkdir(exist_ok=True)
    atomic.write(target, b64decode("".join(encoded)))
    return f"{target.parent.name}/{target.name}"
