"""The simplest recurrent layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import activations, checks, config, constraints, initializers, regularizers
from course.engine.layer import Layer, Shape
from course.layers.dense import along_last_axis
from course.layers.dropout import draw_mask


class SimpleRNN(Layer):
    """A layer that reads a sequence and carries a state h from one time to the next::

        z[t] = x[t]·W + h[t−1]·U + b,     h[t] = f(z[t]),     h[−1] = 0
        y = h[last], or all h with return_sequences

    Back-propagation through time runs the other way, from the last step to the first; dh gathers
    what comes from y and from the step after::

        dz[t] = f'(z[t])·dh[t],     dh[t−1] = dy[t−1] + dz[t]·Uᵀ
        dW = Σ x[t]ᵀ·dz[t],   dU = Σ h[t−1]ᵀ·dz[t],   db = Σ dz[t],   dx[t] = dz[t]·Wᵀ

    x of shape (batch, time, n), W of shape (n, units), U of shape (units, units), b of shape
    (units,); y of shape (batch, units), or (batch, time, units) with `return_sequences`. The
    same weights serve at every step, so the layer learns ``(n + units + 1)·units`` numbers
    whatever the length. The gradient passes U once for each step: it vanishes or explodes over
    long sequences as it does in deep networks.

    Parameters
    ----------
    units : int
        Length of the state, at least 1.
    activation : str, Activation or None, default 'tanh'
        f, applied at every step.
    use_bias : bool, default True
        Whether there is a b.
    kernel_initializer, recurrent_initializer, bias_initializer : str or Initializer
        Starting values of W, U and b, by default ``'glorot_uniform'``, ``'orthogonal'`` and
        ``'zeros'``.
    kernel_regularizer, recurrent_regularizer, bias_regularizer : str or Regularizer, optional
        Penalties on W, U and b.
    activity_regularizer : str or Regularizer, optional
        A penalty on y.
    kernel_constraint, recurrent_constraint, bias_constraint : str or Constraint, optional
        Projections of W, U and b after each step.
    dropout, recurrent_dropout : float, default 0
        The fractions of x and of h[t−1] that are dropped in training, in [0, 1]. One mask is
        drawn for a sequence, and holds at all its times.
    return_sequences : bool, default False
        Whether y holds every h, not only the last.
    return_state, stateful : bool, default False
        Must be False: a layer keeps nothing between two batches, and returns one array.
    go_backwards : bool, default False
        Whether the sequence is read from its end. With `return_sequences`, y is in the order of
        reading.
    unroll : bool, default False
        Changes nothing: NumPy has no loop to unroll.
    seed : int, optional
        Makes the sequence of dropout masks repeat.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, unknown or not supported, or the inputs are not of shape
        (batch, time, features).

    References
    ----------
    Elman (1990), Finding structure in time. Werbos (1990), Backpropagation through time: what it
    does and how to do it. Gal and Ghahramani (2016), A theoretically grounded application of
    dropout in recurrent neural networks.
    """

    def __init__(
        self,
        units: int,
        activation: Any = "tanh",
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        recurrent_initializer: Any = "orthogonal",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        recurrent_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        recurrent_constraint: Any = None,
        bias_constraint: Any = None,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        _refuse(return_state, stateful)
        self.units = checks.integer("units", units, 1)
        self.activation = activations.get(activation)
        self.use_bias = checks.flag("use_bias", use_bias)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.recurrent_initializer = initializers.get(recurrent_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.recurrent_regularizer = regularizers.get(recurrent_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.recurrent_constraint = constraints.get(recurrent_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.dropout = checks.number("dropout", dropout, 0, 1)
        self.recurrent_dropout = checks.number("recurrent_dropout", recurrent_dropout, 0, 1)
        self.return_sequences = checks.flag("return_sequences", return_sequences)
        self.go_backwards = checks.flag("go_backwards", go_backwards)
        self.return_state, self.stateful = False, False
        self.unroll = checks.flag("unroll", unroll)
        self.seed = seed
        self.generator = None if seed is None else config.generator(seed)
        self.kernel = self.recurrent_kernel = self.bias = None

    def build(self, input_shape: Shape) -> None:
        if len(input_shape) != 3 or input_shape[-1] is None:
            raise ValueError(
                f"SimpleRNN {self.name!r} needs inputs of shape (batch, time, features) with a "
                f"known number of features, got {input_shape}. For one feature, add an axis: "
                "x[..., None]."
            )
        self.kernel = self.add_weight(
            "kernel",
            (input_shape[-1], self.units),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.recurrent_kernel = self.add_weight(
            "recurrent_kernel",
            (self.units, self.units),
            self.recurrent_initializer,
            regularizer=self.recurrent_regularizer,
            constraint=self.recurrent_constraint,
        )
        if self.use_bias:
            self.bias = self.add_weight(
                "bias",
                (self.units,),
                self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 3:
            raise ValueError(
                f"SimpleRNN {self.name!r} needs inputs of shape (batch, time, features), got "
                f"{input_shape}."
            )
        self.check_features(input_shape, -1, len(self.kernel.value))
        return (*input_shape[: 2 if self.return_sequences else 1], self.units)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        W, U, b, f = self.kernel, self.recurrent_kernel.value, self.bias, self.activation
        mask_x, mask_h = self._masks(x, training)
        x = _masked(self._time_first(x), mask_x)
        z = along_last_axis(x, W.value)  # the share of x, for all steps in one product
        if b is not None:
            z += b.value
        h = np.zeros((len(z) + 1, *z.shape[1:]), z.dtype)  # h[0] is the state before the first step
        for t in range(len(z)):
            z[t] += _masked(h[t], mask_h).dot(U)
            f.forward(z[t], out=h[t + 1])
        y = h[1:].swapaxes(0, 1) if self.return_sequences else h[-1]
        return y, (x, z, h, mask_x, mask_h)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x, z, h, mask_x, mask_h = cache
        W, U, b, f = self.kernel, self.recurrent_kernel, self.bias, self.activation
        dh, dz = 0 if self.return_sequences else dy, np.empty_like(z)
        for t in reversed(range(len(z))):
            if self.return_sequences:
                dh = dh + dy[:, t]
            dz[t] = f.backward(dh, z[t], h[t + 1])
            dh = _masked(dz[t].dot(U.value.T), mask_h)
        W.grad = _sum_of_products(x, dz)
        U.grad = _sum_of_products(_masked(h[:-1], mask_h), dz)
        if b is not None:
            b.grad = dz.sum(axis=(0, 1))
        if not need_dx:
            return None
        dx = _masked(along_last_axis(dz, W.value.T), mask_x)
        return (dx[::-1] if self.go_backwards else dx).swapaxes(0, 1)

    def _time_first(self, x: np.ndarray) -> np.ndarray:
        """Return `x` as (time, batch, features), in the order of reading and of memory."""
        x = x.swapaxes(0, 1)
        return np.ascontiguousarray(x[::-1] if self.go_backwards else x)

    def _masks(self, x: np.ndarray, training: bool) -> tuple[Any, Any]:
        """Return the dropout masks of x[t] and h[t−1] for all times, None where nothing falls."""
        generator = self.generator or config.generator()
        sizes = ((self.dropout, x.shape[-1]), (self.recurrent_dropout, self.units))
        mask_x, mask_h = (
            draw_mask(generator, (len(x), n), rate, x.dtype) if training and rate else None
            for rate, n in sizes
        )
        return mask_x, mask_h


def _masked(a: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    return a if mask is None else a * mask


def _sum_of_products(x: np.ndarray, dz: np.ndarray) -> np.ndarray:
    """Return Σ x[t]ᵀ·dz[t] over all times, in one product."""
    return x.reshape(-1, x.shape[-1]).T.dot(dz.reshape(-1, dz.shape[-1]))


def _refuse(return_state: bool, stateful: bool) -> None:
    """Say what to do instead of what is not supported."""
    if checks.flag("return_state", return_state):
        raise ValueError(
            "return_state=True is not supported: a layer returns one array. The last state is what "
            "the layer returns without return_sequences; with it, it is y[:, -1]."
        )
    if checks.flag("stateful", stateful):
        raise ValueError(
            "stateful=True is not supported: a layer keeps nothing between two batches. Give whole "
            "sequences as samples."
        )
