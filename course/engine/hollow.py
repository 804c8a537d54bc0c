"""Weights that have a shape and no memory: for a model whose weights are about to be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from course.engine.variable import Variable

_hollow: ContextVar[bool] = ContextVar("hollow", default=False)


@contextmanager
def hollow_weights() -> Iterator[None]:
    """Within the block, let layers be built without drawing or allocating their weights.

    What is made so is filled by :func:`fill`. A file can then say of a layer what it will: before
    its shapes are found equal to those of the arrays in the file, nothing is allocated.
    """
    token = _hollow.set(True)
    try:
        yield
    finally:
        _hollow.reset(token)


def are_hollow() -> bool:
    """Whether weights are to be made without memory now."""
    return _hollow.get()


def hollow_variable(shape: tuple[int, ...], dtype: Any, name: str, trainable: bool) -> Variable:
    """Return a variable of zeros that takes no memory, and cannot be written to."""
    zeros = np.broadcast_to(np.zeros((), dtype), shape)
    variable = Variable(zeros, name, trainable=False)  # no gradient yet: it would take memory
    variable.trainable = trainable
    return variable


def fill(variable: Variable, value: np.ndarray) -> None:
    """Give a variable, hollow or not, a new value of its shape."""
    if not variable.value.flags.writeable:
        grad = np.zeros(variable.shape, variable.dtype) if variable.trainable else None
        variable.bind(np.empty(variable.shape, variable.dtype), grad, owner=None)
    variable.assign(value)
