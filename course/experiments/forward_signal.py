"""What ten layers do to a signal before any training: its size, its differences, who is idle."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import activations, config

DEPTH, WIDTH, ROWS = 10, 100, 100
FLAT = 0.05  # of the steepest slope; below it a function counts as flat
TWO_SIDED = ("sigmoid", "tanh")  # flat on both sides: their values saturate


class ForwardSignal(NamedTuple):
    """A batch on its way through the layers, the first layer first.

    Attributes
    ----------
    sums : list of arrays of shape (rows, width)
        z = h·W + b.
    outputs : list of arrays of shape (rows, width)
        h = f(z).
    """

    sums: list[np.ndarray]
    outputs: list[np.ndarray]

    @property
    def size(self) -> np.ndarray:
        """Root mean square of the outputs, of shape (depth,)."""
        return np.array([np.sqrt(np.mean(np.square(h, dtype=float))) for h in self.outputs])

    @property
    def differences(self) -> np.ndarray:
        """How far outputs are from the mean of their unit over the batch, of shape (depth,).

        A root mean square as `size`, but what all inputs share is taken off: 0 where each input
        gets the same answer.
        """
        return np.array([np.sqrt(np.mean(h.var(axis=0, dtype=float))) for h in self.outputs])

    @property
    def left(self) -> float:
        """What the last layer has of the first layer's differences; 1 holds them."""
        first, last = self.differences[[0, -1]]
        return float(last / max(first, 1e-30))


def forward_signal(
    activation: str, gain: float, seed: int = 0, *, bias: float = 0.0, depth: int = DEPTH
) -> ForwardSignal:
    """Send 100 inputs of 100 random numbers through `depth` Dense layers of 100 units.

    In double precision: differences smaller than float32 can tell are seen, too.

    Parameters
    ----------
    activation : str
    gain : float
        g: weights are drawn from a normal distribution with standard deviation g/√100.
    seed : int, default 0
        Of inputs and weights. Another gain has the same ones, times a factor.
    bias : float, default 0.0
        Of every unit.
    depth : int, default 10

    Returns
    -------
    ForwardSignal
    """
    f, (h, *kernels) = activations.get(activation), _draws(seed, depth)
    sums, outputs = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for W in kernels:
            sums.append(h @ (gain * W) + bias)
            h = f.forward(sums[-1])
            outputs.append(h)
    return ForwardSignal(sums, outputs)


def slope(activation: str, z: np.ndarray) -> np.ndarray:
    """Return f'(z), of the shape of z."""
    f = activations.get(activation)
    z = np.asarray(z, config.floatx())
    return f.backward(np.ones_like(z), None if f.from_output else z, f.forward(z))


def flat(activation: str, z: np.ndarray) -> np.ndarray:
    """Return whether f'(z) is below 5 % of the steepest slope of f, of the shape of z."""
    return np.abs(slope(activation, z)) < FLAT * _steepest(activation)


def idle(activation: str, z: np.ndarray) -> float:
    """Return the share that is saturated or dead.

    Parameters
    ----------
    activation : str
    z : array of shape (rows, units)
        Sums before the activation.

    Returns
    -------
    float
        With sigmoid and tanh, the share of values where f is flat. With all others, which are
        flat on one side at most and should often be there, the share of units that are there
        for every row.
    """
    values = flat(activation, z)
    return float((values if activation in TWO_SIDED else values.all(axis=0)).mean())


@lru_cache
def _steepest(activation: str) -> float:
    return float(np.abs(slope(activation, np.linspace(-8, 8, 1601))).max())


@lru_cache(maxsize=16)
def _draws(seed: int, depth: int) -> list[np.ndarray]:
    """Return inputs of spread 1, and kernels of gain 1, all of shape (100, 100)."""
    rng = config.generator(seed)
    x, *kernels = (rng.normal(size=(ROWS, WIDTH)) for _ in range(depth + 1))
    return [x, *(W / WIDTH**0.5 for W in kernels)]
