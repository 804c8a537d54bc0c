"""The convolutional networks: the model that is timed, and the command that prints the table."""

from __future__ import annotations

import numpy as np
import pytest

import course
from benchmarks.convolution import main
from benchmarks.networks import CONVOLUTIONAL, Convolutional, data, initial_weights, keras_model


@pytest.mark.parametrize("network", CONVOLUTIONAL.values(), ids=CONVOLUTIONAL.keys())
def test_weights_and_data_fit_the_model(network: Convolutional) -> None:
    model = keras_model(course, network)
    names = [type(layer).__name__ for layer in model.layers]
    assert names == ["Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense"]
    for ours, given in zip(model.get_weights(), initial_weights(network), strict=True):
        np.testing.assert_array_equal(ours, given)
    x, y = data(network)
    assert x.shape == (network.steps * network.batch, *network.input_shape)
    assert model.predict(x[:2]).shape == (2, 10)
    assert set(y) == set(range(10))


def test_one_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--network", "conv-8x8", "--rounds", "1"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split()[-1] == "course"
    assert line.startswith("conv-8x8")
