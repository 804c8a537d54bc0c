"""A weight: its value, its gradient and who keeps them."""

from __future__ import annotations

from typing import Any

import numpy as np


class Variable:
    """The identity of one weight array.

    The arrays behind `value` and `grad` may be views into the flat vectors of the model that
    trains the variable. Assigning to either therefore copies into the array; nothing rebinds it.

    Parameters
    ----------
    value : ndarray
        The initial value; its shape and float type stay.
    name : str
        ``'kernel'``, ``'bias'``, ... ; unique within a layer.
    trainable : bool, default True
        False for statistics that no gradient moves, such as moving means.
    regularizer, constraint : callable, optional
        A penalty on the value, and a projection of it after each step.

    Attributes
    ----------
    grad : ndarray or None
        Of the shape of `value`; None where nothing trains the variable, because it is a
        statistic or because its layer is frozen.
    owner : Parameters or None
        The parameter set into whose vectors `value` and `grad` are views.
    """

    __slots__ = ("_grad", "_value", "constraint", "name", "owner", "regularizer", "trainable")

    def __init__(
        self,
        value: np.ndarray,
        name: str,
        *,
        trainable: bool = True,
        regularizer: Any = None,
        constraint: Any = None,
    ) -> None:
        self._value = value
        self._grad = np.zeros_like(value) if trainable else None
        self.name = name
        self.trainable = trainable
        self.regularizer = regularizer
        self.constraint = constraint
        self.owner = None

    @property
    def value(self) -> np.ndarray:
        return self._value

    @value.setter
    def value(self, new: Any) -> None:
        self.assign(new)

    @property
    def grad(self) -> np.ndarray | None:
        return self._grad

    @grad.setter
    def grad(self, new: Any) -> None:
        if self._grad is not None:  # a frozen layer need not know that it is
            self._grad[...] = new

    @property
    def shape(self) -> tuple[int, ...]:
        return self._value.shape

    @property
    def dtype(self) -> np.dtype:
        return self._value.dtype

    @property
    def size(self) -> int:
        return self._value.size

    def assign(self, new: Any) -> None:
        """Copy `new` into the value.

        Raises
        ------
        ValueError
            If the shape of `new` is not that of the variable.
        """
        new = np.asarray(new)
        if new.shape != self._value.shape:
            raise ValueError(
                f"Variable {self.name!r} has shape {self._value.shape}; it cannot take a value "
                f"of shape {new.shape}."
            )
        self._value[...] = new

    def numpy(self) -> np.ndarray:
        """Return a copy of the value."""
        return self._value.copy()

    def bind(self, value: np.ndarray, grad: np.ndarray | None, owner: Any) -> None:
        """Move into the arrays of `owner`, taking the value along."""
        value[...] = self._value
        self._value, self._grad, self.owner = value, grad, owner

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self._value, dtype=dtype, copy=copy)

    def __repr__(self) -> str:
        return f"Variable(name={self.name!r}, shape={self.shape}, dtype={self.dtype})"
