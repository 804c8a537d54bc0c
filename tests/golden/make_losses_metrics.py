"""Write losses_metrics.json: what Keras 3 answers for losses, their gradients and metrics.

Run once with Keras 3 and its PyTorch backend installed::

    KERAS_BACKEND=torch python tests/golden/make_losses_metrics.py
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np
import torch

OUT = Path(__file__).with_name("losses_metrics.json")

LOSSES = {
    "regression": [
        ("MeanSquaredError", {}),
        ("MeanAbsoluteError", {}),
        ("MeanAbsolutePercentageError", {}),
        ("Huber", {"delta": 0.7}),
        ("LogCosh", {}),
    ],
    "signs": [("Hinge", {})],
    "binary": [
        ("BinaryCrossentropy", {}),
        ("BinaryCrossentropy", {"label_smoothing": 0.2}),
    ],
    "binary_logits": [
        ("BinaryCrossentropy", {"from_logits": True}),
        ("BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.2}),
    ],
    "classes": [
        ("CategoricalCrossentropy", {}),
        ("CategoricalCrossentropy", {"label_smoothing": 0.2}),
        ("KLDivergence", {}),
    ],
    "classes_logits": [
        ("CategoricalCrossentropy", {"from_logits": True}),
        ("CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.2}),
    ],
    "sequences_logits": [("CategoricalCrossentropy", {"from_logits": True})],
    "labels": [("SparseCategoricalCrossentropy", {})],
    "labels_logits": [("SparseCategoricalCrossentropy", {"from_logits": True})],
}

METRICS = {
    "regression": [
        ("MeanSquaredError", {}),
        ("RootMeanSquaredError", {}),
        ("MeanAbsoluteError", {}),
        ("MeanAbsolutePercentageError", {}),
        ("LogCoshError", {}),
        ("R2Score", {}),
        ("R2Score", {"class_aggregation": "variance_weighted_average"}),
        ("R2Score", {"class_aggregation": None}),
    ],
    "signs": [("Hinge", {})],
    "binary": [
        ("BinaryCrossentropy", {}),
        ("BinaryAccuracy", {}),
        ("BinaryAccuracy", {"threshold": 0.3}),
        ("Precision", {}),
        ("Recall", {}),
        ("Precision", {"thresholds": [0.2, 0.8]}),
        ("Recall", {"thresholds": [0.2, 0.8]}),
        ("Precision", {"class_id": 1}),
        ("AUC", {}),
        ("AUC", {"curve": "PR"}),
        ("AUC", {"num_thresholds": 11}),
        ("F1Score", {"threshold": 0.5}),
        ("F1Score", {"threshold": 0.5, "average": "micro"}),
    ],
    "classes": [
        ("CategoricalCrossentropy", {}),
        ("KLDivergence", {}),
        ("CategoricalAccuracy", {}),
        ("TopKCategoricalAccuracy", {"k": 2}),
        ("Precision", {"top_k": 2}),
        ("Recall", {"top_k": 1, "class_id": 2}),
        ("F1Score", {}),
        ("F1Score", {"average": "macro"}),
        ("F1Score", {"average": "weighted"}),
    ],
    "labels": [
        ("SparseCategoricalCrossentropy", {}),
        ("SparseCategoricalAccuracy", {}),
        ("SparseTopKCategoricalAccuracy", {"k": 2}),
    ],
}


def make_data() -> dict[str, dict[str, np.ndarray]]:
    rng = np.random.default_rng(7)
    n, k = 12, 4
    labels = rng.integers(0, k, n)
    columns = np.eye(k)[labels]
    logits = 3 * rng.normal(size=(n, k))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    shares[0] = np.roll(columns[0], 1)  # certain, and wrong
    yes_no = rng.integers(0, 2, (n, 2)).astype(float)
    chances = rng.random((n, 2))
    chances[0], chances[1] = yes_no[0], 1 - yes_no[1]
    soft = rng.dirichlet(np.ones(k), (n, 2))
    numbers = rng.normal(size=(n, 2)) + 3
    return {
        "regression": {"y_true": numbers, "y_pred": numbers + rng.normal(size=(n, 2))},
        "signs": {"y_true": yes_no, "y_pred": 2 * rng.normal(size=(n, 2))},
        "binary": {"y_true": yes_no, "y_pred": chances},
        "binary_logits": {"y_true": yes_no, "y_pred": 10 * rng.normal(size=(n, 2))},
        "classes": {"y_true": columns, "y_pred": shares},
        "classes_logits": {"y_true": columns, "y_pred": logits},
        "sequences_logits": {"y_true": soft, "y_pred": rng.normal(size=(n, 2, k))},
        "labels": {"y_true": labels, "y_pred": shares},
        "labels_logits": {"y_true": labels, "y_pred": logits},
    }


def loss_record(name, config, data, weight):
    make = getattr(keras.losses, name)
    y_true, y_pred = data["y_true"], torch.tensor(data["y_pred"], requires_grad=True)
    values = make(reduction=None, **config)(y_true, y_pred)
    values.sum().backward()
    record = {
        "class_name": name,
        "config": config,
        "values": values.detach().numpy().tolist(),
        "gradient": y_pred.grad.numpy().tolist(),
    }
    if values.ndim == 1:
        for reduction in ("sum_over_batch_size", "sum", "mean_with_sample_weight"):
            loss = make(reduction=reduction, **config)
            record[reduction] = float(loss(y_true, data["y_pred"], weight))
    return record


def metric_record(name, config, data, weight):
    record = {"class_name": name, "config": config}
    for key, given in (("result", None), ("weighted", weight)):
        metric = getattr(keras.metrics, name)(**config)
        metric.update_state(data["y_true"], data["y_pred"], given)
        record[key] = np.asarray(keras.ops.convert_to_numpy(metric.result())).tolist()
    return record


def main() -> None:
    keras.config.set_floatx("float64")
    data = make_data()
    weight = np.random.default_rng(8).integers(0, 4, 12) / 2
    records = {
        "keras": keras.__version__,
        "sample_weight": weight.tolist(),
        "data": {key: {k: v.tolist() for k, v in pair.items()} for key, pair in data.items()},
        "losses": {
            key: [loss_record(name, config, data[key], weight) for name, config in cases]
            for key, cases in LOSSES.items()
        },
        "metrics": {
            key: [metric_record(name, config, data[key], weight) for name, config in cases]
            for key, cases in METRICS.items()
        },
    }
    OUT.write_text(json.dumps(records) + "\n")


if __name__ == "__main__":
    main()
