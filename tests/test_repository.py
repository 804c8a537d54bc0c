"""What lies in the repository is about the course, not about the machine it was written on."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE = {".git", ".venv", "build", "dist", "mutants", "__pycache__", ".ipynb_checkpoints"}
CACHES = {".pytest_cache", ".ruff_cache", ".hypothesis", ".course"}
FORBIDDEN = {
    "an absolute path": re.compile(r"(?<![\w.:/-])/(?:home|Users|root|tmp|work|private)/\w"),
    "an index of packages": re.compile(
        r"python[h]osted|pypi\.org/simple|--(?:extra-)?index-url +\S"
    ),
}


def files() -> list[Path]:
    """Every file of the repository, without what tools made."""
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return [p for p in found if not (MADE | CACHES) & set(p.relative_to(ROOT).parts)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_speaks_of_a_machine(what: str):
    pattern, found = FORBIDDEN[what], []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert not found


def test_lock_file_pins_every_requirement_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|^-", lock, re.MULTILINE)
    pinned = re.findall(r"^([a-z0-9._-]+)==\S+(?: ;.*)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    entries = re.findall(r"^[a-zA-Z]\S*", lock, re.MULTILINE)
    assert len(pinned) == len(entries) > 50
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    assert {re.match(r"[\w-]+", name)[0].lower() for name in wanted} <= set(pinned)
