"""Normalize each sample by itself."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from course import checks, constraints, initializers, regularizers
from course.engine.layer import Layer, Shape


class LayerNormalization(Layer):
    """Layer normalization, over `axis` of each sample::

        μ = mean(x),   σ² = mean((x − μ)²)       over axis, for every sample by itself
        x̂ = (x − μ) / √(σ² + ε),     y = γ·x̂ + β

        dβ = Σ dy,   dγ = Σ dy·x̂                 over all other axes
        g = γ·dy,    dx = (g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε)

    Input and output have the same shape; γ and β have the shape of the axes that are
    normalized. Unlike `BatchNormalization`, it needs no batch, keeps no moving averages and
    does the same in training and inference.

    Parameters
    ----------
    axis : int or tuple of int, default -1
        The axis or axes over which mean and variance are taken: the features.
    epsilon : float, default 1e-3
        ε, which keeps the division finite.
    center, scale : bool, default True
        Whether there is a β, and a γ.
    beta_initializer, gamma_initializer : str or Initializer, default 'zeros' and 'ones'
        Starting values of β and γ.
    beta_regularizer, gamma_regularizer : str or Regularizer, optional
        Penalties.
    beta_constraint, gamma_constraint : str or Constraint, optional
        Projections after each step.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, `axis` holds the batch or an axis twice.

    References
    ----------
    Ba, Kiros and Hinton (2016), Layer normalization.
    """

    def __init__(
        self,
        axis: int | tuple[int, ...] = -1,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        several = isinstance(axis, list | tuple)
        axes = tuple(checks.integer("axis", a) for a in (axis if several else [axis]))
        if not axes or 0 in axes:
            raise ValueError(
                f"LayerNormalization works within each sample: axis={axis} must name at least "
                "one axis, and not the batch (0)."
            )
        self.axis = axes if several else axes[0]
        self.epsilon = checks.number("epsilon", epsilon, above=0)
        self.center, self.scale = checks.flag("center", center), checks.flag("scale", scale)
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.gamma = self.beta = None

    def build(self, input_shape: Shape) -> None:
        self._find_axes(input_shape)
        if self.scale:
            self.gamma = self.add_weight(
                "gamma",
                self._sizes,
                self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
            )
        if self.center:
            self.beta = self.add_weight(
                "beta",
                self._sizes,
                self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
            )

    def _find_axes(self, input_shape: Shape) -> None:
        """Note which axes of such inputs are normalized, their sizes, and which are not."""
        rank = len(input_shape)
        axes = self.axis if isinstance(self.axis, tuple) else (self.axis,)
        inside = {a % rank for a in axes if -rank < a < rank}
        if len(inside) < len(axes):
            raise ValueError(
                f"axis={self.axis} does not fit inputs of shape {input_shape}: it must name "
                "different axes, the batch left out."
            )
        self._axes = tuple(sorted(inside))
        self._others = tuple(a for a in range(rank) if a not in inside)
        self._sizes = tuple(input_shape[a] for a in self._axes)
        # Along the axes that are not normalized, γ and β are repeated.
        self._broadcast = tuple(input_shape[a] if a in inside else 1 for a in range(rank))
        if None in self._sizes:
            raise ValueError(
                f"LayerNormalization {self.name!r} needs to know the sizes along axis="
                f"{self.axis}, got inputs of shape {input_shape}."
            )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        fits = len(input_shape) == len(self._broadcast)
        if not fits or tuple(input_shape[a] for a in self._axes) != self._sizes:
            built_for = tuple(n if a in self._axes else None for a, n in enumerate(self._broadcast))
            raise ValueError(
                f"LayerNormalization {self.name!r} was built for inputs of shape {built_for}, got "
                f"{input_shape}."
            )
        return input_shape

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        x_hat = x - self._mean(x)
        inverse = 1 / np.sqrt(self._mean(x_hat * x_hat) + self.epsilon)
        x_hat *= inverse
        y = x_hat if self.gamma is None else x_hat * self._spread(self.gamma)
        if self.beta is not None:
            y = y + self._spread(self.beta)
        return y, (x_hat, inverse)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x_hat, inverse = cache
        if self.beta is not None:
            self.beta.grad = dy.sum(axis=self._others)
        if self.gamma is not None:
            self.gamma.grad = (dy * x_hat).sum(axis=self._others)
        if not need_dx:
            return None
        g = dy if self.gamma is None else dy * self._spread(self.gamma)
        return (g - self._mean(g) - x_hat * self._mean(g * x_hat)) * inverse

    def _mean(self, a: np.ndarray) -> np.ndarray:
        return np.add.reduce(a, axis=self._axes, keepdims=True) / prod(self._sizes)

    def _spread(self, variable: Any) -> np.ndarray:
        return variable.value.reshape(self._broadcast)
