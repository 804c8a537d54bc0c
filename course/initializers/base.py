"""What every initializer is: a shape in, an array out."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config, serialization

Shape = tuple[int, ...]


class Initializer:
    """Base class: makes the first value of a weight.

    A subclass is a dataclass with `draw`; a field `seed`, if it has one, makes it repeat.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Alternating(Initializer):
    ...     def draw(self, shape, rng):
    ...         return (-1.0) ** np.arange(np.prod(shape)).reshape(shape)
    >>> Alternating()((1, 3))
    array([[ 1., -1.,  1.]], dtype=float32)
    """

    seed: int | None = None

    def __call__(self, shape: Any, dtype: Any = None) -> np.ndarray:
        """Return a new array.

        Parameters
        ----------
        shape : int or tuple of int
            Of a kernel: ``(inputs, outputs)``, or ``(height, width, inputs, outputs)``.
        dtype : str or dtype, optional
            By default :func:`config.floatx`.

        Returns
        -------
        array of shape `shape`
            Without a seed another one at each call; with a seed, the same again.

        Raises
        ------
        TypeError, ValueError
            If the shape is no tuple of whole numbers ≥ 0, or a number is too large for `dtype`.
        """
        dims = shape if isinstance(shape, tuple | list) else (shape,)
        dims = tuple(checks.integer("shape", n, 0) for n in dims)
        value = self.draw(dims, config.generator(self.seed))
        value = checks.fitting(f"What {type(self).__name__} makes", value, dtype or config.floatx())
        return value.copy()  # a function may return an array of its own

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        """Return an array of shape `shape`, its random numbers taken from `rng`."""
        raise NotImplementedError(f"{type(self).__name__} must define draw(shape, rng).")

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments."""
        return serialization.made_with(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Initializer:
        """Make an initializer from what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))


class Seeded(Initializer):
    """An initializer that draws: `seed` is None or a whole number ≥ 0, checked at once."""

    def __post_init__(self) -> None:
        if self.seed is not None:
            self.seed = checks.integer("seed", self.seed, 0)
