"""Ten steps of each optimizer, clipping and weight decay included, as Keras takes them.

Keras scales by the global norm in float32 even where the weights are float64.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course import optimizers
from course.engine.parameters import Parameters
from course.engine.variable import Variable

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "optimizers.json").read_text())


def title(case: dict) -> str:
    """Return ``SGD(momentum=0.9)``."""
    options = ", ".join(f"{key}={value}" for key, value in case["config"].items())
    return f"{case['name']}({options})"


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-7), ("float32", 3e-6)])
@pytest.mark.parametrize("case", GOLDEN["cases"], ids=title)
def test_ten_steps_are_those_of_keras(case: dict, dtype: str, tolerance: float) -> None:
    variables = [
        Variable(np.array(value, dtype), name)
        for value, name in zip(GOLDEN["start"], ["kernel", "bias"], strict=True)
    ]
    optimizer = getattr(optimizers, case["name"])(**case["config"])
    parameters = Parameters(lambda: (variables, variables), optimizer)
    for gradients, expected in zip(GOLDEN["gradients"], case["weights"], strict=True):
        for variable, gradient in zip(variables, gradients, strict=True):
            variable.grad = gradient
        parameters.step()
        actual = np.concatenate([variable.numpy().ravel() for variable in variables])
        np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)
    assert optimizer.iterations == len(case["weights"])
