"""Every lesson: what its file stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.series import guard, lessons


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)
def test_guard(notebook: Path):
    assert guard(notebook) == []
