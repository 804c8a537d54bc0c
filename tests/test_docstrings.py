"""Every public name says what it takes: each argument, its default, the shape of each array."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

import pytest

PACKAGES = (
    "activations",
    "callbacks",
    "config",
    "constraints",
    "datasets",
    "experiments",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "optimizers.schedules",
    "plots",
    "regularizers",
    "tuners",
    "utils",
    "wrappers",
)
# Arguments whose meaning is the same wherever they appear, told once in the base class.
COMMON = {"self", "cls", "name", "reduction"}
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.])-?\d+\.?\d*(?:e-?\d+)?")
REFERENCE = re.compile(r":(?:class|func|meth):`~?([\w.]+)`")


def public() -> Iterator[tuple[str, Any]]:
    """Every class and function of the package that a user is meant to call, by its full name."""
    for package in PACKAGES:
        module = importlib.import_module(f"course.{package}")
        own = [n for n, v in vars(module).items() if is_of(v, module.__name__)]
        for name in getattr(module, "__all__", own):
            thing = getattr(module, name)
            if not name.startswith("_") and (inspect.isclass(thing) or inspect.isfunction(thing)):
                yield f"{package}.{name}", thing


def is_of(thing: Any, module: str) -> bool:
    """Whether a thing was defined in a module."""
    return getattr(thing, "__module__", "") == module


PUBLIC = dict(public())


def sections(thing: Any) -> dict[str, str]:
    """Split a docstring by its numpydoc headings; what precedes the first is under ''."""
    parts = SECTION.split(inspect.getdoc(thing) or "")
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def described(section: str) -> dict[str, str]:
    """The arguments that a section lists, each with its type and description."""
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line and not line[0].isspace():
            head = line.split(" : ")[0]
            names = [n.strip().lstrip("*") for n in head.split(",")]
            found |= dict.fromkeys(names, "")
        for name in names:
            found[name] += line + "\n"
    return found


def arguments(thing: Any) -> dict[str, inspect.Parameter]:
    """The arguments that need a description; ``**kwargs`` go to a base class that has its own."""
    variadic = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    parameters = inspect.signature(thing).parameters
    return {n: p for n, p in parameters.items() if n not in COMMON and p.kind not in variadic}


def referred(thing: Any, words: str) -> Iterator[Any]:
    """What a description refers to: ``See :class:`Layer```."""
    for path in REFERENCE.findall(words):
        *package, name = path.split(".")
        module = importlib.import_module(".".join(package)) if package[:1] == ["course"] else None
        known = vars(module or sys.modules[thing.__module__])
        found = known.get(name) or next((t for n, t in PUBLIC.items() if n.endswith(f".{name}")), 0)
        if found and found is not thing:
            yield found


def tells_default(thing: Any, argument: str, default: Any) -> bool:
    """Whether the description of an argument, or the one that it refers to, holds its default.

    A choice ``{'a', 'b'}`` starts with its default, an optional argument is None, and no text is
    the natural default of a text; every other default is named after the word.
    """
    words = described(sections(thing).get("Parameters", "")).get(argument, "")
    if default is None or default == "":
        told = "optional" in words or "None" in words or "default" in words or default == ""
    else:
        told = f"{{{default!r}" in words or ("default" in words and holds(words, default))
    return told or any(tells_default(other, argument, default) for other in referred(thing, words))


def holds(words: str, value: Any) -> bool:
    """Whether a value is written somewhere, a number in whatever form."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value in map(float, NUMBER.findall(words.replace("−", "-")))
    return str(value) in words


@pytest.mark.parametrize("name", PUBLIC)
def test_it_and_its_methods_say_what_they_are(name: str) -> None:
    thing = PUBLIC[name]
    assert len((thing.__doc__ or "").split()) > 2
    for method, value in vars(thing).items():
        if not method.startswith("_") and inspect.isfunction(value):
            assert inspect.getdoc(getattr(thing, method)), method


@pytest.mark.parametrize("name", PUBLIC)
def test_every_argument_is_described_with_its_default(name: str) -> None:
    thing = PUBLIC[name]
    if inspect.isclass(thing) and issubclass(thing, tuple | Exception):
        return  # records and errors are not made by users
    text, wanted = sections(thing), arguments(thing)
    if inspect.isfunction(thing) and len(wanted) <= 2 and "Parameters" not in text:
        return  # a sentence says it
    told = described(text.get("Parameters", ""))
    for argument, parameter in wanted.items():
        assert argument in told, f"{argument} is not described"
        if parameter.default is not inspect.Parameter.empty:
            default = parameter.default
            assert tells_default(thing, argument, default), f"{argument} has default {default!r}"


@pytest.mark.parametrize("name", PUBLIC)
def test_every_array_has_its_shape(name: str) -> None:
    text = sections(PUBLIC[name])
    for section in ("Parameters", "Returns"):
        for argument, words in described(text.get(section, "")).items():
            head = words.splitlines()[0]
            if re.search(r"\b(nd)?arrays?(_like|-like)?\b", head):
                assert "shape" in words or "list of" in head, f"{argument}: {head}"


@pytest.mark.parametrize("name", [n for n, t in PUBLIC.items() if inspect.isclass(t)])
def test_what_a_constructor_refuses_is_told(name: str) -> None:
    kind = PUBLIC[name]
    own = vars(kind).get("__post_init__" if is_dataclass(kind) else "__init__")
    if own is None or not re.search(r"\bchecks\.|\braise\b", inspect.getsource(own)):
        return
    assert "Raises" in sections(kind)
