"""What training does to borrowed features: how they are pulled, and what they still know."""

from __future__ import annotations

import numpy as np

from course.experiments.transferred_digits import (
    UPDATES,
    Parts,
    accuracy,
    beginning,
    freeze,
    judging_digits,
    source_network,
    transfer_parts,
    updates,
)
from course.models import Sequential


def pull(model: Sequential, parts: Parts) -> float:
    """Return the length of the loss's gradient over the kernels of both hidden layers.

    They are thawed for it, and afterwards as frozen as before.

    Parameters
    ----------
    model : Sequential
        As of :func:`~course.experiments.transferred_digits.beginning`.
    parts : Parts
        The gradient is over its training images.
    """
    frozen = not model.layers[0].trainable
    freeze(model, False)
    gradients = model.gradients(parts.x, parts.y)
    freeze(model, frozen)
    kernels = [g for name, g in gradients.items() if name.endswith("kernel") and "head" not in name]
    return float(np.sqrt(sum(np.sum(np.square(g, dtype=float)) for g in kernels)))


def pulls(labels: int, learning_rate: float, seed: int = 0) -> tuple[float, float]:
    """Return the pull on borrowed features by a fresh head, and after 100 updates of that head.

    Parameters
    ----------
    labels : int
        Of the parity task.
    learning_rate : float
        Of the head.
    seed : int, default 0
    """
    parts = transfer_parts("parity", seed, labels)
    model = beginning("parity", "frozen", learning_rate, seed)
    fresh = pull(model, parts)
    for _ in updates(model, parts.x, parts.y, seed, UPDATES // 2):
        pass
    return fresh, pull(model, parts)


def still_known(model: Sequential, seed: int = 0) -> float:
    """Return the accuracy on ten digits of a parity network's features under the old head.

    Parameters
    ----------
    model : Sequential
        Its features began as those of the source network of `seed`.
    seed : int, default 0

    Returns
    -------
    float
        On the 450 test images.
    """
    old = source_network("parity", seed)
    old.set_weights([*model.get_weights()[:-2], *old.get_weights()[-2:]])
    return accuracy(old, *judging_digits())
