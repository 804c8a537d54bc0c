"""How fast gradients grow from layer to layer, with a normalization in each, before training."""

from __future__ import annotations

import numpy as np

from course import config
from course.experiments.normalized_digits import normalized_network
from course.experiments.signal_sizes import SignalSizes, signal_sizes

MARGIN = 5  # layers left out at either end: there the signals have not settled


def normalized_signals(
    depth: int = 50,
    norm: str = "before",
    seed: int = 0,
    *,
    rows: int = 100,
    width: int = 100,
    residual: bool = False,
) -> SignalSizes:
    """Return the signals of a fresh :func:`normalized_network` on random inputs from N(0, 1).

    Parameters
    ----------
    depth : int, default 50
        Hidden layers.
    norm : str, default 'before'
        As in :func:`normalized_network`.
    seed : int, default 0
        Of the weights and the inputs.
    rows : int, default 100
        The batch.
    width : int, default 100
        Units in each layer.
    residual : bool, default False

    Returns
    -------
    SignalSizes
    """
    with config.seeded(seed):
        model = normalized_network(depth, norm, residual=residual, width=width)
        x = config.generator().normal(size=(rows, 64))
    model.compile("sgd", "sparse_categorical_crossentropy")
    return signal_sizes(model, x, np.arange(rows) % 10)


def growth(sizes: SignalSizes) -> float:
    """Return the factor by which the error signal grows per layer on its way back.

    Parameters
    ----------
    sizes : SignalSizes
        Of more than ten layers; five at either end are left out.

    Returns
    -------
    float
        The geometric mean.
    """
    inner = sizes.backward[MARGIN:-MARGIN]
    return float((inner[0] / inner[-1]) ** (1 / (len(inner) - 1)))
