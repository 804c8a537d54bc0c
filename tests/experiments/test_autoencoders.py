"""Linear autoencoders against the SVD; noise and how much of it goes."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.autoencoders import (
    NOISE,
    linear_autoencoder,
    noise_removed,
    noisy,
    removed,
    smallest_cosine,
    trained_denoiser,
    truncated_svd,
)


def test_truncated_svd_is_the_projection_on_its_directions() -> None:
    x = np.random.default_rng(0).normal(size=(30, 6)) * (5, 4, 3, 1, 1, 1)
    error, directions = truncated_svd(x, 3)
    assert error == pytest.approx(np.mean((x - x @ directions.T @ directions) ** 2))
    np.testing.assert_allclose(directions @ directions.T, np.eye(3), atol=1e-12)
    assert truncated_svd(x, 6).error == pytest.approx(0)


def test_a_linear_autoencoder_finds_it() -> None:
    rng = np.random.default_rng(1)
    x = (rng.normal(size=(200, 6)) * (2, 1.5, 0.4, 0.3, 0.2, 0.1)) @ np.linalg.qr(
        rng.normal(size=(6, 6))
    )[0]
    x = (x - x.mean(0)).astype("float32")
    model, best = linear_autoencoder(x, 2, epochs=2000), truncated_svd(x, 2)
    assert model.evaluate(x, x, verbose=0) == pytest.approx(best.error, rel=1e-3)
    encoder, decoder = model.get_weights()
    assert smallest_cosine(decoder, best.directions) > 0.999
    assert smallest_cosine(encoder.T, best.directions) > 0.999  # every feature varies here


def test_the_cosine_is_that_of_the_largest_angle() -> None:
    e = np.eye(4)
    assert smallest_cosine(e[:2], e[1::-1] * 7) == pytest.approx(1)
    assert smallest_cosine(e[:2], e[1:3]) == pytest.approx(0)
    tilted = np.stack([e[0], np.cos(0.3) * e[1] + np.sin(0.3) * e[2]])
    assert smallest_cosine(e[:2], tilted) == pytest.approx(np.cos(0.3))


def test_noise_has_its_size_and_repeats() -> None:
    x = np.zeros((500, 64), "float32")
    assert noisy(x).std() == pytest.approx(NOISE, rel=0.02)
    np.testing.assert_array_equal(noisy(x, 3), noisy(x, 3))
    assert not np.array_equal(noisy(x, 3), noisy(x, 4))


def test_removed_is_one_for_the_clean_and_nothing_for_the_noisy() -> None:
    clean, disturbed = np.zeros(5), np.ones(5)
    assert removed(clean, disturbed, clean) == 1
    assert removed(clean, disturbed, disturbed) == 0
    assert removed(clean, disturbed, 0.5 * disturbed) == 0.75


@pytest.mark.parametrize("kind", ["linear", "relu"])
def test_denoisers_remove_most_of_the_noise(kind: str) -> None:
    assert min(noise_removed(trained_denoiser(kind, 0.003))) > 0.6


def test_there_are_no_other_denoisers() -> None:
    with pytest.raises(ValueError, match="kind must be one of"):
        trained_denoiser("tanh", 0.01)
