"""Pooling: one number for each window of an image, and nothing to learn."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer, Shape
from course.layers.images import channels_last_only, check_images, padding_name, pair
from course.layers.windows import Windows, batch_first, batch_last, padded, without_margins


class Pooling2D(Layer):
    """What the layers that pool over windows share: sizes, and the shape of the output.

    Parameters
    ----------
    pool_size : int or pair of int, default (2, 2)
        Height and width of a window.
    strides : int or pair of int, optional
        Cells from one window to the next; `pool_size` by default, windows side by side.
    padding : {'valid', 'same'}
        Whether cells that fill no whole window are left out, or the image is extended.
    data_format : {None, 'channels_last'}
        Channels are the last axis.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If a size is no whole number of at least 1, or a name is unknown.
    """

    def __init__(
        self,
        pool_size: Any = (2, 2),
        strides: Any = None,
        padding: str = "valid",
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.pool_size = pair("pool_size", pool_size)
        self.strides = self.pool_size if strides is None else pair("strides", strides)
        self.padding = padding_name(padding)
        self.data_format = channels_last_only(data_format)
        self._windows = Windows(self.pool_size, self.strides, self.padding)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        check_images(self, input_shape, self._windows)
        return (input_shape[0], *self._windows.counts(*input_shape[1:3]), input_shape[-1])

    def _framed(self, x: np.ndarray, value: float) -> tuple[np.ndarray, Any]:
        """Return the images with margins of `value`, batch last, and the sizes of the margins."""
        check_images(self, x.shape, self._windows)
        margins = self._windows.margins(*x.shape[1:3])
        return padded(x, margins, value), margins


class MaxPooling2D(Pooling2D):
    """The largest number of each window, channel by channel::

        y = max x over the window
        dx = dy at the place of the maximum, 0 elsewhere

    Where several places of a window tie, the first of them, row by row, gets the gradient. With
    ``padding='same'`` the image is extended by −∞, which no maximum sees.

    x of shape (batch, height, width, channels), y of shape (batch, rows, columns, channels).

    Parameters
    ----------
    pool_size, strides, padding, data_format, **kwargs
        See :class:`Pooling2D`.

    References
    ----------
    Scherer, Müller and Behnke (2010), Evaluation of pooling operations in convolutional
    architectures for object recognition.
    """

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        x, margins = self._framed(x, -np.inf)
        first, *others = self._windows.shifts(x)
        y = first.copy()
        for other in others:
            np.maximum(y, other, out=y)
        return batch_first(y), (x, y, margins)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        if not need_dx:
            return None
        x, y, margins = cache
        dx, overlap = np.zeros(x.shape, x.dtype), self._windows.overlap
        left = batch_last(dy).copy()  # what no place of its window has got yet
        for here, dx_here in zip(self._windows.shifts(x), self._windows.shifts(dx), strict=True):
            share = left * (here == y)
            left -= share
            if overlap:
                dx_here += share
            else:
                dx_here[...] = share
        return batch_first(without_margins(dx, margins))


class AveragePooling2D(Pooling2D):
    """The mean of each window, channel by channel::

        y = Σ x / count over the window,      dx = Σ dy / count over the windows of the cell

    With ``padding='same'`` a window at the edge counts the cells of the image only.

    x of shape (batch, height, width, channels), y of shape (batch, rows, columns, channels).

    Parameters
    ----------
    pool_size, strides, padding, data_format, **kwargs
        See :class:`Pooling2D`.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document
    recognition.
    """

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        x, margins = self._framed(x, 0)
        count = self._count(x, margins)
        return batch_first(self._total(x) / count), (x.shape, count, margins)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        if not need_dx:
            return None
        shape, count, margins = cache
        share = batch_last(dy) / count
        dx = np.zeros(shape, share.dtype)
        for here in self._windows.shifts(dx):
            here += share
        return batch_first(without_margins(dx, margins))

    def _total(self, x: np.ndarray) -> np.ndarray:
        first, *others = self._windows.shifts(x)
        total = first.copy()
        for other in others:
            total += other
        return total

    def _count(self, x: np.ndarray, margins: Any) -> Any:
        """How many cells of the image each window has, of shape (1, rows, columns, 1)."""
        if not any(map(any, margins)):
            return prod(self.pool_size)
        cells = np.zeros((1, *x.shape[1:3], 1), x.dtype)
        without_margins(cells, margins)[...] = 1
        return self._total(cells)


class GlobalAveragePooling2D(Layer):
    """The mean of each channel over the whole image::

        y = mean x over height and width,     dx = dy / (height·width)

    x of shape (batch, height, width, channels), y of shape (batch, channels), or
    (batch, 1, 1, channels) with `keepdims`.

    Parameters
    ----------
    data_format : {None, 'channels_last'}
        Channels are the last axis.
    keepdims : bool, default False
        Whether height and width stay, as axes of length 1.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If `keepdims` is neither True nor False, or `data_format` is another.

    References
    ----------
    Lin, Chen and Yan (2014), Network in network.
    """

    def __init__(
        self, data_format: str | None = None, keepdims: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.data_format = channels_last_only(data_format)
        self.keepdims = checks.flag("keepdims", keepdims)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        check_images(self, input_shape)
        batch, _, _, channels = input_shape
        return (batch, 1, 1, channels) if self.keepdims else (batch, channels)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x.mean(axis=(1, 2), keepdims=self.keepdims), x.shape

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        n, height, width, channels = cache
        dy = dy.reshape(n, 1, 1, channels) / (height * width)
        return np.broadcast_to(dy, cache) if need_dx else None
