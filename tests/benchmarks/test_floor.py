"""The floor does the work of `fit`: unshuffled, both come to the same numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import course
from benchmarks.floor import train
from benchmarks.networks import NETWORKS, Network, data, initial_weights, keras_model

EPOCHS = 3
FEWER = {"2-8-8-1": 200, "2-20x20-1": 256, "64-128-64-10": 256, "784-512-512-10": 512}


@pytest.fixture(params=NETWORKS)
def network(request: pytest.FixtureRequest) -> Network:
    """One of the networks, with fewer rows."""
    return replace(NETWORKS[request.param], rows=FEWER[request.param])


def test_floor_is_fit(network: Network) -> None:
    x, y = data(network)
    history, weights = train(network, initial_weights(network), x, y, EPOCHS, shuffle=False)
    model = keras_model(course, network)
    ours = model.fit(x, y, network.batch, EPOCHS, verbose=0, shuffle=False).history
    np.testing.assert_allclose(history["loss"], ours["loss"], rtol=1e-5)
    np.testing.assert_allclose(history["accuracy"], ours["accuracy"], rtol=1e-6)
    for floor, fit in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(floor, fit, rtol=1e-4, atol=1e-4)


def test_floor_leaves_the_initial_weights_alone(network: Network) -> None:
    weights = initial_weights(network)
    train(network, weights, *data(network), epochs=1)
    for before, after in zip(initial_weights(network), weights, strict=True):
        np.testing.assert_array_equal(after, before)


def test_a_shuffled_epoch_has_every_row_once_with_its_target(network: Network) -> None:
    still = replace(network, learning_rate=0.0)
    arguments = (still, initial_weights(still), *data(still), 1)
    in_order, _ = train(*arguments, shuffle=False)
    shuffled, _ = train(*arguments, shuffle=True)
    assert shuffled["accuracy"] == in_order["accuracy"]
    np.testing.assert_allclose(shuffled["loss"], in_order["loss"], rtol=1e-5)
