"""Batches: every row once a pass, in a new order each time, arrays side by side."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from course.models import batches
from course.models.batches import Batches


def rows_of(iterator: Batches) -> list[list[float]]:
    """Return the rows of each batch, having checked that all arrays move together."""
    found = []
    for (x, x2), (y,), (w, none) in iterator:
        np.testing.assert_array_equal(x[:, 0], y)
        np.testing.assert_array_equal(x[:, 0], x2)
        np.testing.assert_array_equal(x[:, 0], w)
        assert none is None
        found.append(y.tolist())
    return found


def make(n: int, size: int, generator: np.random.Generator | None = None) -> Batches:
    """Return batches over n rows that are numbered in every array."""
    number = np.arange(float(n))
    return Batches([number[:, None], number], [number], [number, None], size, generator)


@pytest.mark.parametrize(
    ("n", "size", "sizes"), [(7, 3, [3, 3, 1]), (6, 3, [3, 3]), (2, 5, [2]), (3, 1, [1, 1, 1])]
)
def test_sizes(n: int, size: int, sizes: list[int]) -> None:
    iterator = make(n, size)
    assert len(iterator) == len(sizes)
    found = rows_of(iterator)
    assert [len(rows) for rows in found] == sizes
    assert list(chain(*found)) == list(range(n))


@pytest.mark.parametrize("block", [1, 8 * 16, 1 << 20])
def test_shuffled_passes_have_every_row_once(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BLOCK", block)
    iterator = make(50, 8, np.random.default_rng(0))
    first, second = rows_of(iterator), rows_of(iterator)
    for found in (first, second):
        assert [len(rows) for rows in found] == [8] * 6 + [2]
        assert sorted(chain(*found)) == list(range(50))
    assert first != second
    expected = np.random.default_rng(0).permutation(50)  # whatever the size of the blocks
    assert list(chain(*first)) == expected.tolist()


def test_unshuffled_batches_are_views() -> None:
    x = np.zeros((4, 2))
    for (part,), _, _ in Batches([x], [x], [None], 2):
        assert np.shares_memory(part, x)
