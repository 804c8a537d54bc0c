"""A vector for every word."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, constraints, initializers, older, regularizers
from course.engine.layer import Layer, Shape


class Embedding(Layer):
    """Look up a row of a table for every whole number::

        y = E[i]                                i = x, the row numbers
        dE[k] = Σ dy over all places where i = k

    x of shape (batch, time), or any other, with whole numbers in [0, input_dim); E of shape
    (input_dim, output_dim); y of shape (batch, time, output_dim). It is what a `Dense` without
    bias makes of one-hot vectors, without the products with zero. Whole numbers cannot move a
    little, so there is no dx: :meth:`backward` returns None. The layer learns
    ``input_dim·output_dim`` numbers.

    Parameters
    ----------
    input_dim : int
        How many words there are, at least 1: the largest number is ``input_dim - 1``.
    output_dim : int
        Length of the vectors, at least 1.
    embeddings_initializer : str or Initializer, default 'uniform'
        Starting values of E.
    embeddings_regularizer : str or Regularizer, optional
        A penalty on E; it reaches the words that are not in the batch, too.
    embeddings_constraint : str or Constraint, optional
        A projection of E after each step.
    mask_zero : bool, default False
        Must be False: there are no masks here.
    **kwargs
        See :class:`Layer`. ``input_length=n`` is an older spelling of ``input_shape=(n,)``.

    Raises
    ------
    TypeError, ValueError
        If `input_dim` or `output_dim` is no whole number of at least 1, or `mask_zero` is True;
        when called, if an input is no whole number in [0, input_dim).

    References
    ----------
    Bengio, Ducharme, Vincent and Jauvin (2003), A neural probabilistic language model.
    """

    takes_integers = True

    def __init__(
        self,
        input_dim: int,
        output_dim: int,
        embeddings_initializer: Any = "uniform",
        embeddings_regularizer: Any = None,
        embeddings_constraint: Any = None,
        mask_zero: bool = False,
        **kwargs: Any,
    ) -> None:
        if "input_length" in kwargs:
            older.spelled("Embedding(input_length=n)", "an Input(shape=(n,)) before the Embedding")
            kwargs["input_shape"] = (checks.integer("input_length", kwargs.pop("input_length"), 1),)
        super().__init__(**kwargs)
        self.input_dim = checks.integer("input_dim", input_dim, 1)
        self.output_dim = checks.integer("output_dim", output_dim, 1)
        if checks.flag("mask_zero", mask_zero):
            raise ValueError(
                "mask_zero=True is not supported: every layer would have to know of the mask. "
                "Leave it out; the vector of word 0 is learned like the others."
            )
        self.embeddings_initializer = initializers.get(embeddings_initializer)
        self.embeddings_regularizer = regularizers.get(embeddings_regularizer)
        self.embeddings_constraint = constraints.get(embeddings_constraint)
        self.mask_zero = False
        self.embeddings = None

    def build(self, input_shape: Shape) -> None:
        self.embeddings = self.add_weight(
            "embeddings",
            (self.input_dim, self.output_dim),
            self.embeddings_initializer,
            regularizer=self.embeddings_regularizer,
            constraint=self.embeddings_constraint,
        )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape, self.output_dim)

    def check_data(self, x: np.ndarray) -> None:
        self.row_numbers(x)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        i = self.row_numbers(x)
        return self.embeddings.value.take(i, axis=0), i

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> None:
        i, dE = cache, np.zeros_like(self.embeddings.value)
        # Number by number in one long vector: several times faster than row by row.
        places = i.reshape(-1, 1) * self.output_dim + np.arange(self.output_dim)
        np.add.at(dE.reshape(-1), places.reshape(-1), dy.astype(dE.dtype, copy=False).reshape(-1))
        self.embeddings.grad = dE

    def row_numbers(self, x: np.ndarray) -> np.ndarray:
        """Return `x`, which comes as floats, as whole numbers.

        Raises
        ------
        ValueError
            If one is no whole number in [0, input_dim); the first is named with its place.
        """
        with np.errstate(invalid="ignore"):  # NaN, which is then unequal to any whole number
            i = x.astype(np.intp)
        good = (i == x) & (i >= 0) & (i < self.input_dim)
        if not good.all():
            at = tuple(int(n) for n in np.argwhere(~good)[0])
            raise ValueError(
                f"Embedding {self.name!r} takes whole numbers in [0, {self.input_dim}), got "
                f"{x[at]:g} at {list(at)}. Number the words from 0, or give a larger input_dim."
            )
        return i
