"""The network by its depth: as many numbers as the formula says, and the named signals."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import deep_network


@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("normalized", [False, True])
@pytest.mark.parametrize("depth", [1, 2, 7])
def test_counts_its_parameters(depth: int, normalized: bool, residual: bool) -> None:
    n = 4
    model = deep_network(depth, n, residual=residual, batch_normalization=normalized)
    dense = (2 * n + n) + (depth - 1) * (n * n + n) + n + 1
    assert model.count_params() == dense + 4 * n * depth * normalized


@pytest.mark.parametrize("normalized", [False, True])
def test_residual_layers_add_their_input(normalized: bool) -> None:
    x = np.random.default_rng(0).normal(size=(6, 2)).astype("float32")
    zeros = {"kernel_initializer": "zeros", "batch_normalization": normalized}
    h = deep_network(3, 4, residual=True, **zeros).activations(x)
    assert {f"h{i}" for i in (1, 2, 3)} <= set(h)
    np.testing.assert_array_equal(h["h3"], h["h1"])  # tanh(0) adds nothing


def test_the_same_seed_gives_a_deeper_network_the_same_first_layers() -> None:
    from course import config

    weights = []
    for depth in (2, 5):
        with config.seeded(3):
            weights.append(deep_network(depth).get_weights())
    np.testing.assert_array_equal(weights[0][2], weights[1][2])


def test_refuses_no_layers() -> None:
    with pytest.raises(ValueError, match="depth"):
        deep_network(0)
