"""Layers that users write: what their `forward` returns is looked at, each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

Forward = Callable[..., tuple[Any, Any]]


def checked(forward: Forward, layer: Any, output_shape: Any) -> Forward:
    """Return `forward`, a method of `layer`, with a check where it is not of this package.

    Parameters
    ----------
    forward : callable
        Takes x and `training`.
    layer : Layer
        Whose method it is.
    output_shape : tuple
        What `compute_output_shape` promises, None for the batch.
    """
    module = getattr(forward, "__module__", None) or ""
    if module.partition(".")[0] == "course":
        return forward
    name = f"{forward.__name__} of {layer.name!r}"
    return partial(_looked_at, forward, name, tuple(output_shape))  # no lambda: it is pickled


def _looked_at(forward: Forward, name: str, promised: Any, x: Any, training: bool) -> Any:
    result = forward(x, training)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError(
            f"{name} must return two things, the output and what backward needs: return y, cache. "
            f"It returned {type(result).__name__}."
        )
    shape = np.shape(result[0])
    fits = len(shape) == len(promised) and all(
        wanted in (None, n) for n, wanted in zip(shape[1:], promised[1:], strict=True)
    )
    if not fits:
        raise ValueError(
            f"{name} returned an output of shape {shape}, but compute_output_shape says {promised}."
        )
    return result
