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
from course.optimizers import Optimizer

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "optimizers.json").read_text())
DTYPES = pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-7), ("float32", 3e-6)])


def title(case: dict) -> str:
    """Return ``SGD(momentum=0.9)``."""
    options = (f"{key}={_short(value)}" for key, value in case["config"].items())
    return f"{case['name']}({', '.join(options)})"


def _short(value: object) -> object:
    return value["class_name"] if isinstance(value, dict) else value


CASES = pytest.mark.parametrize("case", GOLDEN["cases"], ids=title)


def optimizer_of(case: dict) -> Optimizer:
    """Return the optimizer of a case, made from the whole config that Keras writes."""
    made = getattr(optimizers, case["name"]).from_config(case["full_config"])
    made.exclude_from_weight_decay(var_names=case["config"].get("exclude"))
    return made


def variables_of(case: dict, dtype: str) -> list[Variable]:
    """Return the weights to begin with."""
    return [
        Variable(np.array(value, dtype), name)
        for value, name in zip(GOLDEN["start"], ["kernel", "bias"], strict=True)
    ]


def state(parameters: Parameters, variables: list[Variable]) -> list[tuple[str, np.ndarray]]:
    """Return what is to be kept, in the order that `slot_groups` describes."""
    optimizer = parameters.optimizer
    kept = [("iteration", np.array([optimizer.iterations]))]
    if optimizer.schedule is None:
        kept.append(("learning_rate", np.array([optimizer.learning_rate])))
    for group in optimizer.slot_groups():
        for v in variables:
            slots = parameters.slots_of(v)
            kept += [(f"{v.name}_{name}", slots[name].ravel()) for name in group]
    return kept + [("variable", np.array([value])) for value in optimizer.scalars().values()]


@DTYPES
@CASES
def test_ten_steps_and_what_is_remembered_are_those_of_keras(
    case: dict, dtype: str, tolerance: float
) -> None:
    variables, optimizer = variables_of(case, dtype), optimizer_of(case)
    parameters = Parameters(lambda: (variables, variables), optimizer)
    for gradients, expected in zip(GOLDEN["gradients"], case["weights"], strict=True):
        for variable, gradient in zip(variables, gradients, strict=True):
            variable.grad = gradient
        parameters.step()
        actual = np.concatenate([variable.numpy().ravel() for variable in variables])
        np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)
    assert optimizer.iterations == len(case["weights"])
    kept = state(parameters, variables)
    assert [name for name, _ in kept] == [name for name, _ in case["variables"]]
    for (name, actual), (_, expected) in zip(kept, case["variables"], strict=True):
        np.testing.assert_allclose(actual, expected, tolerance, tolerance, err_msg=name)


@CASES
def test_a_config_has_every_entry_of_that_of_keras(case: dict) -> None:
    ours = optimizer_of(case).get_config()
    assert ours == case["full_config"] | {"name": ours["name"]}


def test_every_optimizer_is_compared() -> None:
    assert {case["name"] for case in GOLDEN["cases"]} == optimizers.TABLE.keys()
