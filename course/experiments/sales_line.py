"""A straight line through sales against TV budgets: two numbers to learn, so all can be drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import config
from course.callbacks import WeightHistory
from course.datasets import load_advertising
from course.initializers import Constant
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD

# How far a picture of the cost goes from its lowest point, along w and along b.
RAW_REACH, STANDARDIZED_REACH = (0.13, 9.0), (18.0, 17.0)


def sales_data(*, standardized: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return TV budgets of shape (200, 1) and sales of shape (200,).

    Parameters
    ----------
    standardized : bool, default False
        True takes the mean off the budgets and divides by their standard deviation.
    """
    x, y = load_advertising()
    if standardized:
        wide = x.astype(float)
        x = ((wide - wide.mean()) / wide.std()).astype(x.dtype)
    return x, y


def sales_line(learning_rate: float, start: tuple[float, float] = (0.0, 0.0)) -> Any:
    """Return a compiled model of one linear unit, ŷ = w·x + b, with mean squared error and SGD.

    Parameters
    ----------
    learning_rate : float
    start : pair of float, default (0, 0)
        w and b before the first update. Their names are ``line/kernel`` and ``line/bias``.
    """
    w, b = map(Constant, start)
    line = Dense(1, kernel_initializer=w, bias_initializer=b, name="line")
    model = Sequential([Input(shape=(1,)), line])
    model.compile(SGD(learning_rate), "mean_squared_error")
    return model


def descend(
    x: np.ndarray,
    y: np.ndarray,
    learning_rate: float,
    *,
    batch_size: int | None = None,
    epochs: int = 30,
    seed: int = 0,
    start: tuple[float, float] = (0.0, 0.0),
) -> np.ndarray:
    """Train :func:`sales_line` with `fit` and return the path that a callback recorded.

    Parameters
    ----------
    x : array of shape (n, 1)
    y : array of shape (n,)
    learning_rate : float
    batch_size : int, optional
        None takes all n at once.
    epochs : int, default 30
    seed : int, default 0
        Of the order of the rows.
    start : pair of float, default (0, 0)

    Returns
    -------
    array of shape (updates + 1, 2)
        w and b before the first update and after each.
    """
    model, record = sales_line(learning_rate, start), WeightHistory(freq="batch")
    with config.seeded(seed):
        model.fit(
            x, y, batch_size=batch_size or len(x), epochs=epochs, verbose=0, callbacks=[record]
        )
    return record.path("line/kernel", "line/bias").astype(float)


def hessian(x: np.ndarray) -> np.ndarray:
    """Return the second derivatives of the mean squared error by w and b, of shape (2, 2).

    ``H = (2/n) · XᵀX``, where X has the columns x and 1; it depends on neither y, w nor b. Its
    eigenvalues are the curvatures, in ascending order from ``numpy.linalg.eigvalsh``.

    Parameters
    ----------
    x : array of shape (n, 1)
    """
    X = np.column_stack([np.ravel(x), np.ones(len(x))]).astype(float)
    return 2 * X.T @ X / len(X)


def lowest(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return (w, b) of the least-squares line, where the cost is lowest.

    Parameters
    ----------
    x : array of shape (n, 1)
    y : array of shape (n,)
    """
    return np.polyfit(np.ravel(x).astype(float), np.asarray(y, float), 1)


def line_cost(x: np.ndarray, y: np.ndarray, w: Any, b: Any) -> np.ndarray:
    """Return the mean squared error for `w` and `b`, which are broadcast against each other.

    Parameters
    ----------
    x : array of shape (n, 1)
    y : array of shape (n,)
    w, b : array_like
        A grid of costs of shape (rows, columns) from w of shape (columns,) and b (rows, 1).
    """
    x, y = np.ravel(x).astype(float), np.asarray(y, float)
    w, b = np.asarray(w, float)[..., None], np.asarray(b, float)[..., None]
    return np.mean((w * x + b - y) ** 2, axis=-1)


def degrees_off(x: np.ndarray, y: np.ndarray, w: Any, b: Any) -> np.ndarray:
    """Return the angle between the steepest way down and the straight way to the lowest point.

    Parameters
    ----------
    x : array of shape (n, 1)
    y : array of shape (n,)
    w, b : array_like of shape (...,)
        Where to stand.

    Returns
    -------
    array of shape (...,)
        In degrees, below 90; NaN at the lowest point itself.
    """
    way = lowest(x, y) - np.stack(np.broadcast_arrays(w, b), axis=-1)
    downhill = way @ hessian(x)
    lengths = np.linalg.norm(way, axis=-1) * np.linalg.norm(downhill, axis=-1)
    there = np.linalg.norm(way, axis=-1) < 1e-9
    cosine = np.where(there, np.nan, (way * downhill).sum(axis=-1) / np.where(there, 1, lengths))
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def landscape(*, standardized: bool = False, cells: int = 121) -> tuple[np.ndarray, ...]:
    """Return what ``plots.contour`` needs to draw the cost around its lowest point.

    Parameters
    ----------
    standardized : bool, default False
        Of which budgets.
    cells : int, default 121
        Along each axis; odd, so that the lowest point is one of them.

    Returns
    -------
    cost : array of shape (cells, cells)
    w : array of shape (cells,)
    b : array of shape (cells,)
    """
    x, y = sales_data(standardized=standardized)
    reaches = STANDARDIZED_REACH if standardized else RAW_REACH
    w, b = (
        np.linspace(centre - reach, centre + reach, cells)
        for centre, reach in zip(lowest(x, y), reaches, strict=True)
    )
    return line_cost(x, y, w, b[:, None]), w, b
