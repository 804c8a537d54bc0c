"""The house stands floor on floor: a module imports only from floors below its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "course"

# From the ground up. A name is a module or a package with all that is in it; where a longer
# name fits better (`optimizers.schedules`), it counts. What shares a line are siblings.
FLOORS = (
    ("config", "atomic", "constants", "jsonfile", "projector"),
    ("serialization",),
    ("lookup",),
    ("checks", "older"),
    ("activations", "initializers", "regularizers", "constraints", "optimizers.schedules"),
    ("losses", "optimizers"),
    ("metrics",),
    ("engine",),
    ("layers", "callbacks"),
    ("models",),
    ("tuners", "datasets", "wrappers", "utils", "saving"),
    ("experiments",),
    ("plots",),
    ("explorers", "exercises", "series"),
    ("presenting",),
    ("cli",),
)
HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}
# `import course` shows what is on these floors, and stays light.
SHOWN_BY_THE_PACKAGE = HEIGHT["utils"]
HEAVY = ("matplotlib", "ipywidgets", "sklearn", "pandas", "IPython", "h5py", "scipy", "jupyterlab")


def modules() -> dict[str, Path]:
    """Every module below the package, by its name without ``course.``; the package is ''."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()


def unit(module: str) -> str | None:
    """The longest name in the table that `module` is, or is in; None if there is none."""
    parts = module.split(".")
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in names if name in HEIGHT), None)


def imported(node: ast.AST) -> Iterator[str]:
    """The modules of the package that one import statement names, without ``course.``."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name.removeprefix("course.") in MODULES else node.module for name in inner]
    else:
        return
    for name in names:
        if name == "course" or name.startswith("course."):
            yield name.removeprefix("course").removeprefix(".")


def imports(module: str) -> set[str]:
    """All modules of the package that `module` imports, wherever in it."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    return {name for node in ast.walk(tree) for name in imported(node)}


def imports_at_run_time(module: str) -> set[str]:
    """The same without what only a type checker reads."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    blocks = [
        n for n in ast.walk(tree) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.dump(n.test)
    ]
    typing = {id(node) for block in blocks for node in ast.walk(block)}
    return {name for node in ast.walk(tree) if id(node) not in typing for name in imported(node)}


def test_every_module_has_a_floor():
    homeless = sorted(module for module in MODULES if module and unit(module) is None)
    assert not homeless, f"give them a floor in FLOORS and in the README's architecture: {homeless}"


@pytest.mark.parametrize("module", sorted(set(MODULES) - {""}))
def test_imports_go_down(module: str):
    own = unit(module)
    for name in imports(module):
        # `import course` is an import of the highest floor that the package shows.
        height = HEIGHT[unit(name)] if name else SHOWN_BY_THE_PACKAGE
        if not name or unit(name) != own:
            assert height < HEIGHT[own], f"course.{module} imports up or sideways: {name or 'all'}"


def test_the_package_shows_the_lower_floors_only():
    above = [name for name in imports("") if HEIGHT[unit(name)] > SHOWN_BY_THE_PACKAGE]
    assert not above


def test_no_circles_within_a_package():
    graph = {module: imports_at_run_time(module) - {module} for module in MODULES if module}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(f"a circle of imports: {' -> '.join(error.args[1])}") from error


def test_engine_is_built_from_variables_up():
    order = ["engine.variable", "engine.parameters", "engine.layer", "engine.graph"]
    for height, module in enumerate(order):
        above = set(order[height:]) & imports(module)
        assert not above, f"course.{module} imports {above}"
    assert "engine.layer" not in imports("engine.parameters")


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_hide_in_no_function(module: str):
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    hidden = [name for f in functions for node in ast.walk(f) for name in imported(node)]
    assert not hidden, f"course.{module} imports inside a function: {hidden}"
    assert not any(isinstance(n, ast.ImportFrom) and n.level for n in ast.walk(tree)), "relative"


def test_the_package_imports_light():
    code = f"import sys, course; print(*[name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True
    )
    assert (run.returncode, run.stdout.strip()) == (0, ""), run.stderr


def test_the_tables_see_what_they_should():
    statement = ast.parse("from course.engine import graph\nfrom course.losses import Loss").body
    assert [list(imported(node)) for node in statement] == [["engine.graph"], ["losses"]]
    assert unit("optimizers.schedules.cosine") == "optimizers.schedules"
    assert unit("optimizers.adam") == "optimizers"
    assert unit("helpers") is None
