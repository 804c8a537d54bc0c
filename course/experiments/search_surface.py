"""2,916 networks trained beforehand on digits: a surface on which searches cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

import numpy as np

from course import checks, config
from course.experiments.table import load_table

MOMENTA = MappingProxyType({"adam": 0.0, "sgd": 0.0, "momentum": 0.9})  # the third: SGD, too
SPACE: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "optimizer": tuple(MOMENTA),
        "learning_rate": (1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0),
        "layers": (1, 2, 3),
        "units": (8, 16, 32, 64),
        "activation": ("relu", "sigmoid", "tanh"),
        "batch_size": (16, 64, 256),
    }
)
SHAPE = tuple(map(len, SPACE.values()))


@cache
def surface() -> np.ndarray:
    """Return the accuracies of ``digits_search.csv``, an axis for each entry of `SPACE`."""
    table, heights = load_table("digits_search"), np.full(SHAPE, np.nan)
    optimizer = [
        list(MOMENTA).index("momentum" if momentum else name)
        for name, momentum in zip(table["optimizer"], table["momentum"], strict=True)
    ]
    places = [optimizer]
    for name, values in list(SPACE.items())[1:]:
        places.append([values.index(value) for value in table[name].tolist()])
    heights[tuple(places)] = table["accuracy"]
    heights.flags.writeable = False
    return heights


def place(values: Mapping[str, Any]) -> tuple[int, ...]:
    """Return where a configuration lies on the surface.

    Raises
    ------
    ValueError
        If a value is none of `SPACE`.
    """
    return tuple(_number(name, values[name]) for name in SPACE)


def _number(name: str, value: Any) -> int:
    """Return which value of a hyperparameter it is."""
    if isinstance(value, str):
        checks.one_of(name, value, SPACE[name])
    return SPACE[name].index(value)


def accuracy(**values: Any) -> float:
    """Return the validation accuracy of one configuration, a value for each entry of `SPACE`."""
    return float(surface()[place(values)])


def random_searches(trials: int, repeats: int = 1000, seed: int = 0) -> np.ndarray:
    """Return the accuracies of random searches, none of which tries a network twice.

    Parameters
    ----------
    trials : int
        At most 2,916.
    repeats : int, default 1000
    seed : int, default 0

    Returns
    -------
    array of shape (repeats, trials)
        In the order of the trials.
    """
    heights, rng = surface().ravel(), config.generator(seed)
    checks.number("trials", checks.integer("trials", trials, 1), 1, heights.size)
    return np.array([rng.choice(heights, trials, replace=False) for _ in range(repeats)])


def one_at_a_time(
    known: Mapping[str, Any], trials: int, seed: int = 0, *, notch: bool = False
) -> np.ndarray:
    """Search by a simple rule: change one value, keep the change if it was better.

    Parameters
    ----------
    known : mapping
        Values of the first configuration; all that it does not name are drawn at random.
    trials : int
        Different configurations to try, the first included.
    seed : int, default 0
        Of what is drawn: the first values, the order of the changes, the new values.
    notch : bool, default False
        True moves to the next value of the list, up or down, and never further.

    Returns
    -------
    array of shape (at most trials,)
        Accuracies in the order of the trials; fewer where nothing around is new.
    """
    rng, heights = config.generator(seed), surface()
    drawn = {name: options[rng.integers(len(options))] for name, options in SPACE.items()}
    now = place({**drawn, **known})
    tried = [now]
    order = rng.permutation(len(SHAPE))
    for turn in range(50 * trials):
        if len(tried) == trials:
            break
        axis = order[turn % len(order)]
        values = [v for v in range(SHAPE[axis]) if not notch or abs(v - now[axis]) == 1]
        others = [(*now[:axis], v, *now[axis + 1 :]) for v in values]
        others = [other for other in others if other not in tried]
        if others:
            tried.append(others[rng.integers(len(others))])
            now = max(now, tried[-1], key=lambda spot: heights[spot])
    return np.array([heights[spot] for spot in tried])


def sampled_searches(
    draw: Callable[[np.ndarray], np.ndarray],
    optimizer: str,
    trials: int,
    repeats: int = 1000,
    seed: int = 0,
) -> np.ndarray:
    """Return the accuracies of random searches whose learning rates are drawn by a function.

    Parameters
    ----------
    draw : callable
        ``draw(u)`` turns numbers that are uniform in [0, 1) into rates; the nearest rate of the
        surface, by its logarithm, is taken.
    optimizer : str
        The same in all trials; whatever else there is to choose is drawn.
    trials : int
    repeats : int, default 1000
    seed : int, default 0

    Returns
    -------
    array of shape (repeats, trials)
    """
    rng = config.generator(seed)
    rates, listed = np.log(draw(rng.random((repeats, trials)))), np.log(SPACE["learning_rate"])
    places = [rng.integers(n, size=(repeats, trials)) for n in SHAPE]
    places[1] = np.abs(rates[..., None] - listed).argmin(-1)
    return surface()[list(MOMENTA).index(optimizer), *places[1:]]


def two_valued_grids(repeats: int = 1000, seed: int = 0) -> np.ndarray:
    """Return the best accuracy of random grids: two values of each of six, 64 trials.

    Parameters
    ----------
    repeats : int, default 1000
    seed : int, default 0
        Of the two values of each hyperparameter.

    Returns
    -------
    array of shape (repeats,)
    """
    rng = config.generator(seed)
    pairs = [list(combinations(range(n), 2)) for n in SHAPE]
    chosen = ([axis[rng.integers(len(axis))] for axis in pairs] for _ in range(repeats))
    return np.array([surface()[np.ix_(*values)].max() for values in chosen])


def spread_grids() -> np.ndarray:
    """Return the best accuracies of all grids of 64 whose values are spread over their ranges.

    The two learning rates are 0.001 and 0.1, the middles of the halves of the range; of layers
    and batch sizes both ends are taken, of the widths one below and one above the middle; of
    optimizers and activations, which have no order, any two.

    Returns
    -------
    array of shape (36,)
    """
    names, half = list(combinations(range(3), 2)), ((0, 2), (0, 3), (1, 2), (1, 3))
    grids = product(names, [(2, 6)], [(0, 2)], half, names, [(0, 2)])
    return np.array([surface()[np.ix_(*values)].max() for values in grids])
