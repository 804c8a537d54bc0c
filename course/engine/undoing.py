"""Weights that were made for what then was refused are taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from course import config


@contextmanager
def unbuilt_on_error(layers: Iterable[Any]) -> Iterator[None]:
    """Where the block raises, unbuild what it built, and put the package's generator back.

    Parameters
    ----------
    layers : iterable of Layer
        Those that the block may build; what is inside them is looked after, too.
    """
    fresh = list(_unbuilt(layers))
    random = config.generator().bit_generator
    state = random.state
    try:
        yield
    except BaseException:  # Ctrl-C, too
        for layer in fresh:
            layer.unbuild()
        random.state = state
        raise


def _unbuilt(layers: Iterable[Any]) -> Iterator[Any]:
    """Yield the layers, and those inside them, that have no weights yet."""
    for layer in layers:
        yield from _unbuilt(layer.sublayers)
        if not layer.built:
            yield layer
