"""Whether a function is still the stub that the lesson gave."""

from __future__ import annotations

import dis
from collections.abc import Callable
from traceback import walk_tb
from typing import Any

_NOTHING = {"RESUME", "NOP", "CACHE", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def is_empty(function: Callable[..., Any]) -> bool:
    """Return whether the body is a docstring, ``...``, ``pass`` or ``return None``.

    A function that computes something and forgets to return it is not empty.
    """
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    steps = list(dis.get_instructions(code))
    constants = [step.argval for step in steps if step.opname.endswith("_CONST")]
    return {step.opname for step in steps} <= _NOTHING and constants[-1] is None


def meets_blank(error: Exception, function: Callable[..., Any]) -> bool:
    """Return whether `function` raised `error` while one of its variables was still ``...``."""
    frames = (frame for frame, _ in walk_tb(error.__traceback__))
    own = (frame for frame in frames if frame.f_code is getattr(function, "__code__", None))
    return any(value is ... for frame in own for value in frame.f_locals.values())
