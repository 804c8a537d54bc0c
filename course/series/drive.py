"""Move the controls of live explorers as a reader would, and check after every move.

This runs inside the kernel that a notebook made. It knows explorers by what they offer:
`controls` (each with `name` and `sweep()`), `state`, `set(**values)`, `presets`,
`apply(name)`, `reset()`, `summary()`, `numbers()` and `code()`; one that goes on by itself
has `run(steps)`, too.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from functools import partial
from math import isfinite
from time import perf_counter
from typing import Any

STEPS = 2  # that an explorer which goes on takes after each move


class ExplorerError(AssertionError):
    """Explorers failed on the way; the message lists every move that did."""


def drive(explorers: Iterable[Any]) -> str:
    """Take every control of every explorer to both ends and the middle, apply every preset.

    One control moves at a time; the others stay where the notebook left them.

    Returns
    -------
    str
        How many explorers and moves there were, and the slowest move.

    Raises
    ------
    ExplorerError
        If a move raised, or left a number that is not finite, no numbers, no
        summary, or code that is no Python.
    """
    explorers = list(explorers)
    failures: list[str] = []
    seconds: dict[str, float] = {}
    for explorer in explorers:
        for name, move in _moves(explorer):
            start = perf_counter()
            failures += _problem(name, move, explorer)
            seconds[name] = perf_counter() - start
    if failures:
        raise ExplorerError(f"{len(failures)} moves failed:\n" + "\n".join(failures))
    if not seconds:
        return "no explorers"
    slowest = max(seconds, key=seconds.__getitem__)
    return (
        f"{len(explorers)} explorers, {len(seconds)} moves, "
        f"the slowest {seconds[slowest]:.2f} s: {slowest}"
    )


def _moves(explorer: Any) -> list[tuple[str, Callable[[], Any]]]:
    kind = type(explorer).__name__
    moves: list[tuple[str, Callable[[], Any]]] = []
    for control in explorer.controls:
        for value in (*control.sweep(), getattr(explorer.state, control.name)):
            change = {control.name: value}
            moves.append((f"{kind}: {control.name}={value!r}", partial(explorer.set, **change)))
    presets = [(f"{kind}: preset {p!r}", partial(explorer.apply, p)) for p in explorer.presets]
    return [*moves, *presets, (f"{kind}: reset", explorer.reset)]


def _problem(name: str, move: Callable[[], Any], explorer: Any) -> list[str]:
    try:
        move()
        if hasattr(explorer, "run"):
            explorer.run(STEPS)
        numbers = explorer.numbers()
        summary = explorer.summary()
        compile(explorer.code(), "the code of this state", "exec")
    except Exception:
        return [f"- {name}\n{traceback.format_exc()}"]
    wrong = {key: value for key, value in numbers.items() if not isfinite(value)}
    if wrong:
        return [f"- {name}: not finite: {wrong}"]
    if not numbers or not summary:
        return [f"- {name}: numbers {numbers!r}, summary {summary!r}: nothing to see"]
    return []
