"""A loss of one's own: a function and its gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course import checks
from course.losses.loss import Loss

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Custom(Loss):
    """A loss made of two functions::

        ℓ = function(y_true, y_pred)        ∂ℓ/∂ŷ = gradient(y_true, y_pred)

    Parameters
    ----------
    function : callable
        Takes `y_true` and `y_pred` of shape (n, ..., k), returns one value for each sample,
        of shape (n, ...).
    gradient : callable
        Takes the same, returns for each sample the derivatives of its value with respect to
        its outputs, of the shape of `y_pred`.
    name : str, optional
        By default the name of `function`.
    reduction
        See :class:`Loss`.

    Raises
    ------
    TypeError
        If either cannot be called.
    ValueError
        In use, if either returns another shape.

    Examples
    --------
    >>> cubic = Custom(
    ...     lambda y, p: (abs(p - y) ** 3).mean(axis=-1),
    ...     lambda y, p: 3 * (p - y) * abs(p - y) / y.shape[-1],
    ...     name="cubic",
    ... )
    >>> cubic([[0.0]], [[2.0]])
    8.0
    """

    def __init__(
        self,
        function: Function,
        gradient: Function,
        name: str | None = None,
        reduction: str | None = "sum_over_batch_size",
    ) -> None:
        for argument, given in (("function", function), ("gradient", gradient)):
            if not callable(given):
                raise TypeError(
                    f"{argument} must be a function of (y_true, y_pred), got {given!r}."
                )
        super().__init__(
            reduction, checks.text("name", name, getattr(function, "__name__", "custom"))
        )
        self.function = function
        self.gradient = gradient

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, None]:
        values = np.asarray(self.function(y_true, y_pred), y_pred.dtype)
        if values.shape != y_pred.shape[:-1]:
            raise ValueError(
                f"The function of the loss {self.name!r} must return one value for each sample, "
                f"shape {y_pred.shape[:-1]}, got shape {values.shape}. "
                "Average over the last axis: np.mean(..., axis=-1)."
            )
        return values, None

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: None) -> np.ndarray:
        d = np.array(self.gradient(y_true, y_pred), y_pred.dtype)
        if d.shape != y_pred.shape:
            raise ValueError(
                f"The gradient of the loss {self.name!r} must have the shape of y_pred, "
                f"{y_pred.shape}, got shape {d.shape}."
            )
        return d

    def get_config(self) -> dict[str, Any]:
        raise TypeError(
            f"The loss {self.name!r} holds Python functions, which cannot be written to a file. "
            "Save the model without it and compile again after loading."
        )
