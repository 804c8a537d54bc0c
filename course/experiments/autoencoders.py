"""Networks that give back what they were given, through a bottleneck: linear, denoising."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from course import checks, config
from course.experiments.digit_rates import rate_digits
from course.layers import Dense, GaussianNoise, Input
from course.models import Sequential
from course.optimizers import Adam
from course.optimizers.schedules import CosineDecay

NOISE = 0.3  # standard deviation of what is added to each pixel
CODE, EPOCHS, BATCH = 32, 30, 32
DENOISERS = ("linear", "relu")


class Truncated(NamedTuple):
    """The best approximation of rank k: its error, and the k directions it keeps."""

    error: float
    directions: np.ndarray


def truncated_svd(x: np.ndarray, k: int) -> Truncated:
    """Return the mean squared error of the rank-k truncated SVD, and its directions.

    Of all matrices of rank k it is the nearest one in squares.

    Parameters
    ----------
    x : array of shape (n, d)
        Centred, if directions of greatest spread are wanted.
    k : int

    Returns
    -------
    Truncated
        `directions` of shape (k, d), orthonormal.

    References
    ----------
    Eckart and Young (1936), The approximation of one matrix by another of lower rank.
    """
    _, s, vt = np.linalg.svd(np.asarray(x, float), full_matrices=False)
    return Truncated(float(np.sum(s[k:] ** 2) / np.size(x)), vt[:k])


def linear_autoencoder(x: np.ndarray, k: int, seed: int = 0, *, epochs: int = 600) -> Any:
    """Train d-k-d without activation and bias to give back `x`, all rows at once, by Adam.

    Parameters
    ----------
    x : array of shape (n, d)
    k : int
    seed : int, default 0
    epochs : int, default 600
        Over which the rate falls from 0.03 to 0 on a cosine.

    Returns
    -------
    Sequential
        With the layers 'encoder' and 'decoder'; its loss is the mean squared error.
    """
    d = x.shape[1]
    with config.seeded(seed):
        encoder = Dense(k, use_bias=False, name="encoder")
        decoder = Dense(d, use_bias=False, name="decoder")
        model = Sequential([Input(shape=(d,)), encoder, decoder])
        model.compile(Adam(CosineDecay(0.03, epochs)), "mse")
        model.fit(x, x, batch_size=len(x), epochs=epochs, verbose=0)
    return model


def smallest_cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the cosine of the largest angle between the spaces that the rows span: 1 is equal.

    Parameters
    ----------
    a, b : arrays of shape (k, d)

    References
    ----------
    Björck and Golub (1973), Numerical methods for computing angles between linear subspaces.
    """
    p, q = (np.linalg.qr(np.asarray(rows, float).T)[0] for rows in (a, b))
    return float(np.linalg.svd(p.T @ q, compute_uv=False).min())


def noisy(x: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return `x` with normal noise of standard deviation 0.3, drawn anew for each pixel."""
    noise = config.generator(seed).normal(0, NOISE, np.shape(x))
    return (x + noise).astype(x.dtype)


def trained_denoiser(kind: str, learning_rate: float, seed: int = 0) -> Any:
    """Train 64-32-64 by Adam to give back digits to which noise was added, new in each epoch.

    Parameters
    ----------
    kind : str
        'linear': no activations. 'relu': ReLU in the middle, sigmoid at the end.
    learning_rate : float
    seed : int, default 0

    Returns
    -------
    Sequential
        It adds noise in training only.
    """
    checks.one_of("kind", kind, DENOISERS)
    ends = ("relu", "sigmoid") if kind == "relu" else (None, None)
    (x, _), _, _ = rate_digits(seed)
    with config.seeded(seed):
        layers = [GaussianNoise(NOISE), Dense(CODE, ends[0]), Dense(64, ends[1])]
        model = Sequential([Input(shape=(64,)), *layers])
        model.compile(Adam(learning_rate), "mse")
        model.fit(x, x, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def removed(clean: np.ndarray, disturbed: np.ndarray, answer: np.ndarray) -> float:
    """Return the share of the squared error of `disturbed` that is gone in `answer`: 1 is all."""
    before, after = np.mean((disturbed - clean) ** 2), np.mean((answer - clean) ** 2)
    return float(1 - after / before)


def noise_removed(model: Any, seed: int = 0) -> tuple[float, float]:
    """Return :func:`removed` for validation digits and for test digits, with noise of `seed`."""
    _, (validation, _), (test, _) = rate_digits(seed)
    shares = []
    for x in (validation, test):
        disturbed = noisy(x, 1000 + seed)
        shares.append(removed(x, disturbed, model.predict(disturbed, verbose=0)))
    return shares[0], shares[1]
