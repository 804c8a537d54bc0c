"""Settings shared by the whole package: float type, epsilon and the random generator.

Nothing here reads or moves NumPy's global generator.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from numbers import Integral, Real

import numpy as np

_FLOATS = ("float32", "float64")
_floatx = "float32"
_epsilon = 1e-7
_package_generator = np.random.default_rng()
_scoped_floatx: ContextVar[str | None] = ContextVar("floatx", default=None)
_scoped_generator: ContextVar[np.random.Generator | None] = ContextVar("generator", default=None)


def floatx() -> str:
    """Name of the float type of new weights and of converted data (``'float32'``)."""
    return _scoped_floatx.get() or _floatx


def set_floatx(name: str) -> None:
    """Set the float type of everything made from now on.

    Parameters
    ----------
    name : {'float32', 'float64'}
        ``'float64'`` is for checking gradients; ``'float32'`` trains twice as fast.

    Raises
    ------
    ValueError
        If `name` is neither.
    """
    global _floatx
    _floatx = _checked_floatx(name)


@contextmanager
def computing_in(name: str) -> Iterator[None]:
    """Within the block, and in this thread only, :func:`floatx` is `name`, whatever is set.

    Parameters
    ----------
    name : {'float32', 'float64'}
    """
    token = _scoped_floatx.set(_checked_floatx(name))
    try:
        yield
    finally:
        _scoped_floatx.reset(token)


def _checked_floatx(name: str) -> str:
    if not isinstance(name, str) and isinstance(name, type | np.dtype):
        name = np.dtype(name).name
    if name not in _FLOATS:
        raise ValueError(f"floatx must be 'float32' or 'float64', got {name!r}.")
    return name


def epsilon() -> float:
    """Small number that keeps probabilities away from 0 and 1 (``1e-7``)."""
    return _epsilon


def set_epsilon(value: float) -> None:
    """Set the number that :func:`epsilon` returns.

    Parameters
    ----------
    value : float
        Between 0 and 1, both excluded.

    Raises
    ------
    ValueError
        If `value` is outside that range.
    """
    global _epsilon
    if not isinstance(value, Real) or not 0 < value < 1:
        raise ValueError(f"epsilon must lie between 0 and 1, got {value!r}.")
    _epsilon = float(value)


def quiet() -> np.errstate:
    """Let numbers that overflow say so themselves, as infinities and NaN, without a warning."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def set_random_seed(seed: int) -> None:
    """Seed every random choice of the package that has no `seed` of its own.

    Parameters
    ----------
    seed : int
        Zero or more. The same seed makes two runs on one machine equal bit for bit.

    Raises
    ------
    TypeError, ValueError
        If `seed` is no whole number, or negative.
    """
    global _package_generator
    _package_generator = np.random.default_rng(_checked_seed(seed))


def generator(seed: int | None = None) -> np.random.Generator:
    """Return the generator of `seed`, or the package's own where `seed` is None."""
    if seed is not None:
        return np.random.default_rng(_checked_seed(seed))
    return _scoped_generator.get() or _package_generator


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Within the block, and in this thread only, draw from a generator of `seed`.

    Two threads that train at the same time, each in a block of its own, repeat exactly.
    """
    token = _scoped_generator.set(np.random.default_rng(_checked_seed(seed)))
    try:
        yield
    finally:
        _scoped_generator.reset(token)


def _checked_seed(seed: int) -> int:
    if isinstance(seed, bool) or not isinstance(seed, Integral):
        raise TypeError(f"seed must be a whole number such as 42, got {seed!r}.")
    if seed < 0:
        raise ValueError(f"seed must be zero or more, got {seed}.")
    return int(seed)
