"""The fully connected layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, constraints, initializers, regularizers
from course.constants import ones
from course.engine.activated import ActivatedLayer
from course.engine.layer import Shape


class Dense(ActivatedLayer):
    """Every output is a weighted sum of all inputs, bent by an activation::

        z = x·W + b,     y = f(z)
        dW = xᵀ·dz,      db = Σ dz over the batch,      dx = dz·Wᵀ

    x of shape (batch, n), W of shape (n, units), b of shape (units,), y of shape (batch, units).
    An input of higher rank, such as (batch, time, n), is treated along its last axis.
    The layer learns ``n·units + units`` numbers.

    Parameters
    ----------
    units : int
        Number of outputs, at least 1.
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
        If `units` is no whole number of at least 1, or a name is unknown.

    References
    ----------
    Rumelhart, Hinton and Williams (1986), Learning representations by back-propagating errors.
    """

    def __init__(
        self,
        units: int,
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
        self.units = checks.integer("units", units, 1)
        self.use_bias = checks.flag("use_bias", use_bias)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.bias_initializer = initializers.get(bias_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.bias_constraint = constraints.get(bias_constraint)
        self.kernel = self.bias = None

    def build(self, input_shape: Shape) -> None:
        if isinstance(input_shape, list):
            raise ValueError(
                f"Dense {self.name!r} takes one input, got {len(input_shape)}, of shapes "
                f"{input_shape}. Merge them first, for instance by Concatenate()([a, b])."
            )
        if len(input_shape) < 2 or input_shape[-1] is None:
            raise ValueError(
                f"Dense {self.name!r} needs inputs of shape (batch, features) with a known number "
                f"of features, got {input_shape}."
            )
        self.kernel = self.add_weight(
            "kernel",
            (input_shape[-1], self.units),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
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
        self.check_features(input_shape, -1, len(self.kernel.value))
        return (*input_shape[:-1], self.units)

    def linear_forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        W, b = self.kernel, self.bias
        z = x.dot(W.value) if x.ndim == 2 else along_last_axis(x, W.value)
        if b is not None:
            z += b.value
        return z, x

    def linear_backward(self, dz: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x, W, b = cache, self.kernel, self.bias
        if dz.ndim > 2:  # every place along the inner axes is one more sample
            x_rows, dz_rows = x.reshape(-1, x.shape[-1]), dz.reshape(-1, self.units)
            dx = self.linear_backward(dz_rows, x_rows, need_dx)
            return dx.reshape(x.shape) if need_dx else None
        w = W.value
        dx = dz.dot(w.T) if need_dx else None
        if x.dtype is not dz.dtype or dz.dtype is not w.dtype:  # a neighbour has another one
            x, dz = x.astype(w.dtype, copy=False), dz.astype(w.dtype, copy=False)
        if W.grad is not None:
            x.T.dot(dz, W.grad)
        if b is not None and b.grad is not None:
            ones(len(dz), dz.dtype).dot(dz, b.grad)
        return dx


def along_last_axis(x: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return x·W for an x of rank 3 or more, laid out as a matrix.

    The method `dot` is twice as fast as ``@`` on small matrices, but slow on higher ranks.
    """
    return x.reshape(-1, len(W)).dot(W).reshape(*x.shape[:-1], W.shape[1])
