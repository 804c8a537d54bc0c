"""Means, configs, directions, and metrics of one's own."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses, metrics

EVERY = sorted({m for m in metrics.TABLE.values() if m is not metrics.Mean}, key=str)


def test_mean_of_numbers() -> None:
    mean = metrics.Mean("speed", direction="max")
    assert mean(1.0) == 1
    assert mean([3, 5]) == 3
    assert mean([11.0], sample_weight=[3]) == 7
    mean.reset_state()
    assert mean.result() == 0
    with pytest.raises(ValueError, match="direction must be one of 'max', 'min', got 'up'"):
        metrics.Mean(direction="up")


def test_sums_of_many_float32_batches_do_not_drift() -> None:
    metric, y, p = metrics.MeanAbsoluteError(), np.zeros((10, 1), "f4"), np.full((10, 1), 0.1, "f4")
    for _ in range(5000):
        metric.update_state(y, p)
    assert metric.result() == pytest.approx(0.1, rel=1e-7)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_metric_declares_a_direction_and_repeats_from_its_config(kind) -> None:
    metric = kind()
    assert metric.direction in ("max", "min")
    again = kind.from_config(metric.get_config())
    assert again.get_config() == metric.get_config()
    assert kind(name="mine").name == "mine"


def test_directions() -> None:
    for name in ("mse", "hinge", "binary_crossentropy", "RootMeanSquaredError"):
        assert metrics.get(name).direction == "min"
    for name in ("accuracy", "auc", "f1_score", "r2_score", "precision", "TopKCategoricalAccuracy"):
        assert metrics.get(name).direction == "max"


def test_a_metric_that_is_a_loss_takes_its_arguments() -> None:
    logits = np.array([[2.0], [-1.0]])
    metric = metrics.BinaryCrossentropy(from_logits=True, label_smoothing=0.1)
    loss = losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1)
    assert metric([1, 0], logits) == pytest.approx(loss([1, 0], logits))
    assert metric.get_config() == {
        "from_logits": True,
        "label_smoothing": 0.1,
        "name": "binary_crossentropy",
    }


def test_root_of_the_mean_is_taken_last() -> None:
    metric = metrics.RootMeanSquaredError()
    metric.update_state([[0.0]], [[3.0]])
    metric.update_state([[0.0]], [[4.0]])
    assert metric.result() == pytest.approx(np.sqrt(12.5))


def test_a_subclass_of_ones_own() -> None:
    class Count(metrics.Metric):
        direction = "max"
        default_name = "count"

        def update_state(self, y_true, y_pred, sample_weight=None):
            self.n += len(y_true)

        def result(self):
            return float(self.n)

        def reset_state(self):
            self.n = 0

    metric = metrics.get(Count)
    assert metric([1, 2], [3, 4]) == 2
    assert metric([1], [3]) == 3
    assert metrics.direction_of("val_count", [metric]) == "max"


def test_an_unfinished_subclass_says_what_is_missing() -> None:
    class Unfinished(metrics.Metric):
        pass

    with pytest.raises(NotImplementedError, match="Unfinished has no reset_state"):
        Unfinished().reset_state()
