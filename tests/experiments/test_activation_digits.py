"""Networks by activation: the twin, the three parts, and how a rate is chosen and judged."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.experiments.activation_digits import (
    CHOOSING,
    DEPTHS,
    JUDGING,
    KERNELS,
    NETWORKS,
    RATES,
    TWIN,
    accuracies,
    chosen_rate,
    digits_network,
    judged,
    points_over,
    sigmoid_twin,
    three_parts,
)
from course.experiments.table import Table, load_table
from course.layers import Dense, Input
from course.models import Sequential


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_twin_answers_as_the_network_of_tanh(depth: int) -> None:
    def network(activation: str) -> Sequential:
        hidden = [Dense(7, activation, bias_initializer="random_normal") for _ in range(depth)]
        return Sequential([Input(shape=(3,)), *hidden, Dense(2)])

    with config.seeded(0):
        tanh, sigmoid = network("tanh"), network("sigmoid")
    sigmoid.set_weights(sigmoid_twin(tanh.get_weights()))
    x = config.generator(1).normal(size=(20, 3))
    expected = tanh.predict(x, verbose=0)
    np.testing.assert_allclose(sigmoid.predict(x, verbose=0), expected, atol=2e-5)


def test_the_test_digits_are_the_same_for_every_seed_and_in_no_other_part() -> None:
    one, other = three_parts(0), three_parts(1)
    np.testing.assert_array_equal(one[5], other[5])
    assert [len(part) for part in one] == [1000, 400, 397] * 2
    assert not np.array_equal(one[3], other[3])
    rows = np.unique(np.round(np.concatenate(one[:3]), 5), axis=0)
    assert len(rows) == 1797


def test_one_layer_of_sigmoids_learns_and_six_guess() -> None:
    assert min(accuracies(digits_network("sigmoid", 1, 1.0))) > 0.9
    assert max(accuracies(digits_network("sigmoid", 6, 1.0))) < 0.2
    assert min(accuracies(digits_network(TWIN, 6, 1.0))) > 0.8


def test_the_twins_kernels_can_start_without_its_biases() -> None:
    twin, kernels = (digits_network(name, 2, 1e-30).get_weights() for name in (TWIN, KERNELS))
    for with_biases, without in zip(twin, kernels, strict=True):
        np.testing.assert_allclose(without, with_biases if without.ndim == 2 else 0, atol=1e-20)
    assert all(np.abs(bias).max() > 0.1 for bias in twin[3::2])


def test_there_is_no_other_network() -> None:
    with pytest.raises(ValueError, match="name must be one of"):
        digits_network("softplus", 1, 0.1)


def _rows(choosing: dict[float, float]) -> Table:
    lines = [(rate, seed, v, 0.0) for rate, v in choosing.items() for seed in CHOOSING]
    lines += [(0.1, seed, 0.0, seed / 100) for seed in reversed(JUDGING)]
    names = ("learning_rate", "seed", "validation", "test")
    return Table(dict(zip(names, map(list, zip(*lines, strict=True)), strict=True)))


def test_validation_chooses_and_other_seeds_judge() -> None:
    rows = _rows({0.01: 0.5, 0.1: 0.8, 1.0: 0.8})
    assert chosen_rate(rows) == 0.1
    np.testing.assert_allclose(judged(rows), np.array(JUDGING) / 100)
    assert points_over(rows, rows).mean == 0


def test_the_table_holds_what_it_says() -> None:
    table = load_table("activations")
    assert set(table["network"]) == set(NETWORKS)
    assert len(table) == len(NETWORKS) * len(DEPTHS) * (len(RATES) * len(CHOOSING) + len(JUDGING))
    for name in NETWORKS:
        assert len(judged(table.where(network=name, depth=6))) == len(JUDGING)
