"""The variables of a model by name, and a selection of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course.lookup import nearest


def named_variables(model: Any, prefix: str = "") -> dict[str, Any]:
    """Return every variable of a model by a name such as ``'dense/kernel'``."""
    named = {}
    for layer in model.layers:
        if layer.sublayers:
            named |= named_variables(layer, f"{prefix}{layer.name}/")
        else:
            named |= {f"{prefix}{layer.name}/{v.name}": v for v in layer.weights}
    return named


def checked_names(weights: Any) -> str | list[str] | None:
    """Return names as :func:`selected` takes them.

    Raises
    ------
    TypeError
        If they are no names.
    """
    if weights is None or isinstance(weights, str):
        return weights
    names = list(weights) if isinstance(weights, Iterable) else [weights]
    if not all(isinstance(name, str) for name in names):
        raise TypeError(f"weights must be names such as 'dense/kernel', got {weights!r}.")
    return names


def selected(model: Any, names: str | Iterable[str] | None) -> dict[str, Any]:
    """Return the variables that `names` name: all, some by name, or all of some layers.

    Parameters
    ----------
    model : Model
    names : str, list of str or None
        ``'dense/kernel'``; ``'dense'`` for all of a layer; None for all of the model.

    Raises
    ------
    ValueError
        If there is none of such a name.
    """
    known = named_variables(model)
    if names is None:
        return known
    chosen = {}
    for name in [names] if isinstance(names, str) else names:
        found = {key: v for key, v in known.items() if f"{key}/".startswith(f"{name}/")}
        if not found:
            raise ValueError(
                f"weights={name!r} names no weight.{nearest(str(name), list(known))} There are "
                f"{', '.join(map(repr, known))}."
            )
        chosen |= found
    return chosen
