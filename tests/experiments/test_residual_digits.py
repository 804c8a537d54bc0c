"""Thirty-four layers: their number, their size, and what they are before training."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.experiments.digit_rates import rate_digits
from course.experiments.image_digits import images, scores
from course.experiments.residual_digits import WIRINGS, deep_digits, trained_deep
from course.layers import Dense

X = images(rate_digits()[2][0][:10])


@pytest.mark.parametrize("wiring", WIRINGS)
def test_layers_and_numbers(wiring: str) -> None:
    model = deep_digits(wiring)
    dense = sum(isinstance(layer, Dense) for layer in model.layers)
    expected = (2, 1210) if wiring == "shallow" else (34, 9914)
    assert (dense, model.count_params()) == expected


@pytest.mark.parametrize("wiring", ["plain, identity", "residual, from zero"])
def test_two_of_them_begin_as_the_shallow_network(wiring: str) -> None:
    with config.seeded(1):
        deep, shallow = deep_digits(wiring), deep_digits("shallow")
    weights = deep.get_weights()
    shallow.set_weights([*weights[:2], *weights[-2:]])
    np.testing.assert_allclose(
        deep.predict(X, verbose=0), shallow.predict(X, verbose=0), rtol=1e-4, atol=1e-6
    )


def test_a_road_from_zero_is_learned_in_a_few_epochs() -> None:
    model = trained_deep("residual, from zero", 0.003, epochs=5)
    assert min(scores(model)) > 0.7


def test_there_are_no_other_wirings() -> None:
    with pytest.raises(ValueError, match="wiring must be one of"):
        deep_digits("dense")
