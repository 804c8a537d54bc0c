"""Digits on several scales: the same information, and what a darker light does to it."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.scaled_digits import (
    DIVIDED,
    INPUTS,
    scaled_accuracy,
    scaled_digits,
    scaled_network,
)


@pytest.mark.parametrize("inputs", [*INPUTS, DIVIDED])
def test_shapes_and_types(inputs: str) -> None:
    x, x_held, y, y_held = scaled_digits(inputs, 3)
    assert (x.shape, x_held.shape, y.shape, y_held.shape) == (
        (1347, 64),
        (450, 64),
        (1347,),
        (450,),
    )
    assert x.dtype == x_held.dtype == np.float32
    assert np.isfinite(x).all()


def test_standardizing_makes_the_units_indifferent() -> None:
    one, other = (scaled_digits(name, 1) for name in ("standardized", "mixed units, standardized"))
    np.testing.assert_allclose(one[0], other[0], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-4, atol=1e-5)


def test_the_training_part_alone_is_standardized_exactly() -> None:
    x, x_held, _, _ = scaled_digits("standardized")
    np.testing.assert_allclose(x.mean(0), 0, atol=1e-5)
    assert np.abs(x_held.mean(0)).max() > 0.01


def test_divided_pixels_are_standardized_ones_with_their_mean() -> None:
    divided, standardized = (scaled_digits(name)[0] for name in (DIVIDED, "standardized"))
    np.testing.assert_allclose(divided - divided.mean(0), standardized, atol=1e-4)
    assert divided.min() == 0


def test_mixed_units_differ_by_orders_of_magnitude() -> None:
    x = scaled_digits("mixed units")[0]
    pixels = scaled_digits("pixels 0 to 16")[0]
    factors = x.max(0)[pixels.max(0) > 0] / pixels.max(0)[pixels.max(0) > 0]
    assert factors.min() < 0.1
    assert factors.max() > 10


def test_light_changes_the_held_out_digits_only_and_not_those_standardized_per_sample() -> None:
    for inputs, same in (("pixels / 16", False), ("standardized per sample", True)):
        bright, dark = (scaled_digits(inputs, light=light) for light in (1, 0.4))
        np.testing.assert_array_equal(bright[0], dark[0])
        assert np.allclose(bright[1], dark[1], atol=1e-5) == same


def test_there_are_no_other_inputs() -> None:
    with pytest.raises(ValueError, match="inputs must be one of"):
        scaled_digits("normalized")


def test_pixels_of_one_unit_are_learned_and_mixed_units_are_not() -> None:
    fine = scaled_network("pixels / 16", 0.3)
    assert scaled_accuracy(fine, "pixels / 16") > 0.9
    poor = scaled_network("mixed units", 0.0001)
    assert scaled_accuracy(poor, "mixed units") < 0.85
