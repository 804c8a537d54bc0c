"""How much memory training takes, and whether any of it stays."""

from __future__ import annotations

import gc
import tracemalloc
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

import course
from benchmarks.networks import NETWORKS, Network, data, keras_model
from benchmarks.steps import chosen
from benchmarks.tables import Figure, Table

STEPS = 10_000


def memory(options: Namespace) -> Table:
    """Peak of a step beside weights and activations, in kB, and what 10,000 steps leave."""
    rows = {network.name: peak(network) for network in chosen(NETWORKS, options)}
    small = NETWORKS["2-8-8-1"]
    left = left_after(small, STEPS)
    note = (
        f"{STEPS:,} steps of {small.name} leave {left / 1000:.1f} kB more than were there before."
    )
    return Table("memory", "kB in one step (× both)", rows, [note])


def peak(network: Network) -> dict[str, Figure]:
    """Return what the weights take, what the activations take, and what a step takes at most.

    The step's own is what is allocated beyond the weights, gradients and slots that stay.
    """
    (x, y), model = data(network), keras_model(course, network)
    x, y = x[: network.batch], y[: network.batch]
    model.train_on_batch(x, y)
    weights = 4 * model.count_params()
    activations = 4 * network.batch * sum(network.sizes)
    with traced():
        before, _ = tracemalloc.get_traced_memory()
        model.train_on_batch(x, y)
        _, most = tracemalloc.get_traced_memory()
    kilobytes = {
        "weights": weights,
        "activations": activations,
        "weights + activations": weights + activations,
    }
    row = {name: Figure(size / 1000) for name, size in kilobytes.items()}
    return row | {"step": Figure((most - before) / 1000, (most - before) / (weights + activations))}


def left_after(network: Network, steps: int) -> int:
    """Return by how many bytes the memory in use grows while `fit` takes so many steps."""
    (x, y), model = data(network), keras_model(course, network)
    options = {"batch_size": network.batch, "verbose": 0}
    model.fit(x, y, epochs=1, **options)
    with traced():
        before, _ = tracemalloc.get_traced_memory()
        model.fit(x, y, epochs=-(-steps // network.steps), **options)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    return after - before


@contextmanager
def traced() -> Iterator[None]:
    """Trace allocations, from a tidy start."""
    gc.collect()
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()
