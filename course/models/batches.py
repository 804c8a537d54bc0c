"""Batches of arrays, in a new order each epoch; and epochs of a number of steps."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import repeat
from math import ceil
from typing import Any

import numpy as np

# Rows are gathered for several batches at a time: far fewer calls, and a block this size (in
# bytes) still fits the processor's cache.
BLOCK = 1 << 20

Arrays = list[np.ndarray | None]
Rows = tuple[np.ndarray | None, ...]


class Batches:
    """Iterates over (xs, ys, weights) in batches; the last one may be smaller.

    Parameters
    ----------
    xs, ys, weights : list of ndarray
        Arrays of n rows each; a weight may be None.
    batch_size : int
        Rows of a batch.
    generator : Generator, optional
        Shuffles the rows at the start of each pass; without it they keep their order.
    """

    def __init__(
        self,
        xs: list[np.ndarray],
        ys: list[np.ndarray],
        weights: Arrays,
        batch_size: int,
        generator: np.random.Generator | None = None,
    ) -> None:
        self.xs, self.ys, self.weights = xs, ys, weights
        self.batch_size = batch_size
        self.generator = generator
        self.rows = len(xs[0])
        bytes_per_row = sum(a[:1].nbytes for a in xs)
        self._block = batch_size * max(1, BLOCK // max(1, batch_size * bytes_per_row))

    def __len__(self) -> int:
        return ceil(self.rows / self.batch_size)

    @property
    def steps(self) -> int:
        """How many batches there are."""
        return len(self)

    def ran_out(self) -> bool:
        """Whether there is nothing for another epoch: never."""
        return False

    def __iter__(self) -> Iterator[tuple[Rows, Rows, Rows]]:
        if self.generator is None:
            yield from self._cut(self.xs, self.ys, self.weights)
            return
        order = self.generator.permutation(self.rows)
        for start in range(0, self.rows, self._block):
            rows = order[start : start + self._block]
            yield from self._cut(*(_take(a, rows) for a in (self.xs, self.ys, self.weights)))

    def _cut(self, *groups: Arrays) -> Iterator[tuple[Rows, Rows, Rows]]:
        """Cut arrays of equal length: views of the first batch of each, of the second, ..."""
        starts = range(0, len(groups[0][0]), self.batch_size)
        cuts = [slice(start, start + self.batch_size) for start in starts]
        return zip(*(_views(arrays, cuts) for arrays in groups), strict=True)


def _views(arrays: Arrays, cuts: list[slice]) -> Iterator[Rows]:
    """Give for each cut a tuple of views, None where an array is None."""
    if not arrays:
        return repeat((), len(cuts))
    parts = (repeat(None, len(cuts)) if a is None else map(a.__getitem__, cuts) for a in arrays)
    return zip(*parts, strict=True)


def _take(arrays: Arrays, rows: np.ndarray) -> Arrays:
    return [None if a is None else np.take(a, rows, axis=0) for a in arrays]


# So many batches in one epoch are probably no epoch.
MANY = 10_000


class Epochs:
    """Cuts passes over batches into epochs.

    Before each epoch :meth:`ran_out` is asked; each ``iter()`` is then one epoch. It goes on where
    the last one ended, in a new pass where a pass is over. (Keras cuts such an epoch short, and
    goes on with the first batch of a generator that has run out.)

    Parameters
    ----------
    passes : Batches or Stream
        Gives a pass over its batches at each ``iter()``.
    asked : int, optional
        Batches of an epoch; by default an epoch is a pass.
    restarts : bool, default False
        Whether each epoch begins with a new pass, and is within it: the first `asked` batches.
    """

    def __init__(self, passes: Any, asked: int | None = None, restarts: bool = False) -> None:
        self.passes, self.asked, self.restarts = passes, asked, restarts
        self._pass: Iterator[Any] = iter(())
        self._first: Any = None
        self._taken = 0
        self._has_warned = False

    @property
    def steps(self) -> int | None:
        """Batches of an epoch; None if that is not known beforehand."""
        known = self.passes.steps
        if self.asked is None or (self.restarts and known is not None and known < self.asked):
            return known
        return self.asked

    def ran_out(self) -> bool:
        """Whether there is nothing for another epoch; it looks at its first batch to see."""
        if self.restarts:
            self._pass = iter(self.passes)
        self._first = next(self._pass, None) or self._of_new_pass()
        if self._first is None:
            self._warn()
        return self._first is None

    def __iter__(self) -> Iterator[Any]:
        batch, count = self._first, 0
        while batch is not None:
            yield batch
            self._taken += 1
            count += 1
            if count == self.asked:
                return
            if count == MANY and self.steps is None:
                self._warn_of_no_end()
            batch = next(self._pass, None)
            if batch is None and self.asked is not None and not self.restarts:
                batch = self._of_new_pass()
        if self.asked is not None:
            self._warn()

    def _of_new_pass(self) -> Any:
        self._pass = iter(self.passes)
        return next(self._pass, None)

    def _warn(self) -> None:
        if not self._has_warned:
            self._has_warned = True
            name = getattr(self.passes, "name", "x")
            warnings.warn(
                f"{name} ran out of batches: it gave {self._taken}, more were asked for, so this "
                "ends here. A generator can be gone through only once: let it repeat itself "
                "(while True) and say how many steps to take, or give a utils.PyDataset.",
                UserWarning,
                stacklevel=4,
            )

    def _warn_of_no_end(self) -> None:
        warnings.warn(
            f"{self.passes.name} has given {MANY:,} batches in one epoch. If it never ends, say "
            "with steps_per_epoch (validation_steps, steps) how many to take.",
            UserWarning,
            stacklevel=3,
        )
