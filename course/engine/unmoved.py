"""Looking at what training would do, without doing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from course import config
from course.engine.layer import Layer


@contextmanager
def unmoved(layer: Layer) -> Iterator[None]:
    """Put back, at the end of the block, what a forward pass in training moves.

    These are statistics, such as moving means, and random generators, the package's included:
    what is drawn within the block is what the next training step will draw.

    Parameters
    ----------
    layer : Layer
        Or a model, with all layers inside.
    """
    statistics = [(v, v.numpy()) for v in layer.weights if not v.trainable]
    generators = [config.generator(), *(s.generator for s in _inside(layer) if s.generator)]
    states = [g.bit_generator.state for g in generators]
    try:
        yield
    finally:
        for v, value in statistics:
            v.assign(value)
        for g, state in zip(generators, states, strict=True):
            g.bit_generator.state = state


def _inside(layer: Layer) -> Iterator[Layer]:
    yield layer
    for sublayer in layer.sublayers:
        yield from _inside(sublayer)
