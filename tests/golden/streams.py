"""Trainings on ready-made batches, run both by Keras, for the golden numbers, and by this package.

Batch i is all i, and the model gives 0 and learns nothing: the loss of a batch is i, and the loss
of an epoch tells which batches were in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

ROWS = 3


def batch(i: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y, which are all i."""
    return np.full((ROWS, 1), float(i)), np.full((ROWS, 1), float(i))


def endless() -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield batch 0, batch 1, ..."""
    i = 0
    while True:
        yield batch(i)
        i += 1


def batches(n: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield batches 0 to n − 1."""
    yield from (batch(i) for i in range(n))


def results(keras: ModuleType) -> dict[str, Any]:
    """Return what each way of giving batches leads to, by name."""

    class Indexed(keras.utils.PyDataset):
        def __init__(self, n: int) -> None:
            super().__init__()
            self.n = n

        def __len__(self) -> int:
            return self.n

        def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
            return batch(index)

    def model() -> Any:
        layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
        network = keras.Sequential([keras.Input((1,)), layer])
        network.compile(keras.optimizers.SGD(0.0), "mae")
        return network

    def fit(*data: Any, **arguments: Any) -> Any:
        return model().fit(*data, verbose=0, shuffle=False, **arguments).history

    x = np.arange(6.0)[:, None]
    return {
        "generator": fit(batches(4)),
        "generator, steps": fit(endless(), steps_per_epoch=2, epochs=3),
        "index": fit(Indexed(4), epochs=2),
        "index, shorter epochs": fit(Indexed(4), epochs=3, steps_per_epoch=2),
        "arrays, shorter epochs": fit(x, x, batch_size=1, epochs=4, steps_per_epoch=3),
        "validation on an index": fit(*batch(9), epochs=2, validation_data=Indexed(3)),
        "validation, steps": fit(
            *batch(9), epochs=2, validation_data=Indexed(3), validation_steps=2
        ),
        "validation on arrays, steps": fit(
            x, x, batch_size=1, epochs=2, validation_data=(x, x), validation_steps=2
        ),
        "evaluate a generator": float(model().evaluate(endless(), steps=3, verbose=0)),
        "evaluate an index": float(model().evaluate(Indexed(3), verbose=0)),
        "evaluate arrays": float(model().evaluate(x, x, batch_size=1, steps=3, verbose=0)),
        "rows predicted": len(model().predict(endless(), steps=2, verbose=0)),
        "rows predicted by index": len(model().predict(Indexed(3), verbose=0)),
    }
