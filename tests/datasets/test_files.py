from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

import pytest

from course.datasets import files

FOLDER = files.data_file("digits.npy").parent
NAMES = sorted(p.name for p in FOLDER.iterdir() if p.suffix in {".npy", ".csv"})


@pytest.mark.parametrize("name", NAMES)
def test_the_card_states_the_checksum_and_all_else(name):
    card = (FOLDER / Path(name).with_suffix(".md")).read_text(encoding="utf-8")
    stated = re.search(r"`([0-9a-f]{64})`", card).group(1)
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == stated
    for part in (
        "| From |",
        "| Licence |",
        "| Format |",
        "Column",
        f"data/make_{card[2:].split('.')[0]}",
    ):
        assert part in card


@pytest.mark.parametrize("name", ["digits.npy", "advertising.csv"])  # others train for minutes
def test_the_script_makes_the_same_bytes(name, tmp_path):
    script = FOLDER / f"make_{Path(name).stem}.py"
    spec = importlib.util.spec_from_file_location(script.stem, script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.make(tmp_path).read_bytes() == (FOLDER / name).read_bytes()


def test_every_data_file_has_a_card():
    kinds = {".md", ".py"}
    data = {
        p for p in FOLDER.iterdir() if p.is_file() and p.suffix not in kinds and p.name[0] != "."
    }
    assert {p.name for p in data} == set(NAMES)
    assert all(p.with_suffix(".md").is_file() for p in data)


def test_an_installed_package_is_looked_into_first(tmp_path, monkeypatch):
    inside, beside = tmp_path / "course" / "_data", tmp_path / "data"
    for place in (inside, beside):
        place.mkdir(parents=True)
        (place / "digits.npy").write_bytes(b"")
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "course")
    assert files.folder("data") == inside
    assert files.data_file("digits.npy") == inside / "digits.npy"
    (inside / "digits.npy").unlink()
    assert files.data_file("digits.npy") == beside / "digits.npy"


def test_a_missing_file_is_named_with_the_fix(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "course")
    with pytest.raises(
        FileNotFoundError, match=r"'digits.npy' is not in .*_data or .*git checkout"
    ):
        files.data_file("digits.npy")
    with pytest.raises(FileNotFoundError, match=r"folder of the data is not in .*git checkout"):
        files.folder("data")
