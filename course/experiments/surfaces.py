"""Small landscapes of two weights, and real optimizers that walk down them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course import checks
from course.engine import Parameters, Variable

SHARE = 0.01  # of the way is left where a descent counts as there
FAR = 1e6  # the weights are not followed any further


class Surface(NamedTuple):
    """A cost over two weights.

    Attributes
    ----------
    cost : function
        Takes an array of shape (..., 2), returns one of shape (...).
    gradient : function
        Takes an array of shape (..., 2), returns one of the same shape.
    start : array of shape (2,)
    lowest : array of shape (points, 2)
        All places where the cost is lowest.
    reach : (left, right, bottom, top)
        Of a picture.
    """

    cost: Callable[[np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray], np.ndarray]
    start: np.ndarray
    lowest: np.ndarray
    reach: tuple[float, float, float, float]


def quadratic(flat: float, steep: float, degrees: float = 0.0) -> Surface:
    """Return the bowl ``(flat·a² + steep·b²)/2``, with a and b along axes turned by `degrees`.

    Parameters
    ----------
    flat, steep : float
        The two curvatures, above 0.
    degrees : float, default 0
        0 lays the flat direction along the first weight.

    Raises
    ------
    ValueError
        If a curvature is not above 0.
    """
    curvatures = [
        checks.number(name, value, above=0)
        for name, value in (("flat", flat), ("steep", steep))
    ]  # fmt: skip
    angle = np.deg2rad(degrees)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    (a, b), (_, c) = (axes.T * curvatures) @ axes  # the second derivatives

    def gradient(w: np.ndarray) -> np.ndarray:
        u, v = w[..., 0], w[..., 1]  # no matrix product: its last bits depend on the machine
        slopes = np.empty_like(w)
        slopes[..., 0], slopes[..., 1] = a * u + b * v, b * u + c * v
        return slopes

    return Surface(
        lambda w: 0.5 * (w * gradient(w)).sum(axis=-1),
        gradient,
        np.array([-10.0, 2.0]) @ axes,
        np.zeros((1, 2)),
        (-12.0, 12.0, -4.0, 4.0) if not degrees and flat != steep else (-12.0, 12.0, -9.6, 9.6),
    )


def saddle() -> Surface:
    """Return ``u²/2 − v²/2 + v⁴/4``: flat at (0, 0), lowest at (0, −1) and (0, 1).

    The start is at v = 0.001, almost on the ridge.
    """
    return Surface(
        lambda w: w[..., 0] ** 2 / 2 - w[..., 1] ** 2 / 2 + w[..., 1] ** 4 / 4,
        lambda w: np.stack([w[..., 0], w[..., 1] ** 3 - w[..., 1]], -1),
        np.array([-1.5, 1e-3]),
        np.array([[0.0, 1.0], [0.0, -1.0]]),
        (-2.0, 2.0, -1.6, 1.6),
    )


SURFACES: dict[str, Surface] = {
    "bowl": quadratic(1.0, 1.0),
    "ravine": quadratic(0.01, 1.0),
    "ravine, turned": quadratic(0.01, 1.0, 45.0),
    "saddle": saddle(),
}


def walk(optimizer: Any, surface: Surface, updates: int) -> np.ndarray:
    """Let an optimizer of the package walk down a surface, in float64.

    Parameters
    ----------
    optimizer : Optimizer
        A fresh one: it remembers earlier steps.
    surface : Surface
    updates : int
        Fewer are made where a weight exceeds a million.

    Returns
    -------
    array of shape (updates + 1, 2)
        The weights, the start first.
    """
    variable = Variable(surface.start.copy(), "w")
    parameters = Parameters(lambda: ([variable], [variable]), optimizer)
    path = np.tile(surface.start, (checks.integer("updates", updates, 0) + 1, 1))
    for t in range(1, len(path)):
        variable.grad = surface.gradient(path[t - 1])
        parameters.step()
        path[t] = variable.value
        if not (abs(path[t, 0]) < FAR and abs(path[t, 1]) < FAR):
            return path[: t + 1]
    return path


def way_left(path: np.ndarray, surface: Surface) -> np.ndarray:
    """Return the distance to the nearest lowest place, as a share of that of the start.

    Parameters
    ----------
    path : array of shape (updates + 1, 2)
    surface : Surface

    Returns
    -------
    array of shape (updates + 1,)
    """
    away = np.linalg.norm(path[:, None] - surface.lowest, axis=-1).min(axis=1)
    return away / away[0]


def arrived(path: np.ndarray, surface: Surface) -> int | None:
    """Return the first update from which on at most 1 % of the way is left, or None.

    Parameters
    ----------
    path : array of shape (updates + 1, 2)
    surface : Surface
    """
    outside = np.flatnonzero(~(way_left(path, surface) <= SHARE))
    first = int(outside[-1]) + 1 if len(outside) else 0
    return first if first < len(path) else None


def updates_needed(
    optimizer: Any, surface: Surface, rates: np.ndarray, updates: int = 1000
) -> np.ndarray:
    """Return for each learning rate what :func:`arrived` says of a walk at that rate.

    An optimizer's `update` works element by element and knows the weights by their gradient
    only, so that all walks are made together, one row of a matrix each.

    Parameters
    ----------
    optimizer : Optimizer
        Whose rule is used; its own learning rate and its memory are not.
    surface : Surface
    rates : array of shape (rates,)
    updates : int, default 1000
        How many are made.

    Returns
    -------
    array of shape (rates,)
        NaN where the walk is not there in the end.

    Notes
    -----
    Where a rule hops about the lowest place, as RMSprop does at a constant rate, the last bits
    decide what comes out.
    """
    moved = np.zeros((len(rates), 2))  # in rates: a step is the rate times what the rule says
    lr, path = np.reshape(rates, (-1, 1)), np.empty((updates, *moved.shape))
    slots = {name: np.full_like(moved, start) for name, start in optimizer.slots().items()}
    w = surface.start + lr * moved
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(updates):
            optimizer.update(moved, surface.gradient(w), slots, 1.0, t + 1)
            path[t] = w = surface.start + lr * moved
        near = np.min([_squared(path - place) for place in surface.lowest], axis=0)
        outside = ~(near <= SHARE**2 * _squared(surface.start - surface.lowest).min())
    needed = updates + 1.0 - np.argmax(outside[::-1], axis=0)
    return np.where(outside[-1], np.nan, np.where(outside.any(axis=0), needed, 1))


def _squared(away: np.ndarray) -> np.ndarray:
    """Return the squared lengths of vectors of shape (..., 2)."""
    return away[..., 0] ** 2 + away[..., 1] ** 2
