"""Contenders timed in turn, so that all of them see the machine at its fast and slow moments."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from benchmarks.networks import Network
from benchmarks.peers import Run
from benchmarks.tables import Figure

Timed = Callable[[], float]
"""Does its work once and returns what it cost, in the unit of the table."""


def interleaved(contenders: dict[str, Timed], rounds: int) -> dict[str, Figure]:
    """Time the contenders in turn, `rounds` times over; the first is the measure.

    A machine's speed wanders from second to second, so a contender is compared with
    the floor (or whoever is first) of its own round, and the median taken of those ratios.
    """
    costs: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, timed in contenders.items():
            costs[name].append(timed())
    base = next(iter(costs.values()))
    return {
        name: Figure(
            median(found),
            median(cost / measure for cost, measure in zip(found, base, strict=True)),
        )
        for name, found in costs.items()
    }


def per_step(network: Network, run: Run, epochs: int | None = None) -> Timed:
    """Return what gives the microseconds of a step, over `epochs` or as many as the floor's."""
    epochs = epochs or network.epochs
    return lambda: run(epochs) / epochs / network.steps * 1e6
