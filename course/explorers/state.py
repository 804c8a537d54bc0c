"""The values of all controls: immutable, and one line of text that can be sent to others."""

from __future__ import annotations

import ast
from collections import namedtuple
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from course.checks import unknown_arguments
from course.explorers.controls import Control

LONGEST = 2_000  # characters; whatever is longer was not written by `share`


def state_type(controls: Sequence[Control]) -> type[NamedTuple]:
    """Return the named tuple with one field a control, its default the control's.

    Raises
    ------
    ValueError
        If two controls have one name, a name is no identifier, or a default is refused by
        its own control.
    """
    names = [control.name for control in controls]
    defaults = [control.check(control.default) for control in controls]
    return namedtuple("State", names, defaults=defaults)


def changed(state: Any, controls: Sequence[Control], values: Mapping[str, Any], owner: str) -> Any:
    """Return `state` with `values` in it, every one checked by its control."""
    table = {control.name: control for control in controls}
    unknown = [name for name in values if name not in table]
    if unknown:
        unknown_arguments(owner, unknown, table)
    return state._replace(**{name: table[name].check(v) for name, v in values.items()})


def written(owner: str, state: Any) -> str:
    """Return ``Owner(depth=20, gain=1.0)``."""
    return f"{owner}({', '.join(f'{k}={v!r}' for k, v in state._asdict().items())})"


def read(owner: str, text: str) -> dict[str, Any]:
    """Return the values in a line that `written` made; nothing in it is run.

    Raises
    ------
    TypeError
        If `text` is no string.
    ValueError
        If it is no such line, or one of another explorer.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a line such as '{owner}(...)', got {text!r}.")
    wanted = f"a line such as '{owner}(name=value, ...)', as share() gives it"
    if len(text) > LONGEST:
        raise ValueError(f"text is {len(text)} characters long; expected {wanted}.")
    try:
        call = ast.parse(text.strip(), mode="eval").body
        values = {k.arg: ast.literal_eval(k.value) for k in call.keywords}
        name, whole = call.func.id, not call.args and len(values) == len(call.keywords)
    except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError, MemoryError):
        name, whole, values = "", False, {}
    if not whole or None in values:
        raise ValueError(f"{text!r} cannot be read; expected {wanted}.")
    if name != owner:
        raise ValueError(f"The line is of {name}, not of {owner}; expected {wanted}.")
    return values
