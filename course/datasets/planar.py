"""Classes of points in the plane, each made to be hard in a way of its own.

All are centred on the origin and about one unit in size, their classes are equally
frequent and their rows shuffled. ``z`` is a standard normal number, drawn anew for each
coordinate, and ``noise`` its standard deviation.
"""

from __future__ import annotations

import numpy as np

from course import checks, config

Points = tuple[np.ndarray, np.ndarray]


def circles(
    n: int = 500, noise: float = 0.1, seed: int | None = 0, *, factor: float = 0.5
) -> Points:
    """Two concentric circles: no straight line tells the inside from the outside.

    ::

        x = r · (cos θ, sin θ) + noise · z        θ uniform on [0, 2π)
        r = 1 where y = 0,  factor where y = 1

    Parameters
    ----------
    n : int, default 500
        Number of points, at least 2.
    noise : float, default 0.1
        Standard deviation of what is added to each coordinate, at least 0.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.
    factor : float, default 0.5
        Radius of the inner circle, between 0 and 1, both excluded.

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 on the outer circle, 1 on the inner one.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    factor = checks.number("factor", factor, above=0, below=1)
    y, rng = _classes(n, 2, seed, noise)
    theta = rng.uniform(0, 2 * np.pi, n)
    r = np.where(y == 0, 1.0, factor)
    return _blur(_polar(r, theta), noise, rng), y


def moons(n: int = 500, noise: float = 0.1, seed: int | None = 0) -> Points:
    """Two half circles that reach into each other.

    ::

        x = ± (cos θ − ½, sin θ − ¼) + noise · z        θ uniform on [0, π)
        + where y = 0,  − where y = 1

    Parameters
    ----------
    n : int, default 500
        Number of points, at least 2.
    noise : float, default 0.1
        Standard deviation of what is added to each coordinate, at least 0.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 on the upper moon, 1 on the lower one.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    y, rng = _classes(n, 2, seed, noise)
    theta = rng.uniform(0, np.pi, n)
    sign = np.where(y == 0, 1.0, -1.0)[:, None]
    return _blur(sign * (_polar(1.0, theta) - (0.5, 0.25)), noise, rng), y


def xor(n: int = 500, noise: float = 0.1, seed: int | None = 0) -> Points:
    """Opposite quadrants of a square: each feature alone says nothing about the class.

    ::

        x = (s u₁, ± s u₂) + noise · z        u₁, u₂ uniform on [0, 1),  s = −1 or 1
        + where y = 0,  − where y = 1

    Parameters
    ----------
    n : int, default 500
        Number of points, at least 2.
    noise : float, default 0.1
        Standard deviation of what is added to each coordinate, at least 0. The class is
        that of the point before the noise.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 where the two coordinates have the same sign, 1 where they differ.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    y, rng = _classes(n, 2, seed, noise)
    u = rng.uniform(0, 1, (n, 2))
    s = rng.choice((-1.0, 1.0), n)
    signs = np.column_stack([s, np.where(y == 0, s, -s)])
    return _blur(signs * u, noise, rng), y


def spirals(
    n: int = 500, noise: float = 0.05, seed: int | None = 0, *, turns: float = 1.25
) -> Points:
    """Two arms wound around each other, after K. Lang and M. Witbrock's hard problem (1988).

    ::

        x = r · (cos θ, sin θ) + noise · z
        θ = 2π · turns · r + π y        r² uniform on [0, 1): no crowd in the middle

    Parameters
    ----------
    n : int, default 500
        Number of points, at least 2.
    noise : float, default 0.05
        Standard deviation of what is added to each coordinate, at least 0. Two arms are
        ``1 / (2 · turns)`` apart.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.
    turns : float, default 1.25
        How often each arm winds around the origin, above 0.

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 or 1, the arm.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    turns = checks.number("turns", turns, above=0)
    y, rng = _classes(n, 2, seed, noise)
    r = np.sqrt(rng.uniform(0, 1, n))
    theta = 2 * np.pi * turns * r + np.pi * y
    return _blur(_polar(r, theta), noise, rng), y


def gaussians(
    n: int = 500, noise: float = 0.4, seed: int | None = 0, *, classes: int = 2
) -> Points:
    """Round clouds with their centres on the unit circle.

    ::

        x = (cos θ, sin θ) + noise · z        θ = 2π y / classes

    With two classes the best possible rule, the sign of the first coordinate, errs with
    probability Φ(−1 / noise): 0.6 % at the default noise, 16 % at ``noise=1``.

    Parameters
    ----------
    n : int, default 500
        Number of points, at least 2 and at least `classes`.
    noise : float, default 0.4
        Standard deviation of each cloud, at least 0.
    seed : int or None, default 0
        The same seed gives the same points; None draws from the package's generator.
    classes : int, default 2
        Number of clouds, at least 2.

    Returns
    -------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 to ``classes − 1``, counter-clockwise from the right.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """
    y, rng = _classes(n, checks.integer("classes", classes, 2), seed, noise)
    return _blur(_polar(1.0, 2 * np.pi * y / classes), noise, rng), y


def _classes(
    n: int, classes: int, seed: int | None, noise: float
) -> tuple[np.ndarray, np.random.Generator]:
    """Return the class of each row, shuffled, and the generator that draws what follows.

    All arguments are checked here, before anything is drawn.
    """
    n = checks.integer("n", n, classes)
    checks.number("noise", noise, 0)
    rng = config.generator(seed)
    return rng.permutation(np.arange(n) % classes), rng


def _polar(r: float | np.ndarray, theta: np.ndarray) -> np.ndarray:
    return np.column_stack([r * np.cos(theta), r * np.sin(theta)])


def _blur(x: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    return (x + float(noise) * rng.standard_normal(x.shape)).astype(config.floatx())
