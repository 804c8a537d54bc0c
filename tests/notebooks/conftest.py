"""Kernels started by these tests have the surroundings of a lesson that is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from surroundings import notebook_environment


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Offline, without anyone's settings, for whatever is started from here."""
    scratch = tmp_path_factory.mktemp("surroundings")
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in notebook_environment(scratch).items():
            if os.environ.get(variable) != value:
                patch.setenv(variable, value)
        yield scratch
