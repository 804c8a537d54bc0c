"""How far the gradient of a mini-batch lies from that of all rows: measured, and by formula."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config


def row_gradients(model: Any, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss of each single row, all weights in one line.

    Without penalties the gradient of a batch is the mean of its rows here.

    Parameters
    ----------
    model : Model
        Compiled.
    x, y : arrays of shape (n, ...) and (n, ...)

    Returns
    -------
    array of float64 of shape (n, weights)
    """
    return np.array([flat_gradient(model, x[i : i + 1], y[i : i + 1]) for i in range(len(x))])


def flat_gradient(model: Any, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the gradient on one batch as a line of float64 of shape (weights,)."""
    parts = model.gradients(x, y).values()
    return np.concatenate([np.ravel(part) for part in parts]).astype(float)


def row_spread(gradients: np.ndarray) -> float:
    """Return σ, the root mean square distance of single gradients from their mean.

    Parameters
    ----------
    gradients : array of shape (n, weights)
    """
    centred = gradients - gradients.mean(0)
    return float(np.sqrt((centred**2).sum(1).mean()))


def expected_noise(sigma: float, batch_size: int, n: int) -> float:
    """Return ``σ/√B · √((N − B)/(N − 1))``: how far batches lie from the mean of all N rows.

    Exact for B rows drawn without replacement, as `fit` draws them, with σ from
    :func:`row_spread`.

    Parameters
    ----------
    sigma : float
    batch_size : int
        B, 1 to `n`.
    n : int
        N, at least 2.

    Raises
    ------
    TypeError, ValueError
        If B is not one of 1, ..., N.

    References
    ----------
    Cochran, Sampling Techniques (1977), section 2.5.
    """
    B = checks.integer("batch_size", batch_size, 1)
    checks.number("batch_size", B, 1, n)
    return float(sigma / np.sqrt(B) * np.sqrt((n - B) / (n - 1)))


def measured_noise(
    gradients: np.ndarray, batch_size: int, draws: int = 1000, seed: int = 0
) -> float:
    """Draw batches without replacement; return how far (root mean square) they lie off.

    Parameters
    ----------
    gradients : array of shape (n, weights)
        Of single rows.
    batch_size : int
        At most n.
    draws : int, default 1000
    seed : int, default 0
    """
    n, rng = len(gradients), config.generator(seed)
    centred = gradients - gradients.mean(0)
    inner = centred @ centred.T  # of shape (n, n): |mean of a batch|² is 1ᵀ inner 1 / B²
    batches = np.argsort(rng.random((draws, n)), axis=1)[:, :batch_size]
    chosen = np.zeros((draws, n))
    np.put_along_axis(chosen, batches, 1 / batch_size, axis=1)
    squares = np.einsum("dn,dn->d", chosen @ inner, chosen)
    return float(np.sqrt(max(squares.mean(), 0)))


def noise_scale(gradients: np.ndarray) -> float:
    """Return the batch size σ²/|g|² at which noise is as long as the gradient g of all rows.

    For batches drawn with replacement; near N it is less.

    Parameters
    ----------
    gradients : array of shape (n, weights)

    References
    ----------
    McCandlish et al. (2018), An Empirical Model of Large-Batch Training (arXiv 1812.06162).
    """
    return row_spread(gradients) ** 2 / float((gradients.mean(0) ** 2).sum())
