"""What `predict` and `evaluate` cost, beside the same passes unrolled in NumPy."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import course
from benchmarks.floor import PASSES, prepare
from benchmarks.networks import NETWORKS, Network, data, initial_weights, keras_model
from benchmarks.steps import chosen
from benchmarks.tables import Figure, Table
from benchmarks.timing import Timed, interleaved

ROWS = 10_000
CHUNK = 1_000  # rows that the floor takes at a time


def inference(options: Namespace) -> Table:
    """`predict` and `evaluate` of 10,000 rows, a row, beside a bare forward pass."""
    networks = [replace(n, rows=ROWS, batch=CHUNK) for n in chosen(NETWORKS, options)]
    rows = {network.name: costs(network, options.rounds) for network in networks}
    return Table("inference", "ns a row (× floor)", rows)


def costs(network: Network, rounds: int) -> dict[str, Figure]:
    """Return the nanoseconds a row of a bare forward pass, of `predict` and of `evaluate`."""
    (x, y), model = data(network), keras_model(course, network)
    forward, _ = PASSES[network.hidden]
    _, _, layers = prepare(network, initial_weights(network))

    def bare() -> None:
        for start in range(0, ROWS, CHUNK):
            forward(x[start : start + CHUNK], layers)

    runs = {
        "floor": a_row(bare),
        "predict": a_row(lambda: model.predict(x, verbose=0)),
        "evaluate": a_row(lambda: model.evaluate(x, y, verbose=0)),
    }
    return interleaved(runs, rounds)


def a_row(run: Callable[[], object]) -> Timed:
    """Return what gives the nanoseconds of a row; run once beforehand."""

    def timed() -> float:
        start = perf_counter()
        run()
        return (perf_counter() - start) / ROWS * 1e9

    run()
    return timed
