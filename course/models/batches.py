"""Batches of arrays, in a new order each epoch."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

# Rows are gathered for several batches at a time: far fewer calls, and a block this size (in
# bytes) still fits the processor's cache.
BLOCK = 1 << 20

Arrays = list[np.ndarray | None]


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

    def __iter__(self) -> Iterator[tuple[Arrays, Arrays, Arrays]]:
        if self.generator is None:
            yield from self._cut(self.xs, self.ys, self.weights)
            return
        order = self.generator.permutation(self.rows)
        for start in range(0, self.rows, self._block):
            rows = order[start : start + self._block]
            yield from self._cut(*(_take(a, rows) for a in (self.xs, self.ys, self.weights)))

    def _cut(
        self, xs: Arrays, ys: Arrays, weights: Arrays
    ) -> Iterator[tuple[Arrays, Arrays, Arrays]]:
        for start in range(0, len(xs[0]), self.batch_size):
            stop = start + self.batch_size
            yield (
                [x[start:stop] for x in xs],
                [y[start:stop] for y in ys],
                [None if w is None else w[start:stop] for w in weights],
            )


def _take(arrays: Arrays, rows: np.ndarray) -> Arrays:
    return [None if a is None else np.take(a, rows, axis=0) for a in arrays]
