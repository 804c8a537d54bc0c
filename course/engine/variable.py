"""A weight: its value, its gradient and who keeps them."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks


class Variable:
    """The identity of one weight array.

    The arrays behind `value` and `grad` may be views into the flat vectors of the model that
    trains the variable. Assigning to either therefore copies into the array; only :meth:`bind`
    puts another array in its place. (Plain attributes, guarded when they are set: each is read
    several times in every step, and a property would cost a call each time.)

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
    value : ndarray
        The weights themselves.
    grad : ndarray or None
        Of the shape of `value`; None where nothing trains the variable, because it is a
        statistic or because its layer is frozen.
    owner : Parameters or None
        The parameter set into whose vectors `value` and `grad` are views.
    """

    __slots__ = ("constraint", "grad", "name", "owner", "regularizer", "trainable", "value")

    def __init__(
        self,
        value: np.ndarray,
        name: str,
        *,
        trainable: bool = True,
        regularizer: Any = None,
        constraint: Any = None,
    ) -> None:
        self._put(value, np.zeros_like(value) if trainable else None)
        self.name = name
        self.trainable = trainable
        self.regularizer = regularizer
        self.constraint = constraint
        self.owner = None

    def __setattr__(self, attribute: str, new: Any) -> None:
        if attribute == "value":
            self.assign(new)
        elif attribute != "grad":
            object.__setattr__(self, attribute, new)
        elif self.grad is not None:  # a frozen layer need not know that it is
            self.grad[...] = new

    def _put(self, value: np.ndarray, grad: np.ndarray | None) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "grad", grad)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def dtype(self) -> np.dtype:
        return self.value.dtype

    @property
    def size(self) -> int:
        return self.value.size

    def assign(self, new: Any) -> None:
        """Copy `new` into the value.

        Raises
        ------
        TypeError, ValueError
            If `new` holds no numbers, or some that are too large, or its shape is not that of the
            variable.
        """
        new = checks.fitting(f"The new value of {self.name!r}", new, self.value.dtype)
        if new.shape != self.value.shape:
            raise ValueError(
                f"Variable {self.name!r} has shape {self.value.shape}; it cannot take a value "
                f"of shape {new.shape}."
            )
        self.value[...] = new

    def numpy(self) -> np.ndarray:
        """Return a copy of the value."""
        return self.value.copy()

    def bind(self, value: np.ndarray, grad: np.ndarray | None, owner: Any) -> None:
        """Move into the arrays of `owner`, taking the value along."""
        value[...] = self.value
        self._put(value, grad)
        self.owner = owner

    def __getstate__(self) -> dict[str, Any]:
        # A copy belongs to nobody: whoever trains it lays it out anew.
        return {name: getattr(self, name) for name in self.__slots__} | {"owner": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, kept in state.items():
            object.__setattr__(self, name, kept)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.value, dtype=dtype, copy=copy)

    def __repr__(self) -> str:
        return f"Variable(name={self.name!r}, shape={self.shape}, dtype={self.dtype})"
