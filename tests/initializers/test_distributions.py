"""What the draws look like, with fixed seeds and many of them."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import initializers
from course.initializers import (
    Orthogonal,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    VarianceScaling,
    fans,
)

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "f1a.json").read_text(encoding="utf-8"))
SHAPE = (200, 300)


@pytest.mark.parametrize(("shape", "expected"), GOLDEN["fans"])
def test_fans_are_those_of_keras(shape, expected):
    assert fans(tuple(shape)) == tuple(expected)


@pytest.mark.parametrize(
    ("name", "variance", "limit"),
    [
        ("glorot_uniform", 2 / 500, sqrt(6 / 500)),
        ("glorot_normal", 2 / 500, 2 * sqrt(2 / 500) / 0.87962566),
        ("he_uniform", 2 / 200, sqrt(6 / 200)),
        ("he_normal", 2 / 200, 2 * sqrt(2 / 200) / 0.87962566),
        ("lecun_uniform", 1 / 200, sqrt(3 / 200)),
        ("lecun_normal", 1 / 200, 2 * sqrt(1 / 200) / 0.87962566),
    ],
)
def test_variance_and_limits_of_the_presets(name, variance, limit):
    w = getattr(initializers, name)(seed=0)(SHAPE, "float64")
    assert abs(w.mean()) < 4 * sqrt(variance / w.size)
    np.testing.assert_allclose(w.var(), variance, rtol=0.02)
    assert 0.99 * limit < abs(w).max() <= limit


@pytest.mark.parametrize(
    ("preset", "settings"),
    [
        ("glorot_uniform", (1, "fan_avg", "uniform")),
        ("he_normal", (2, "fan_in", "truncated_normal")),
        ("lecun_normal", (1, "fan_in", "normal")),
    ],
)
def test_presets_are_settings_of_variance_scaling(preset, settings):
    made = getattr(initializers, preset)(seed=5)((6, 4))
    np.testing.assert_array_equal(made, VarianceScaling(*settings, seed=5)((6, 4)))


def test_untruncated_normal_counts_outputs_and_has_long_tails():
    w = VarianceScaling(3, "fan_out", "untruncated_normal", seed=0)(SHAPE, "float64")
    np.testing.assert_allclose(w.var(), 3 / 300, rtol=0.02)
    assert abs(w).max() > 3.5 * sqrt(3 / 300)


def test_kernels_of_convolutions_count_their_field():
    w = initializers.HeNormal(seed=0)((3, 3, 32, 64), "float64")
    np.testing.assert_allclose(w.var(), 2 / (9 * 32), rtol=0.04)


def test_uniform_fills_its_range():
    w = RandomUniform(-0.2, 0.6, seed=0)(SHAPE, "float64")
    assert -0.2 <= w.min() < -0.1999
    assert 0.5999 < w.max() <= 0.6
    np.testing.assert_allclose(w.mean(), 0.2, atol=0.004)


def test_normal_has_its_mean_and_deviation():
    w = RandomNormal(1, 0.3, seed=0)(SHAPE, "float64")
    np.testing.assert_allclose([w.mean(), w.std()], [1, 0.3], rtol=0.01)
    assert abs(w - 1).max() > 3 * 0.3


def test_truncated_normal_stops_at_two_deviations():
    w = TruncatedNormal(1, 0.3, seed=0)(SHAPE, "float64")
    np.testing.assert_allclose([w.mean(), w.std()], [1, 0.3 * 0.87962566], rtol=0.01)
    assert 1.99 * 0.3 < abs(w - 1).max() <= 2 * 0.3


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 99))
def test_orthogonal_matrices_are_orthogonal(rows, columns, seed):
    w = Orthogonal(gain=1.5, seed=seed)((rows, columns), "float64")
    small = w.T @ w if rows >= columns else w @ w.T
    np.testing.assert_allclose(small, 1.5**2 * np.eye(min(rows, columns)), atol=1e-12)


def test_orthogonal_kernels_are_so_as_matrices():
    w = Orthogonal(seed=0)((3, 3, 4, 8), "float64").reshape(36, 8)
    np.testing.assert_allclose(w.T @ w, np.eye(8), atol=1e-12)


def test_orthogonal_prefers_no_sign():
    made = Orthogonal()
    with_seed = [Orthogonal(seed=s)((1, 1), "float64").item() for s in range(200)]
    assert made((1, 1)).shape == (1, 1)
    assert sorted(set(with_seed)) == [-1, 1]
    assert 70 < sum(v > 0 for v in with_seed) < 130
