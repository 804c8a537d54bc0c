"""Windows that slide over images: what convolution and pooling have in common.

Images come as (batch, height, width, channels). In here they lie in memory as
(channels, height, width, batch). A row of cells is then one long run of numbers, which NumPy
copies, adds and compares several times faster than a handful of channels here and there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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

    def shifts(self, x: np.ndarray, rows: slice | None = None) -> list[np.ndarray]:
        """Return, for each place in a window, what all windows have there.

        Parameters
        ----------
        x : array of shape (channels, height, width, batch)
            With its margins.
        rows : slice, optional
            Some rows of windows; all by default.

        Returns
        -------
        views : list of arrays of shape (channels, rows, columns, batch)
            Views into x, one for each place, row by row; rows × columns windows.
        """
        first, last = self._ends(x, rows)
        return [x[place] for place in _places(self.size, self.strides, first, last, x.shape[2])]

    def patches(self, x: np.ndarray, rows: slice | None = None) -> np.ndarray:
        """Return the windows as the columns of a matrix ("im2col").

        Parameters
        ----------
        x : array of shape (channels, height, width, batch)
            With its margins, in C order.
        rows : slice, optional
            Some rows of windows; all by default.

        Returns
        -------
        array of shape (size·channels, rows·columns·batch)
            In the order of a kernel of shape (height, width, channels).
        """
        (kh, kw), (sh, sw) = self.size, self.strides
        first, last = self._ends(x, rows)
        channels, _, width, batch = x.shape
        to_channel, down, right, to_image = x.strides
        # All windows in one view, of which `reshape` makes the copy.
        view = np.ndarray(
            (kh, kw, channels, last - first, (width - kw) // sw + 1, batch),
            x.dtype,
            x,
            first * sh * down,
            (down, right, to_channel, sh * down, sw * right, to_image),
        )
        return view.reshape(kh * kw * channels, -1)

    def add_patches(self, columns: np.ndarray, x: np.ndarray, rows: slice | None = None) -> None:
        """Add to the cells of `x` what each window has for them: `patches` the other way round."""
        views = self.shifts(x, rows)
        for view, column in zip(views, columns.reshape(-1, *views[0].shape), strict=True):
            view += column

    def bands(self, x: np.ndarray) -> list[slice]:
        """Return the rows of windows, in parts so small that the copies in `patches` are small."""
        _, rows = self._ends(x)
        a_row = self.size[0] * self.size[1] * x.size // (x.shape[1] * self.strides[1])
        step = max(1, BAND // max(1, a_row))
        return [slice(first, min(first + step, rows)) for first in range(0, rows, step)]

    def _ends(self, x: np.ndarray, rows: slice | None = None) -> Pair:
        """Return where `rows` start and stop; all rows of windows, if None."""
        if rows is not None:
            return rows.start, rows.stop
        return 0, (x.shape[1] - self.size[0]) // self.strides[0] + 1


@lru_cache
def _places(
    size: Pair, strides: Pair, first: int, last: int, width: int
) -> list[tuple[slice, ...]]:
    """Return, for each place in a window, where that is in the windows of rows first to last."""
    (kh, kw), (sh, sw) = size, strides
    top, bottom, right = first * sh, (last - 1) * sh + 1, width - kw + 1
    return [
        (slice(None), slice(top + i, bottom + i, sh), slice(j, right + j, sw))
        for i in range(kh)
        for j in range(kw)
    ]


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
    if not any(map(any, margins)):
        return x
    (top, bottom), (left, right) = margins
    return x[:, top : x.shape[1] - bottom, left : x.shape[2] - right]
