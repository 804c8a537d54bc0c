from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from course import config
from course.datasets import circles, gaussians, moons, spirals, xor

ALL = [circles, moons, xor, spirals, gaussians]


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("n", [2, 7, 500])
def test_shapes_types_and_balance(make, n):
    x, y = make(n=n)
    assert x.shape == (n, 2)
    assert x.dtype == np.float32
    assert y.shape == (n,)
    assert np.issubdtype(y.dtype, np.integer)
    assert set(y) == {0, 1}
    assert abs(np.sum(y == 0) - np.sum(y == 1)) == n % 2


@pytest.mark.parametrize("make", ALL)
def test_a_seed_repeats_and_another_differs(make):
    x, y = make(n=50, seed=3)
    again, y_again = make(n=50, seed=3)
    other, _ = make(n=50, seed=4)
    np.testing.assert_array_equal(x, again)
    np.testing.assert_array_equal(y, y_again)
    assert not np.array_equal(x, other)


@pytest.mark.parametrize("make", ALL)
def test_without_a_seed_the_packages_generator_draws(make):
    with config.seeded(5):
        first, second = make(n=20, seed=None)[0], make(n=20, seed=None)[0]
    with config.seeded(5):
        repeated = make(n=20, seed=None)[0]
    np.testing.assert_array_equal(first, repeated)
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("make", ALL)
def test_numpys_global_generator_is_left_alone(make):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    make(n=20, seed=None)
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize("make", ALL)
def test_rows_are_shuffled(make):
    _, y = make(n=500)
    runs = 1 + np.sum(y[1:] != y[:-1])
    assert 200 < runs < 300  # about 250 expected, standard deviation 11


@pytest.mark.parametrize("make", ALL)
def test_the_noise_has_its_standard_deviation_and_moves_nothing_else(make):
    clean, y = make(n=5000, noise=0)
    noisy, y_noisy = make(n=5000, noise=0.2)
    z = (noisy - clean) / 0.2
    np.testing.assert_array_equal(y, y_noisy)
    assert abs(z.mean()) < 4 / np.sqrt(10000)
    assert abs(z.std() - 1) < 4 / np.sqrt(20000)
    assert abs(np.mean(np.abs(z) < 1) - (norm.cdf(1) - norm.cdf(-1))) < 0.02


@pytest.mark.parametrize("make", ALL)
def test_centred_and_of_unit_size(make):
    x, _ = make(n=5000)
    assert np.abs(x.mean(axis=0)).max() < 0.06
    assert 0.35 < x.std(axis=0).min() <= x.std(axis=0).max() < 1.1


def test_circles_have_their_radii():
    x, y = circles(noise=0, factor=0.3)
    r = np.hypot(*x.T)
    np.testing.assert_allclose(r[y == 0], 1, rtol=1e-6)
    np.testing.assert_allclose(r[y == 1], 0.3, rtol=1e-6)


def test_moons_are_each_others_image_and_interlock():
    x, y = moons(n=4000, noise=0)
    np.testing.assert_allclose(np.hypot(*(x[y == 0] + (0.5, 0.25)).T), 1, rtol=1e-6)
    np.testing.assert_allclose(np.hypot(*(-x[y == 1] + (0.5, 0.25)).T), 1, rtol=1e-6)
    upper = x[y == 0]
    assert upper[:, 1].min() == pytest.approx(-0.25, abs=0.01)
    assert upper[:, 1].max() == pytest.approx(0.75, abs=0.01)
    assert x[y == 1][:, 1].max() > upper[:, 1].min()


def test_xor_classes_are_the_signs_product():
    x, y = xor(n=4000, noise=0)
    np.testing.assert_array_equal(y, x[:, 0] * x[:, 1] < 0)
    quadrants = np.histogram2d(*x.T, bins=[[-1, 0, 1]] * 2)[0]
    assert quadrants.min() > 850


def test_spirals_lie_on_their_arms():
    x, y = spirals(noise=0, turns=2)
    r = np.hypot(*x.T)
    theta = 4 * np.pi * r + np.pi * y
    np.testing.assert_allclose(
        x, np.column_stack([r * np.cos(theta), r * np.sin(theta)]), atol=1e-5
    )
    assert r.max() < 1


def test_gaussians_have_their_centres_and_their_error():
    x, y = gaussians(n=20000, noise=1)
    np.testing.assert_allclose(x[y == 0].mean(axis=0), (1, 0), atol=0.04)
    np.testing.assert_allclose(x[y == 1].mean(axis=0), (-1, 0), atol=0.04)
    assert np.mean((x[:, 0] < 0) != y) == pytest.approx(norm.cdf(-1), abs=0.01)


def test_gaussians_of_many_classes_are_balanced():
    x, y = gaussians(n=302, noise=0, classes=5)
    counts = np.bincount(y)
    assert len(counts) == 5
    assert counts.max() - counts.min() == 1
    np.testing.assert_allclose(np.hypot(*x.T), 1, rtol=1e-6)


def test_floatx_is_kept_to():
    config.set_floatx("float64")
    try:
        assert circles(n=4)[0].dtype == np.float64
    finally:
        config.set_floatx("float32")


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": 1}, ValueError, "n must be at least 2, got 1"),
        ({"n": 10.0}, TypeError, "n must be a whole number, got 10.0"),
        ({"noise": -0.1}, ValueError, "noise must be at least 0, got -0.1"),
        ({"noise": "much"}, TypeError, "noise must be a number, got 'much'"),
        ({"noise": np.nan}, ValueError, "noise must be at least 0, got nan"),
        ({"seed": -1}, ValueError, "seed must be zero or more, got -1"),
        ({"seed": 1.5}, TypeError, "seed must be a whole number"),
    ],
)
def test_wrong_arguments_are_named(make, arguments, error, message):
    with pytest.raises(error, match=message):
        make(**arguments)


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (circles, {"factor": 1}, "factor must be above 0 and below 1, got 1"),
        (spirals, {"turns": 0}, "turns must be above 0, got 0"),
        (gaussians, {"classes": 1}, "classes must be at least 2, got 1"),
        (gaussians, {"n": 3, "classes": 4}, "n must be at least 4, got 3"),
    ],
)
def test_wrong_arguments_of_one_of_them(make, arguments, message):
    with pytest.raises(ValueError, match=message):
        make(**arguments)
