"""Batches that come ready made: from a generator, an iterable, or an object with an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, count, cycle, repeat
from typing import Any

import numpy as np

from course.models.batches import Epochs

NOT_STREAMS = (str, bytes, Sequence, Mapping, Set)


def is_stream(x: Any) -> bool:
    """Whether `x` gives batches rather than being data itself.

    So do generators and other iterators; objects with ``__len__`` and ``__getitem__``, as
    `utils.PyDataset`; and iterables that are neither sequences nor convertible to arrays.
    """
    if isinstance(x, NOT_STREAMS) or hasattr(x, "__array__") or hasattr(x, "dtype"):
        return False
    return isinstance(x, Iterable) or _has_index(x)


def _has_index(x: Any) -> bool:
    return hasattr(x, "__len__") and hasattr(x, "__getitem__")


class Stream:
    """The batches of a source, each checked as it comes.

    Every ``iter()`` is a pass: over an object with an index from its first batch, in a new order
    where there is a `generator`; over an iterable by its own ``iter()``, which for a generator
    goes on where it stood.

    Parameters
    ----------
    source : iterable, or object with ``__len__`` and ``__getitem__``
        Its method ``on_epoch_end``, if any, is called after each pass.
    check : callable
        Takes a batch as the source gives it, returns (xs, ys, weights) or raises.
    name : str
        How errors call it: ``'x'``.

    Raises
    ------
    TypeError, ValueError
        If there is no batch, or the first is not as it must be.
    """

    def __init__(self, source: Any, check: Callable[[Any], Any], name: str) -> None:
        self.source, self.name = source, name
        self.steps = len(source) if hasattr(source, "__len__") else None
        self.generator: np.random.Generator | None = None
        self._check = check
        self._given = 0
        if self.steps == 0:
            raise self._no_batch()
        if _has_index(source):
            self._checked(source[0], f"{name}[0]")
        else:
            self._begun: Iterator[Any] | None = self._look_at_first(iter(source))

    def _look_at_first(self, batches: Iterator[Any]) -> Iterator[Any]:
        for first in batches:
            self._checked(first, f"batch 1 of {self.name}")
            return chain([first], batches)
        raise self._no_batch()

    def _no_batch(self) -> ValueError:
        kind = type(self.source).__name__
        return ValueError(f"{self.name}, a {kind}, is empty: it gives not even one batch.")

    def _checked(self, batch: Any, where: str) -> Any:
        try:
            return self._check(batch)
        except (TypeError, ValueError) as error:
            raise type(error)(f"In {where}: {error}") from error

    def __iter__(self) -> Iterator[Any]:
        yield from self._by_index() if _has_index(self.source) else self._one_by_one()
        if hasattr(self.source, "on_epoch_end"):
            self.source.on_epoch_end()

    def _by_index(self) -> Iterator[Any]:
        n = len(self.source)
        order = range(n) if self.generator is None else self.generator.permutation(n).tolist()
        for i in order:
            yield self._checked(self.source[i], f"{self.name}[{i}]")

    def _one_by_one(self) -> Iterator[Any]:
        batches, self._begun = self._begun or iter(self.source), None
        for batch in batches:
            self._given += 1
            yield self._checked(batch, f"batch {self._given} of {self.name}")

    def batches(
        self, batch_size: int, generator: np.random.Generator | None = None, steps: Any = None
    ) -> Epochs:
        """Return epochs to train on; the size of the batches is the source's own affair."""
        self.generator = generator
        self._refuse_endless(steps, "steps_per_epoch")
        return Epochs(self, steps)

    def judged(self, batch_size: int, steps: int | None = None) -> Epochs:
        """Return the batches to evaluate on, the same each time where the source allows it."""
        self._refuse_endless(steps, "validation_steps, or steps")
        return Epochs(self, steps, restarts=True)

    def _refuse_endless(self, steps: int | None, argument: str) -> None:
        if steps is None and isinstance(self.source, cycle | count | repeat):
            raise ValueError(
                f"{self.name}, a {type(self.source).__name__}, never ends; say with {argument} how "
                "many batches to take."
            )


def parts_of(batch: Any) -> tuple[Any, Any, Any]:
    """Return the inputs, targets and weights of a batch, None for what it does not hold.

    Raises
    ------
    ValueError
        If it has not one to three parts.
    """
    if not isinstance(batch, tuple | list):
        return batch, None, None
    if not 1 <= len(batch) <= 3:
        raise ValueError(
            "a batch must be a tuple (x, y) or (x, y, sample_weight), or x alone where no targets "
            f"are needed; got a {type(batch).__name__} of {len(batch)}. Several inputs are a tuple "
            "in their own right: ((x1, x2), y)."
        )
    return (*batch, None, None)[:3]


def refuse_beside(x: Any, arguments: Mapping[str, Any], name: str = "x") -> None:
    """Refuse arguments that have no meaning where batches come ready made.

    Raises
    ------
    TypeError
        If one of them is neither None nor 0.
    """
    for argument, value in arguments.items():
        if value is not None and not (np.isscalar(value) and value == 0):
            raise TypeError(
                f"{argument} cannot be given where {name} is a {type(x).__name__}: it gives whole "
                "batches, (x, y) or (x, y, sample_weight), of its own size."
            )
