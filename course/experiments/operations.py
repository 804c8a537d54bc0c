"""How much work an activation is: operations counted, and seconds measured."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from course import activations, config

CURVED = ("exp", "expm1", "log1p", "tanh")  # many multiplications each


class Counted(np.ndarray):
    """An array that writes down each elementwise operation of NumPy that is done with it."""

    log: list[str]

    def __array_finalize__(self, other: Any) -> None:
        self.log = getattr(other, "log", [])

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **options: Any
    ) -> Any:
        self.log.append(ufunc.__name__)
        if out is not None:
            options["out"] = tuple(np.asarray(array) for array in out)
        plain = [np.asarray(v) if isinstance(v, np.ndarray) else v for v in inputs]
        result = np.asarray(getattr(ufunc, method)(*plain, **options)).view(Counted)
        result.log = self.log
        return result


def operations(activation: str) -> list[str]:
    """Return NumPy's names of the elementwise operations that one f(x) takes, in order.

    Parameters
    ----------
    activation : str

    Returns
    -------
    list of str
        As `course` computes it; ``'exp'`` and other curves of ``CURVED`` cost more than
        ``'multiply'``.
    """
    x = np.linspace(-3, 3, 7, dtype=config.floatx()).view(Counted)
    x.log = []
    activations.get(activation).forward(x)
    return x.log


def seconds(activation: str, n: int = 100_000, repeats: int = 20) -> float:
    """Measure how long f takes for `n` numbers on this machine, the fastest of `repeats`."""
    f = activations.get(activation)
    x = config.generator(0).normal(size=n).astype(config.floatx())
    took = []
    for _ in range(repeats):
        start = perf_counter()
        f.forward(x)
        took.append(perf_counter() - start)
    return min(took)
