"""Values, gradients and weighted reductions of every loss, as Keras gives them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course import losses

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "losses_metrics.json").read_text())
CASES = [(key, record) for key, records in GOLDEN["losses"].items() for record in records]
REDUCTIONS = ("sum_over_batch_size", "sum", "mean_with_sample_weight")


def title(value: str | dict) -> str:
    """Return ``Huber-delta=0.7``, or the name of the data."""
    if isinstance(value, str):
        return value
    return "-".join([value["class_name"], *(f"{k}={v}" for k, v in value["config"].items())])


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("key", "record"), CASES, ids=title)
def test_values_and_gradient_are_those_of_keras(key: str, record: dict) -> None:
    loss = losses.get({"class_name": record["class_name"], "config": record["config"]})
    p = np.array(GOLDEN["data"][key]["y_pred"])
    y = loss.check_targets(GOLDEN["data"][key]["y_true"], p.shape)
    values, cache = loss.forward(y, p)
    np.testing.assert_allclose(values, record["values"], rtol=1e-6, atol=1e-6)
    gradient = loss.backward(y, p, cache)
    np.testing.assert_allclose(gradient, record["gradient"], rtol=1e-7, atol=1e-9)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(("key", "record"), CASES, ids=title)
def test_weighted_reductions_are_those_of_keras(key: str, record: dict, reduction: str) -> None:
    data, weight = GOLDEN["data"][key], GOLDEN["sample_weight"]
    loss = getattr(losses, record["class_name"])(reduction=reduction, **record["config"])
    if np.ndim(data["y_pred"]) == 3:  # Keras weighs one value a sample only
        weight = np.repeat(np.array(weight)[:, None], 2, axis=1)
        values = np.array(record["values"])
        n = {"sum": 1, "sum_over_batch_size": values.size}.get(reduction, weight.sum())
        expected = (weight * values).sum() / n
        assert loss(data["y_true"], data["y_pred"], weight[:, 0]) == pytest.approx(expected)
    else:
        expected = record[reduction]
    assert loss(data["y_true"], data["y_pred"], weight) == pytest.approx(expected, rel=1e-6)
