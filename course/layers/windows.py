"""Windows that slide over images: what convolution and pooling have in common.

Images come as (batch, height, width, channels). In here they lie in memory as
(channels, height, width, batch). A row of cells is then one long run of numbers, which NumPy
copies, adds and compares several times faster than a handful of channels here and there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

Pair = tuple[int, int]

# `bands` keeps what is copied out of the windows at one time to about so many numbers.
BAND = 2**21


@dataclass(frozen=True)
class Windows:
    """Windows of `size` cells, `strides` apart, over images of any height and width.

    Parameters
    ----------
    size, strides : tuple of two int
        Along height and width.
    padding : {'valid', 'same'}
        ``'valid'``: windows lie within the image, so there are ⌊(n − size) / stride⌋ + 1 of
        them along n cells. ``'same'``: the image gets a margin for ⌈n / stride⌉ windows; where
        it cannot be even, the larger half is at the bottom and on the right.
    """

    size: Pair
    strides: Pair
    padding: str

    def counts(self, height: int | None, width: int | None) -> tuple[int | None, int | None]:
        """Return how many windows fit along height and width; None where that is unknown."""
        cells = zip((height, width), self.size, self.strides, strict=True)
        if self.padding == "same":
            return tuple(None if n is None else -(-n // s) for n, _, s in cells)
        return tuple(None if n is None else (n - k) // s + 1 for n, k, s in cells)

    def margins(self, height: int, width: int) -> tuple[Pair, Pair]:
        """Return the cells to add ((top, bottom), (left, right))."""
        if self.padding == "valid":
            return (0, 0), (0, 0)
        counts = self.counts(height, width)
        sides = zip((height, width), counts, self.size, self.strides, strict=True)
        missing = [max((count - 1) * s + k - n, 0) for n, count, k, s in sides]
        return tuple((m // 2, m - m // 2) for m in missing)

    @property
    def overlap(self) -> bool:
        """Whether a cell can be in several windows."""
        return any(k > s for k, s in zip(self.size, self.strides, strict=True))

    def shifts(self, x: np.ndarray) -> list[np.ndarray]:
        """Return, for each place in a window, what all windows have there.

        Parameters
        ----------
        x : array of shape (channels, height, width, batch)
            With its margins.

        Returns
        -------
        views : list of arrays of shape (channels, rows, columns, batch)
            Views into x, one for each place, row by row; rows × columns windows.
        """
        (kh, kw), (sh, sw) = self.size, self.strides
        bottom, right = x.shape[1] - kh + 1, x.shape[2] - kw + 1
        return [x[:, i : bottom + i : sh, j : right + j : sw] for i in range(kh) for j in range(kw)]

    def patches(self, x: np.ndarray) -> np.ndarray:
        """Return the windows as the columns of a matrix ("im2col").

        Parameters
        ----------
        x : array of shape (channels, height, width, batch)
            With its margins.

        Returns
        -------
        array of shape (size·channels, rows·columns·batch)
            In the order of a kernel of shape (height, width, channels).
        """
        views = self.shifts(x)
        columns = np.empty((len(views), *views[0].shape), x.dtype)
        for column, view in zip(columns, views, strict=True):
            column[...] = view
        return columns.reshape(len(views) * len(x), -1)

    def add_patches(self, columns: np.ndarray, x: np.ndarray) -> None:
        """Add to the cells of `x` what each window has for them: `patches` the other way round."""
        views = self.shifts(x)
        for view, column in zip(views, columns.reshape(-1, *views[0].shape), strict=True):
            view += column

    def bands(self, x: np.ndarray) -> Iterator[tuple[slice, slice]]:
        """Divide tall images, so that the copies in `patches` stay small.

        Yields
        ------
        windows, cells : slice
            Some rows of windows, and the rows of x that they cover.
        """
        rows = (x.shape[1] - self.size[0]) // self.strides[0] + 1
        a_row = self.size[0] * self.size[1] * x[:, 0].size // self.strides[1]
        step = max(1, BAND // max(1, a_row))
        for first in range(0, rows, step):
            last = min(first + step, rows)
            top, bottom = first * self.strides[0], (last - 1) * self.strides[0] + self.size[0]
            yield slice(first, last), slice(top, bottom)


def batch_last(x: np.ndarray) -> np.ndarray:
    """Return x of shape (batch, height, width, channels) as (channels, height, width, batch).

    A copy, unless x already lies in memory that way: from layer to layer it does.
    """
    return np.ascontiguousarray(x.transpose(3, 1, 2, 0))


def batch_first(x: np.ndarray) -> np.ndarray:
    """Return a view of x, the axes in the order that the layers speak of."""
    return x.transpose(3, 1, 2, 0)


def padded(x: np.ndarray, margins: tuple[Pair, Pair], value: float = 0) -> np.ndarray:
    """Return (channels, height, width, batch) from (batch, height, width, channels), with margins.

    Parameters
    ----------
    margins : tuple of pairs
        ((top, bottom), (left, right)).
    value : float, default 0
        What the margins are filled with.
    """
    if not any(map(any, margins)):
        return batch_last(x)
    n, h, w, c = x.shape
    (top, bottom), (left, right) = margins
    image = np.full((c, top + h + bottom, left + w + right, n), value, x.dtype)
    without_margins(image, margins)[...] = x.transpose(3, 1, 2, 0)
    return image


def without_margins(x: np.ndarray, margins: tuple[Pair, Pair]) -> np.ndarray:
    """Return the view of x, of shape (channels, height, width, batch), inside its margins."""
    (top, bottom), (left, right) = margins
    return x[:, top : x.shape[1] - bottom, left : x.shape[2] - right]
