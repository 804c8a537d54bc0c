"""Convolution: the same small weighted sum at every place of an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, constraints, initializers, regularizers
from course.engine.activated import ActivatedLayer
from course.engine.layer import Shape
from course.layers.images import channels_last_only, check_images, padding_name, pair
from course.layers.windows import Windows, batch_first, batch_last, padded, without_margins


class Conv2D(ActivatedLayer):
    """Slide small filters over images; each window gives one number a filter::

        z[r, s] = Σ x[r·stride + i, s·stride + j, c] · W[i, j, c] + b,     y = f(z)

    the sum over the rows i, columns j and channels c of the window (a cross-correlation: the
    filter is not flipped). With the windows as the columns of a matrix X ("im2col")::

        z = Wᵀ·X + b,     dW = X·dzᵀ,     db = Σ dz,     dX = W·dz

    and dx gathers, for each cell, the dX of all windows that cover it.

    x of shape (batch, height, width, channels), W of shape (*kernel_size, channels, filters),
    b of shape (filters,), y of shape (batch, rows, columns, filters). The layer learns
    ``kernel_size[0]·kernel_size[1]·channels·filters + filters`` numbers, however large the
    images. With ``padding='valid'`` there are ⌊(height − kernel) / stride⌋ + 1 rows; with
    ``'same'`` ⌈height / stride⌉, zeros around the image, the odd one at the bottom and right.

    Parameters
    ----------
    filters : int
        Number of filters, the channels of the output; at least 1.
    kernel_size : int or pair of int
        Height and width of a window.
    strides : int or pair of int, default (1, 1)
        Cells from one window to the next, down and across.
    padding : {'valid', 'same'}
        Whether windows stay within the image, or zeros surround it.
    data_format : {None, 'channels_last'}
        Channels are the last axis.
    dilation_rate, groups : int, default (1, 1) and 1
        Accepted for the sake of the signature; values other than 1 are refused.
    activation : str, Activation or None, default None
        f; None is the identity.
    use_bias : bool, default True
        Whether there is a b.
    kernel_initializer, bias_initializer : str or Initializer
        Starting values of W and b, by default ``'glorot_uniform'`` and ``'zeros'``.
    kernel_regularizer, bias_regularizer, activity_regularizer : str or Regularizer, optional
        Penalties on W, b and y.
    kernel_constraint, bias_constraint : str or Constraint, optional
        Projections of W and b after each step.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If a size is no whole number of at least 1, a name is unknown, or `data_format`,
        `dilation_rate` or `groups` asks for what this layer does not do.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document
    recognition. Dumoulin and Visin (2016), A guide to convolution arithmetic for deep learning.
    """

    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: str = "valid",
        data_format: str | None = None,
        dilation_rate: Any = (1, 1),
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activation, activity_regularizer=activity_regularizer, **kwargs)
        self.filters = checks.integer("filters", filters, 1)
        self.kernel_size = pair("kernel_size", kernel_size)
        self.strides = pair("strides", strides)
        self.padding = padding_name(padding)
        self.data_format = channels_last_only(data_format)
        self.dilation_rate = pair("dilation_rate", dilation_rate)
        self.groups = checks.integer("groups", groups, 1)
        if self.dilation_rate != (1, 1) or self.groups != 1:
            raise ValueError(
                f"Conv2D has windows without gaps over all channels: dilation_rate and groups "
                f"must be 1, got dilation_rate={dilation_rate!r}, groups={groups!r}. Leave them "
                "out; a larger kernel_size sees as far as dilated windows do."
            )
        self.use_bias = checks.flag("use_bias", use_bias)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.kernel = self.bias = None
        self._windows = Windows(self.kernel_size, self.strides, self.padding)

    def build(self, input_shape: Shape) -> None:
        check_images(self, input_shape, self._windows)
        if input_shape[-1] is None:
            raise ValueError(
                f"Conv2D {self.name!r} needs a known number of channels, got inputs of shape "
                f"{input_shape}."
            )
        self.kernel = self.add_weight(
            "kernel",
            (*self.kernel_size, input_shape[-1], self.filters),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                (self.filters,),
                self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        check_images(self, input_shape, self._windows)
        self.check_features(input_shape, -1, self.kernel.shape[2])
        return (input_shape[0], *self._windows.counts(*input_shape[1:3]), self.filters)

    def linear_forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        W, b, windows = self._matrix(), self.bias, self._windows
        check_images(self, x.shape, windows)  # they may be of any size, so they come as a surprise
        rows, columns = windows.counts(*x.shape[1:3])
        margins = windows.margins(*x.shape[1:3])
        x = padded(x, margins)
        bands = windows.bands(x)
        # Patches of several bands are made again on the way back: to keep them would take as
        # many times the memory of the input as a window has cells.
        X = windows.patches(x, bands[0]) if len(bands) == 1 else None
        parts = [W.T.dot(windows.patches(x, band) if X is None else X) for band in bands]
        z = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        if b is not None:
            z += b.value[:, np.newaxis]
        return batch_first(z.reshape(self.filters, rows, columns, -1)), (x, margins, X)

    def linear_backward(self, dz: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        (x, margins, X), W, b, windows = cache, self._matrix(), self.bias, self._windows
        dz = batch_last(dz)
        if b is not None and b.grad is not None:
            b.grad = np.add.reduce(dz.reshape(self.filters, -1), axis=1)
        dx = np.zeros(x.shape, x.dtype) if need_dx else None
        dW = 0
        for band in windows.bands(x):
            dz_rows = dz[:, band].reshape(self.filters, -1)
            if self.kernel.grad is not None:
                dW += (windows.patches(x, band) if X is None else X).dot(dz_rows.T)
            if need_dx:
                windows.add_patches(W.dot(dz_rows), dx, band)
        if self.kernel.grad is not None:
            self.kernel.grad = dW.reshape(self.kernel.shape)
        return batch_first(without_margins(dx, margins)) if need_dx else None

    def _matrix(self) -> np.ndarray:
        """W with a row for each place in the window, of shape (size·channels, filters)."""
        return self.kernel.value.reshape(-1, self.filters)
