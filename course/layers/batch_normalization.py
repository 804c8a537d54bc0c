"""Normalize each feature over the batch."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, constraints, initializers, regularizers
from course.engine.layer import Layer, Shape


class BatchNormalization(Layer):
    """Batch normalization, over every axis but `axis`::

        training:    μ = mean(x),  σ² = mean((x − μ)²)       of the batch, biased
        inference:   μ, σ² = the moving averages
        x̂ = (x − μ) / √(σ² + ε),     y = γ·x̂ + β
        moving ← moving·momentum + batch·(1 − momentum)

        dβ = Σ dy,   dγ = Σ dy·x̂
        dx = γ / √(σ² + ε) · (dy − mean(dy) − x̂·mean(dy·x̂))        training
        dx = γ / √(σ² + ε) · dy                                    inference

    Input and output have the same shape. Weights in the order of `get_weights`: γ, β, moving
    mean, moving variance, each of shape (features,). A layer with ``trainable=False`` works as
    in inference, whatever the model does.

    Parameters
    ----------
    axis : int, default -1
        The axis of the features.
    momentum : float, default 0.99
        In [0, 1]: how slowly the moving averages follow.
    epsilon : float, default 1e-3
        ε, which keeps the division finite.
    center, scale : bool, default True
        Whether there is a β, and a γ.
    beta_initializer, gamma_initializer : str or Initializer, default 'zeros' and 'ones'
        Starting values of β and γ.
    moving_mean_initializer, moving_variance_initializer : str or Initializer
        Starting values of what inference normalizes by; ``'zeros'`` and ``'ones'`` by default.
    beta_regularizer, gamma_regularizer : str or Regularizer, optional
        Penalties.
    beta_constraint, gamma_constraint : str or Constraint, optional
        Projections after each step.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or `axis` is the batch.

    References
    ----------
    Ioffe and Szegedy (2015), Batch normalization: accelerating deep network training.
    """

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.axis = checks.integer("axis", axis)
        if self.axis == 0:
            raise ValueError("BatchNormalization averages over the batch: axis must not be 0.")
        self.momentum = checks.number("momentum", momentum, 0, 1)
        self.epsilon = checks.number("epsilon", epsilon, above=0)
        self.center, self.scale = checks.flag("center", center), checks.flag("scale", scale)
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.gamma = self.beta = self.moving_mean = self.moving_variance = None

    def build(self, input_shape: Shape) -> None:
        rank = len(input_shape)
        if not -rank < self.axis < rank:
            raise ValueError(f"axis={self.axis} does not fit inputs of shape {input_shape}.")
        axis = self.axis % rank
        shape = (input_shape[axis],)
        if None in shape:
            raise ValueError(
                f"BatchNormalization {self.name!r} needs to know the number of features, axis="
                f"{self.axis}, got inputs of shape {input_shape}."
            )
        self._others = tuple(a for a in range(rank) if a != axis)
        # Where the features are not last, parameters broadcast as (features, 1, ..., 1).
        self._broadcast = (-1,) + (1,) * (rank - 1 - axis)
        if self.scale:
            self.gamma = self.add_weight(
                "gamma",
                shape,
                self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
            )
        if self.center:
            self.beta = self.add_weight(
                "beta",
                shape,
                self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
            )
        self.moving_mean = self.add_weight(
            "moving_mean", shape, self.moving_mean_initializer, trainable=False
        )
        self.moving_variance = self.add_weight(
            "moving_variance", shape, self.moving_variance_initializer, trainable=False
        )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        rank = len(self._others) + 1
        if len(input_shape) != rank:
            raise ValueError(
                f"BatchNormalization {self.name!r} was built for inputs of rank {rank}, batch "
                f"included, got {input_shape}."
            )
        self.check_features(input_shape, self.axis, self.moving_mean.size)
        return input_shape

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        use_batch = training and self.trainable
        if use_batch:
            mu = x.mean(axis=self._others)
            x_hat = x - mu.reshape(self._broadcast)
            variance = (x_hat * x_hat).mean(axis=self._others)
            self._follow(mu, variance)
        else:
            x_hat = x - self.moving_mean.value.reshape(self._broadcast)
            variance = self.moving_variance.value
        inverse = (1 / np.sqrt(variance + self.epsilon)).reshape(self._broadcast)
        x_hat *= inverse
        y = x_hat if self.gamma is None else x_hat * self._spread(self.gamma)
        if self.beta is not None:
            y = y + self._spread(self.beta)
        return y, (x_hat, inverse, use_batch)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x_hat, inverse, use_batch = cache
        dy_sum = dy.sum(axis=self._others)
        dy_x_hat_sum = (dy * x_hat).sum(axis=self._others)
        if self.beta is not None and self.beta.grad is not None:
            self.beta.grad[...] = dy_sum
        if self.gamma is not None and self.gamma.grad is not None:
            self.gamma.grad[...] = dy_x_hat_sum
        if not need_dx:
            return None
        dx = dy
        if use_batch:
            count = dy.size // dy_sum.size
            mean_dy = (dy_sum / count).reshape(self._broadcast)
            mean_dy_x_hat = (dy_x_hat_sum / count).reshape(self._broadcast)
            dx = dy - mean_dy - x_hat * mean_dy_x_hat
        return dx * (inverse if self.gamma is None else inverse * self._spread(self.gamma))

    def _follow(self, mu: np.ndarray, variance: np.ndarray) -> None:
        """Let the moving averages follow the batch."""
        for moving, batch in ((self.moving_mean, mu), (self.moving_variance, variance)):
            value = moving.value
            value *= self.momentum
            value += (1 - self.momentum) * batch

    def _spread(self, variable: Any) -> np.ndarray:
        return variable.value.reshape(self._broadcast)
