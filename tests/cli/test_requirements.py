from __future__ import annotations

from importlib import metadata

import pytest

from course.cli import requirements


@pytest.mark.parametrize(
    ("version", "parts"), [("3.11", (3, 11)), ("4.6.0rc1", (4, 6)), ("2026.8.0", (2026, 8))]
)
def test_versions_are_compared_as_numbers(version, parts):
    assert requirements.numbers(version) == parts
    assert requirements.numbers("4.10") > requirements.numbers("4.9.9")


def test_the_oldest_versions_are_those_of_the_package():
    needed = requirements.requirements()
    assert needed["numpy"] == "2.0"
    assert needed["jupyterlab"] == "4.2"
    assert "pytest" not in needed
    assert "dask" in requirements.requirements(("distributed",))


def test_what_is_missing_is_found(monkeypatch):
    assert requirements.missing() == []

    def version(name):
        if name in ("scipy", "nbclient"):
            raise metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    assert sorted(requirements.missing()) == ["nbclient", "scipy"]
    assert requirements.requirement("scipy") == '"scipy>=1.13"'
