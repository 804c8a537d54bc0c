"""The floors of blocks do the work of `fit`: unshuffled, both come to the same numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import course
from benchmarks.floor_blocks import train
from benchmarks.networks import (
    BLOCKS,
    CONVOLUTIONAL,
    Network,
    data,
    initial_weights,
    keras_model,
)

ALL = BLOCKS | CONVOLUTIONAL
ROWS, EPOCHS = 128, 3


@pytest.mark.parametrize("name", ALL)
def test_floor_is_fit(name: str) -> None:
    network: Network = replace(ALL[name], rows=ROWS)
    (x, y), weights = data(network), initial_weights(network)
    history, found = train(network, weights, x, y, EPOCHS, shuffle=False)
    model = keras_model(course, network)
    ours = model.fit(x, y, network.batch, EPOCHS, verbose=0, shuffle=False).history
    np.testing.assert_allclose(history["loss"], ours["loss"], rtol=1e-4)
    np.testing.assert_allclose(history["accuracy"], ours["accuracy"], rtol=1e-6)
    for floor, fit in zip(found, model.get_weights(), strict=True):
        np.testing.assert_allclose(floor, fit, rtol=1e-3, atol=1e-4)
    for before, after in zip(initial_weights(network), weights, strict=True):
        np.testing.assert_array_equal(after, before)
