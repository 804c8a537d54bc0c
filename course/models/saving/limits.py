"""How large a model in a file may be, so that reading it ends in time and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from course.engine.layer import Layer

DEEPEST = 20  # models within models
MOST, MOST_ENDS = 5000, 100  # layers in a model, and calls of them; its inputs, its outputs


class Rebuilding:
    """What is known of all layers while the outermost model is made.

    Attributes
    ----------
    depth : int
        How deep in models the layer lies that is being made.
    shared : dict of int to Layer
        Those that several models have, by their number in the file.
    made : int
        How many were made.
    sizes : dict of Layer to int
        How many layers each stands for: itself and, in a model, those inside, a shared one as
        often as it is met. What goes through a model takes so much time.
    """

    def __init__(self) -> None:
        self.depth, self.made = 0, 0
        self.shared: dict[int, Layer] = {}
        self.sizes: dict[Layer, int] = {}

    def add(self, layer: Layer) -> None:
        """Count a layer.

        Raises
        ------
        ValueError
            If there are too many.
        """
        self.made += 1
        if max(self.made, _size(layer, self.sizes)) > MOST:
            raise ValueError(f"The model has more than {MOST:,} layers.")


def _size(layer: Layer, sizes: dict[Layer, int]) -> int:
    if layer not in sizes:
        sizes[layer] = 1 + sum(_size(inner, sizes) for inner in layer.sublayers)
    return sizes[layer]


def check_size(model: Any) -> None:
    """Refuse to write a model that is too large to be made again of a file.

    Raises
    ------
    ValueError
        If it has too many layers, calls of them, inputs or outputs.
    """
    counts = [("layers", _size(model, {}), MOST)]
    if model.built:
        graph = model.graph
        counts.append(("calls of layers", len(graph.nodes), MOST))
        counts.append(("inputs", len(graph.inputs), MOST_ENDS))
        counts.append(("outputs", len(graph.outputs), MOST_ENDS))
    for what, count, most in counts:
        if count > most:
            raise ValueError(
                f"The model has {count:,} {what}, more than the {most:,} that are read from a "
                "file again. save_weights writes its weights."
            )


_rebuilding: ContextVar[Rebuilding | None] = ContextVar("rebuilding", default=None)


@contextmanager
def one_level_down() -> Iterator[Rebuilding]:
    """Keep what is known of the outermost model, and count how deep models lie in models."""
    known = _rebuilding.get() or Rebuilding()
    if known.depth >= DEEPEST:
        raise ValueError(f"The models are nested more than {DEEPEST} deep.")
    token = _rebuilding.set(known)
    known.depth += 1
    try:
        yield known
    finally:
        known.depth -= 1
        _rebuilding.reset(token)
