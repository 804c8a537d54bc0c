"""How the cost of training grows with depth, width, batch and data: as straight lines."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from benchmarks.networks import Network
from benchmarks.peers import course_run, floor_run
from benchmarks.tables import Figure, Table
from benchmarks.timing import interleaved

ROUND = 0.05  # seconds of the floor in one round, at least


@dataclass(frozen=True)
class Axis:
    """One thing that grows.

    Parameters
    ----------
    sizes : tuple of int
        What it grows through.
    network : callable
        Makes the network of one size.
    abscissa : callable
        Of a network: what its cost is proportional to.
    unit : str
        Of the abscissa.
    an_epoch : bool
        Whether the cost of an epoch grows, and not that of a step.
    """

    sizes: tuple[int, ...]
    network: Callable[[int], Network]
    abscissa: Callable[[Network], float]
    unit: str
    an_epoch: bool = False


def deep(layers: int) -> Network:
    """So many hidden layers of 16 tanh units."""
    return Network(f"{layers}", (2, *[16] * layers, 1), 32, "tanh", "sgd", 0.01, 512, 1)


def wide(units: int) -> Network:
    """Two hidden layers of so many ReLU units."""
    return Network(f"{units}", (64, units, units, 10), 32, "relu", "adam", 1e-3, 512, 1)


def batched(rows: int) -> Network:
    """64-128-64-10, so many rows at a time."""
    return Network(f"{rows}", (64, 128, 64, 10), rows, "relu", "adam", 1e-3, max(512, rows), 1)


def fed(rows: int) -> Network:
    """2-8-8-1 on so many rows."""
    return Network(f"{rows}", (2, 8, 8, 1), 10, "tanh", "sgd", 0.1, rows, 1)


def thousand_weights(network: Network) -> float:
    """Weights of the network, in thousands."""
    return sum((n + 1) * m for n, m in network.kernel_shapes) / 1000


AXES = {
    "layers of 16": Axis((1, 2, 4, 8, 16, 32, 64), deep, lambda n: len(n.sizes) - 2, "layer"),
    "units a layer": Axis(
        (8, 16, 32, 64, 128, 256, 512, 1024), wide, thousand_weights, "thousand weights"
    ),
    "rows a batch": Axis((1, 4, 16, 64, 256, 1024), batched, lambda n: n.batch, "row"),
    "rows an epoch": Axis((500, 1000, 2000, 4000, 8000), fed, lambda n: n.rows, "row", True),
}


def growth(options: Namespace) -> Table:
    """Cost against depth, width, batch and data, and the slope of the line through it."""
    rows: dict[str, dict[str, Figure]] = {}
    notes = []
    for what, axis in AXES.items():
        networks = [axis.network(size) for size in axis.sizes]
        points = [costs(network, axis, options.rounds) for network in networks]
        for network, point in zip(networks, points, strict=True):
            rows[f"{network.name} {what}"] = point
        at = [axis.abscissa(network) for network in networks]
        lines = {name: line(at, [p[name].value for p in points]) for name in points[0]}
        base = lines["floor"][1]
        rows[f"  slope of {what}: µs a {axis.unit}"] = {
            name: Figure(slope, slope / base) for name, (_, slope, _) in lines.items()
        }
        start, slope, off = lines["course"]
        notes.append(
            f"{what}: course {start:,.0f} + {slope:.3g} µs a {axis.unit}; the point furthest from "
            f"the line is {off:.0%} off."
        )
    return Table("growth", "µs a step, or an epoch (× floor)", rows, notes)


def costs(network: Network, axis: Axis, rounds: int) -> dict[str, Figure]:
    """Return the microseconds of a step, or of an epoch, of the floor and of ``course``."""
    runs = {"floor": floor_run(network), "course": course_run(network)}
    epochs = ceil(ROUND / runs["floor"](1))
    steps = 1 if axis.an_epoch else network.steps
    timed = {name: lambda run=run: run(epochs) / epochs / steps * 1e6 for name, run in runs.items()}
    return interleaved(timed, rounds)


def line(x: list[float], y: list[float]) -> tuple[float, float, float]:
    """Return intercept and slope of the line of least relative squares, and the worst relative gap.

    Minimises Σ ((a + b·x − y) / y)²: a point is as important at 10 µs as at 10 ms.
    """
    x, y = np.array(x), np.array(y)
    design = np.stack([np.ones_like(x), x], axis=1) / y[:, None]
    (a, b), *_ = np.linalg.lstsq(design, np.ones(len(y)))
    return float(a), float(b), float(abs((a + b * x) / y - 1).max())
