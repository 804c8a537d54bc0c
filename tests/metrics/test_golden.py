"""Every metric, with and without sample weights, as Keras gives it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course import metrics

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "losses_metrics.json").read_text())
CASES = [(key, record) for key, records in GOLDEN["metrics"].items() for record in records]


def title(value: str | dict) -> str:
    """Return ``AUC-curve=PR``, or the name of the data."""
    if isinstance(value, str):
        return value
    return "-".join([value["class_name"], *(f"{k}={v}" for k, v in value["config"].items())])


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("weighted", [False, True], ids=["plain", "weighted"])
@pytest.mark.parametrize(("key", "record"), CASES, ids=title)
def test_metric_is_that_of_keras(key: str, record: dict, weighted: bool) -> None:
    metric = metrics.get({"class_name": record["class_name"], "config": record["config"]})
    data = GOLDEN["data"][key]
    weight = GOLDEN["sample_weight"] if weighted else None
    metric.update_state(data["y_true"], data["y_pred"], weight)
    expected = record["weighted" if weighted else "result"]
    np.testing.assert_allclose(metric.result(), expected, rtol=1e-6, atol=1e-6)
    assert np.ndim(expected) or type(metric.result()) is float
