"""JSON files that are none, or too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course import jsonfile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def test_what_it_says_is_returned(path: Path) -> None:
    path.write_text('{"ä": [1, 2.5, null]}', encoding="utf-8")
    assert jsonfile.load(path) == {"ä": [1, 2.5, None]}


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"{", "line 1"),
        (b"\xff\xfe", "codec can't decode"),
        (b"[" * 200_000, "nested too deeply"),
        (b"9" * 10_000, "digits"),
        (b" " * 101, "has 101 bytes, more than 100"),
    ],
    ids=lambda given: repr(given[:5]),
)
def test_what_is_none(content: bytes, match: str, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(ValueError, match=match):
        jsonfile.load(path, 100 if b" " in content else jsonfile.LONGEST)


def test_what_has_no_end_is_not_waited_for(path: Path) -> None:
    with pytest.raises(ValueError, match="it is no file"):
        jsonfile.load(path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        with pytest.raises(ValueError, match="it is no file"):
            jsonfile.load(path)
