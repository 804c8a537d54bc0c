"""Print how long a training step takes: the floor, ``course`` and other libraries.

``python -m benchmarks [--rounds 7] [--network NAME ...] [--markdown] [--keras-python PATH]``
"""

from __future__ import annotations

import argparse
from statistics import median

from benchmarks.networks import NETWORKS, Network
from benchmarks.peers import Run, course_run, floor_run, remotes, sklearn_run

Cell = tuple[float, float]
"""Median microseconds a step, and median ratio to the floor of the same round."""


def measure(network: Network, contenders: dict[str, Run], rounds: int) -> dict[str, Cell]:
    """Time the contenders in turn, `rounds` times over; the first is the measure.

    A machine's speed wanders from second to second, so a contender is compared with
    the floor (or whoever is first) of its own round, and the median taken of those ratios.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            epochs = network.epochs if name in ("floor", "course") else peer_epochs(network)
            seconds[name].append(run(epochs) / epochs / network.steps)
    base = next(iter(seconds.values()))
    return {
        name: (
            median(times) * 1e6,
            median(time / floor for time, floor in zip(times, base, strict=True)),
        )
        for name, times in seconds.items()
    }


def peer_epochs(network: Network) -> int:
    """Return the epochs of one round of a slower contender."""
    return max(2, network.epochs // 10)


def table(rows: dict[str, dict[str, Cell]], markdown: bool) -> str:
    """Lay out the results: a network a line, a contender a column, the first the measure."""
    names = list(next(iter(rows.values())))
    head = [f"µs a step (× {names[0]})", *names]
    lines = [[network, *map(cell, results.values())] for network, results in rows.items()]
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]

    def line(cells: list[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        aligned = [first[0].ljust(first[1]), *(text.rjust(width) for text, width in others)]
        return f"| {' | '.join(aligned)} |" if markdown else "  ".join(aligned)

    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:]), ""])
    return "\n".join([line(head), *([rule] if markdown else []), *map(line, lines)])


def cell(result: Cell) -> str:
    """Write ``173 (1.10)``."""
    time, ratio = result
    return f"{time:,.0f} ({ratio:.2f})" if ratio < 10 else f"{time:,.0f} ({ratio:.0f})"


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--network", nargs="*", choices=NETWORKS, default=list(NETWORKS))
    parser.add_argument("--markdown", action="store_true", help="as a table for the README")
    parser.add_argument("--keras-python", help="interpreter that has Keras, JAX or PyTorch")
    options = parser.parse_args(arguments)
    away = remotes(options.keras_python)
    makers = {"floor": floor_run, "course": course_run, "scikit-learn": sklearn_run, **away}
    rows = {}
    try:
        for name in options.network:
            network = NETWORKS[name]
            contenders = {title: make(network) for title, make in makers.items()}
            rows[name] = measure(network, contenders, options.rounds)
    finally:
        for remote in away.values():
            remote.close()
    print(table(rows, options.markdown))


if __name__ == "__main__":
    main()
