"""What every activation is: a function of an array and its derivative."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, ClassVar

import numpy as np

from course import checks, serialization


class Activation:
    """Base class: y = f(x), and the chain rule ∂L/∂x = f'(x) ∂L/∂y.

    A subclass is a frozen dataclass, its fields the parameters of f, with `forward` and
    `backward`. Where f' can be told from y alone, as in tanh' = 1 − y², `from_output` is True:
    then nobody needs x again, and y may take its place in memory.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Square(Activation):
    ...     from_output: ClassVar[bool] = False
    ...
    ...     def forward(self, x, out=None):
    ...         return np.multiply(x, x, out=out)
    ...
    ...     def backward(self, dy, x, y):
    ...         return dy * 2 * x
    >>> Square()([1, 3])
    array([1., 9.], dtype=float32)
    """

    from_output: ClassVar[bool] = True

    def __call__(self, x: Any, *values: Any, **options: Any) -> np.ndarray:
        """Return f(x) for anything that NumPy can read as numbers.

        Parameters
        ----------
        x : array_like of any shape
            Converted to :func:`config.floatx`.
        *values, **options
            Parameters for this call only: ``leaky_relu(x, negative_slope=0.1)``.

        Returns
        -------
        y : array of the shape of x

        Raises
        ------
        TypeError
            If `x` holds no numbers, or an option is unknown.
        """
        f = self._with(values, options) if values or options else self
        try:
            x = checks.floats("x", x)
        except (TypeError, ValueError) as error:
            raise TypeError(f"x must be a number or an array of numbers, got {x!r}.") from error
        return f.forward(np.atleast_1d(x)).reshape(x.shape)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        """Return y = f(x).

        Parameters
        ----------
        x : array of any shape
        out : array of the shape of x, optional
            Where to write y; x itself only where `from_output` is True.
        """
        raise NotImplementedError(f"{type(self).__name__} must define forward(x, out=None).")

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        """Return ∂L/∂x, of the shape of x, from dy = ∂L/∂y; no argument is written into.

        Parameters
        ----------
        dy, y : arrays of the shape of x
        x : array, or None where `from_output` is True
        """
        raise NotImplementedError(f"{type(self).__name__} must define backward(dy, x, y).")

    def get_config(self) -> dict[str, Any]:
        """Return the parameters of f by name."""
        return serialization.made_with(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Activation:
        """Make an activation from what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))

    def _with(self, values: tuple[Any, ...], options: dict[str, Any]) -> Activation:
        names = [field.name for field in fields(self)]
        owner = type(self).__name__
        if len(values) > len(names):
            takes = ", ".join(["x", *names])
            raise TypeError(f"{owner} takes ({takes}), got {len(values) + 1} arguments.")
        checks.unknown_arguments(owner, set(options) - set(names), names)
        return replace(self, **dict(zip(names, values, strict=False)), **options)

    def _check(self, name: str, **limits: float) -> None:
        """Keep the field `name` as a Python float, which leaves float32 arrays float32."""
        object.__setattr__(self, name, checks.number(name, getattr(self, name), **limits))
