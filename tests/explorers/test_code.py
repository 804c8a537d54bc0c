"""Every explorer: the code that it prints runs, at the start and at each preset."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from course import config, explorers
from course.explorers import Bench, Explorer


def every_explorer() -> list[type[Explorer]]:
    modules = [
        import_module(f"{explorers.__name__}.{m.name}") for m in iter_modules(explorers.__path__)
    ]
    classes = {c for module in modules for c in vars(module).values() if inspect.isclass(c)}
    found = [c for c in classes if issubclass(c, Explorer) and not inspect.isabstract(c)]
    return sorted(found, key=lambda c: c.__name__)


CASES = [(kind, preset) for kind in every_explorer() for preset in (None, *kind.presets)]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train for two epochs only, wherever a module of an explorer says how many."""
    for name, module in list(sys.modules.items()):
        if name.startswith("course.explorers.") and isinstance(
            getattr(module, "EPOCHS", None), int
        ):
            monkeypatch.setattr(module, "EPOCHS", 2)


@pytest.mark.parametrize(("kind", "preset"), CASES)
@pytest.mark.usefixtures("brief")
@pytest.mark.filterwarnings("ignore:loss became:RuntimeWarning")  # a step too large is a preset
def test_the_code_of_every_preset_runs(kind: type[Explorer], preset: str | None, capsys) -> None:
    explorer = kind()
    if preset is not None:
        explorer.apply(preset)
    if isinstance(explorer, Bench):
        explorer.run(2)
    with config.seeded(0):
        exec(compile(explorer.code(), f"code of {explorer!r}", "exec"), {})
    assert capsys.readouterr().out.strip()
