"""Switch units off at random while training."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.engine.layer import Layer, Shape


class Dropout(Layer):
    """Inverted dropout::

        training:    y = x·m / (1 − rate),   m = 0 with probability rate, else 1
        inference:   y = x

    A new mask, an entry for each number of x, is drawn at every step. Dividing by ``1 − rate``
    keeps the mean of the output, so that nothing needs scaling at test time. Input and output
    have the same shape.

    Parameters
    ----------
    rate : float
        The fraction DROPPED, in [0, 1]. Older slides and papers give the fraction kept, which
        is ``1 − rate``: the 0.8 they recommend for inputs is ``Dropout(0.2)`` here.
    noise_shape : tuple of int or None, optional
        Shape of the mask where units fall together, such as ``(None, 1, features)`` to drop
        a feature at all times of a sample; None stands for the size of the input.
    seed : int, optional
        Makes the sequence of masks repeat.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If `rate` is no number in [0, 1], or `noise_shape` no tuple that fits the inputs.

    References
    ----------
    Srivastava et al. (2014), Dropout: a simple way to prevent neural networks from overfitting.
    """

    def __init__(
        self,
        rate: float,
        noise_shape: tuple[int | None, ...] | None = None,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.rate = checks.number("rate", rate, 0, 1)
        self.noise_shape = None if noise_shape is None else _checked_shape(noise_shape)
        self.seed = seed
        self.generator = None if seed is None else config.generator(seed)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        mask = self.noise_shape
        if mask is not None and (
            len(mask) != len(input_shape)
            or any(n and m not in (None, 1, n) for m, n in zip(mask, input_shape, strict=True))
        ):
            raise ValueError(
                f"noise_shape={mask} does not fit inputs of shape {input_shape}: each entry must "
                "be None, 1 or the size there."
            )
        return input_shape

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        if not training or self.rate == 0:
            return x, None
        generator = self.generator or config.generator()
        m = draw_mask(generator, self._mask_shape(x.shape), self.rate, x.dtype)
        return x * m, m

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        m = cache
        return dy if m is None else dy * m

    def _mask_shape(self, shape: Shape) -> Shape:
        if self.noise_shape is None:
            return shape
        self.compute_output_shape(shape)  # now that the size of the batch is known
        return tuple(n if m is None else m for m, n in zip(self.noise_shape, shape, strict=True))


def draw_mask(
    generator: np.random.Generator, shape: tuple[int, ...], rate: float, dtype: np.dtype
) -> np.ndarray:
    """Return an array of `shape`: 0 with probability `rate`, else 1 / (1 − rate)."""
    if rate == 1:
        return np.zeros(shape, dtype)
    kept = generator.random(shape, dtype=dtype) >= rate
    return np.multiply(kept, 1 / (1 - rate), dtype=dtype)


def _checked_shape(noise_shape: Any) -> Shape:
    if not isinstance(noise_shape, list | tuple):
        raise TypeError(
            "noise_shape must be a tuple such as (None, 1, 8), None standing for the size of the "
            f"input, got {noise_shape!r}."
        )
    return tuple(None if n is None else checks.integer("noise_shape", n, 1) for n in noise_shape)
