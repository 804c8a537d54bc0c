"""What a training step costs: the floor, ``course``, bare matrix products, other libraries."""

from __future__ import annotations

from argparse import Namespace

from threadpoolctl import threadpool_limits

from benchmarks.networks import BLOCKS, CONVOLUTIONAL, NETWORKS, Network
from benchmarks.peers import (
    Remote,
    Run,
    course_run,
    floor_run,
    installed,
    products_run,
    remotes,
    sklearn_run,
)
from benchmarks.tables import Figure, Table
from benchmarks.timing import interleaved, per_step

FAST = ("floor", "course", "products")


def steps(options: Namespace) -> Table:
    """A step of the four networks beside the floor and other libraries, default threads."""
    away = remotes(options.keras_python)
    makers = {
        "floor": floor_run,
        "course": course_run,
        "products": products_run,
        "scikit-learn": sklearn_run,
        **away,
    }
    try:
        rows = {
            network.name: timed(
                network, {name: make(network) for name, make in makers.items()}, options.rounds
            )
            for network in chosen(NETWORKS, options)
        }
    finally:
        for remote in away.values():
            remote.close()
    return Table("steps", "µs a step (× floor)", rows)


def blocks(options: Namespace) -> Table:
    """A step with batch normalization, dropout, residual blocks, convolution: × the floor."""
    rows = {
        network.name: timed(
            network, {"floor": floor_run(network), "course": course_run(network)}, options.rounds
        )
        for network in chosen(BLOCKS | CONVOLUTIONAL, options)
    }
    return Table("blocks", "µs a step (× floor)", rows)


def convolution(options: Namespace) -> Table:
    """A step of the convolutional networks beside PyTorch, one thread each."""
    python = options.keras_python
    away = {"torch": Remote(python, "torch", threads=1)} if installed(python, "torch") else {}
    rows = {}
    try:
        with threadpool_limits(1):
            for network in chosen(CONVOLUTIONAL, options):
                contenders = {name: remote(network) for name, remote in away.items()}
                contenders["course"] = course_run(network)
                rows[network.name] = timed(network, contenders, options.rounds)
    finally:
        for remote in away.values():
            remote.close()
    head = f"µs a step (× {'torch' if away else 'course'})"
    return Table("convolution", head, rows)


def chosen(networks: dict[str, Network], options: Namespace) -> list[Network]:
    """Return those of `networks` that were asked for; all, if none was."""
    return [n for name, n in networks.items() if not options.network or name in options.network]


def timed(network: Network, contenders: dict[str, Run], rounds: int) -> dict[str, Figure]:
    """Time a step of every contender; a slower one trains fewer epochs."""
    few = max(2, network.epochs // 10)
    runs = {
        name: per_step(network, run, None if name in FAST else few)
        for name, run in contenders.items()
    }
    return interleaved(runs, rounds)
