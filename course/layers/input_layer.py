"""Where data enters a model."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.engine.layer import Layer
from course.engine.symbolic import Node, Tensor


class InputLayer(Layer):
    """The entry of a model; it hands its input on.

    Parameters
    ----------
    shape : tuple of int
        Shape of one sample, without the batch: ``(2,)``, ``(28, 28, 1)``. None stands for a
        size that may differ from batch to batch.
    batch_size : int, optional
        Known to the symbolic shapes; data may come in batches of any size all the same.
    dtype : str, optional
        What kind of numbers enter, ``'int32'`` before an `Embedding`. For the reader and the
        file: all numbers are computed with as :func:`config.floatx`, which is the default.
    batch_shape : tuple of int, optional
        ``(batch_size, *shape)``, in place of both.
    name : str, optional
        ``'input_layer'`` by default.

    Raises
    ------
    TypeError, ValueError
        If the shape is missing, given twice, or no tuple of whole numbers of at least 1; if
        `dtype` names no real numbers.
    """

    def __init__(
        self,
        shape: tuple[int | None, ...] | None = None,
        batch_size: int | None = None,
        dtype: Any = None,
        *,
        batch_shape: tuple[int | None, ...] | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name=name)
        if batch_shape is not None:
            if shape is not None or batch_size is not None:
                raise ValueError("Give either batch_shape, or shape and batch_size, not both.")
            batch_size, *shape = _sizes("batch_shape", batch_shape)
        sizes = _sizes("shape", shape)
        if batch_size is not None:
            checks.integer("batch_size", batch_size, 1)
        self.batch_shape = (batch_size, *sizes)
        self.dtype = config.floatx() if dtype is None else _number_type(dtype)
        self.built = True
        self._entry = Tensor(self.batch_shape, Node(self, [], False, None))

    @property
    def output(self) -> Tensor:
        """The symbolic tensor through which data enters."""
        return self._entry

    input = output

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make this input again."""
        return {"batch_shape": list(self.batch_shape), "dtype": self.dtype, "name": self.name}

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x, None

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy


def Input(
    shape: tuple[int | None, ...] | None = None,
    batch_size: int | None = None,
    dtype: Any = None,
    *,
    batch_shape: tuple[int | None, ...] | None = None,
    name: str | None = None,
) -> Tensor:
    """Return a symbolic tensor through which data will enter: ``Input(shape=(2,))``.

    Parameters
    ----------
    shape, batch_size, dtype, batch_shape, name
        See :class:`InputLayer`.
    """
    return InputLayer(shape, batch_size, dtype, batch_shape=batch_shape, name=name).output


def _sizes(argument: str, shape: Any) -> list[int | None]:
    is_whole, example = argument == "batch_shape", "(2,) for two features"
    if not isinstance(shape, tuple | list):
        example = "(None, 2) for any batch of two features" if is_whole else example
        raise TypeError(f"Input({argument}=...) takes a tuple such as {example}, got {shape!r}.")
    if is_whole and not shape:
        raise ValueError("batch_shape starts with the batch, such as (None, 2), got ().")
    return [None if n is None else checks.integer(argument, n, 1) for n in shape]


def _number_type(dtype: Any) -> str:
    try:
        kind = np.dtype(dtype)
    except TypeError:
        kind = np.dtype(object)
    if kind.kind not in "fiub":
        raise ValueError(
            f"dtype must name real numbers, such as 'float32' or 'int32', got {dtype!r}. Encode "
            "text as numbers first."
        )
    return kind.name
