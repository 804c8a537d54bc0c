"""Edges of digits by Sobel, and the same wiring with filters that are drawn or learned."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.experiments.image_digits import trained
from course.layers import Conv2D, Dense, Flatten, Input
from course.models import Sequential

SOBEL_X = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
SOBEL_Y = SOBEL_X.T
FILTERS = ("none", "Sobel", "random", "learned")


def edges(images: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Slide Sobel's two filters over images, without flipping them::

        Gx = Σ window · SOBEL_X,     Gy = Σ window · SOBEL_Y,     G = √(Gx² + Gy²)

    Parameters
    ----------
    images : array of shape (..., height, width)

    Returns
    -------
    Gx, Gy, G : arrays of shape (..., height - 2, width - 2)
        Gx is positive where it grows brighter to the right, Gy where it does so downward.

    Raises
    ------
    ValueError
        If an image is smaller than the window.

    References
    ----------
    Sobel and Feldman (1968), A 3×3 isotropic gradient operator for image processing.
    """
    images = np.asarray(images, float)
    if images.ndim < 2 or min(images.shape[-2:]) < 3:
        raise ValueError(
            f"images must be of shape (..., 3 or more, 3 or more), got {images.shape}."
        )
    windows = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(-2, -1))
    gx, gy = (np.einsum("...ij,ij->...", windows, f) for f in (SOBEL_X, SOBEL_Y))
    return gx, gy, np.hypot(gx, gy)


def four_filters() -> np.ndarray:
    """Return Sobel's filters as weights of `Conv2D(4, 3)`, of shape (3, 3, 1, 4).

    Each comes with both signs: ReLU lets one of the two sides of an edge through.
    """
    return np.stack([SOBEL_X, -SOBEL_X, SOBEL_Y, -SOBEL_Y], axis=-1)[:, :, np.newaxis]


def filter_network(filters: str) -> Any:
    """Return a new network: four filters of 3×3 with ReLU, then Dense(10) on what they show.

    Parameters
    ----------
    filters : str
        'none': the dense layer sees the pixels. 'Sobel': fixed. 'random': as they are drawn,
        fixed. 'learned': drawn alike, and trained.

    Returns
    -------
    Sequential
        For images of shape (8, 8, 1), not compiled. Which filters are trained is set.
    """
    checks.one_of("filters", filters, FILTERS)
    front = [] if filters == "none" else [Conv2D(4, 3, activation="relu", name="filters")]
    head = [Flatten(), Dense(10, "softmax")]
    model = Sequential([Input(shape=(8, 8, 1)), *front, *head])
    if filters == "Sobel":
        model.get_layer("filters").set_weights([four_filters(), np.zeros(4)])
    if front:
        model.get_layer("filters").trainable = filters == "learned"
    return model


def trained_filters(filters: str, learning_rate: float, seed: int = 0) -> Any:
    """Train :func:`filter_network` on 1,000 digits; see :func:`image_digits.trained`."""
    return trained(lambda: filter_network(filters), learning_rate, seed)
