"""Steps of an optimizer on one weight, for numbers worked out by hand."""

from __future__ import annotations

import numpy as np

from course.engine import Parameters, Variable
from course.optimizers import Optimizer


def steps(optimizer: Optimizer, gradients: list[float], start: float = 1.0) -> list[float]:
    """Return the weight after each step from `start`, in float64."""
    v = Variable(np.array([start]), "w")
    parameters = Parameters(lambda: ([v], [v]), optimizer)
    path = []
    for g in gradients:
        v.grad = g
        parameters.step()
        path.append(float(v.value[0]))
    return path
