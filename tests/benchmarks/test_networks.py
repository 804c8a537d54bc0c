"""The networks that are timed: weights and data fit the models, layers are as named."""

from __future__ import annotations

import numpy as np
import pytest

import course
from benchmarks.networks import (
    BLOCKS,
    CONVOLUTIONAL,
    NETWORKS,
    Network,
    data,
    initial_weights,
    keras_model,
)

LAYERS = {
    "batch normalization": ["Dense", "BatchNormalization", "Activation"] * 2 + ["Dense"],
    "dropout": ["Dense", "Dropout"] * 2 + ["Dense"],
    "residual": ["Dense", "Dense", "Add", "Dense", "Add", "Dense", "Add", "Dense", "Add", "Dense"],
    "conv-8x8": ["Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense"],
    "conv-28x28": ["Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense"],
    "2-8-8-1": ["Dense"] * 3,
}
ALL = NETWORKS | BLOCKS | CONVOLUTIONAL


@pytest.mark.parametrize("network", ALL.values(), ids=ALL.keys())
def test_weights_and_data_fit_the_model(network: Network) -> None:
    model = keras_model(course, network)
    if network.name in LAYERS:
        _, *layers = (type(layer).__name__ for layer in model.layers)
        if network.name == "residual":  # Keras orders them by depth
            layers, expected = sorted(layers), sorted(LAYERS["residual"])
        else:
            expected = LAYERS[network.name]
        assert layers == expected
    for ours, given in zip(model.get_weights(), initial_weights(network), strict=True):
        np.testing.assert_array_equal(ours, given)
    x, y = data(network)
    assert x.shape == (network.steps * network.batch, *network.input_shape)
    assert model.predict(x[:2]).shape == (2, network.sizes[-1])
    assert set(y) == set(range(max(2, network.sizes[-1])))
