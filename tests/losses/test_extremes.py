"""Every loss, its gradient and its metric stay finite where outputs are certain or huge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, losses, metrics
from course.layers import Dense
from course.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Hinge,
    Huber,
    KLDivergence,
    LogCosh,
    Loss,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    SparseCategoricalCrossentropy,
)

CERTAIN = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [1.0, 1.0], [0.5, 0.5], [1e-38, 0.0]])
LOGITS = 1e4 * np.array([[-1, 1], [1, -1], [1, 1], [-1, -1], [0, 1], [1e-4, -1]])
COLUMNS = np.eye(2)[[0, 0, 1, 1, 0, 1]]
LABELS = COLUMNS.argmax(axis=1)

CASES: list[tuple[Loss, np.ndarray, np.ndarray]] = [
    (loss, y, outputs)
    for y, outputs, several in [
        (COLUMNS, CERTAIN, [BinaryCrossentropy(), BinaryCrossentropy(label_smoothing=1.0)]),
        (COLUMNS, LOGITS, [BinaryCrossentropy(True), BinaryCrossentropy(True, 0.1)]),
        (COLUMNS, CERTAIN, [CategoricalCrossentropy(), CategoricalCrossentropy(False, 0.3)]),
        (COLUMNS, LOGITS, [CategoricalCrossentropy(True), CategoricalCrossentropy(True, 1.0)]),
        (LABELS, CERTAIN, [SparseCategoricalCrossentropy()]),
        (LABELS, LOGITS, [SparseCategoricalCrossentropy(True)]),
        (COLUMNS, CERTAIN, [KLDivergence(), Hinge()]),
        (COLUMNS, LOGITS, [MeanSquaredError(), MeanAbsoluteError(), LogCosh(), Huber(), Hinge()]),
        (COLUMNS, LOGITS, [MeanAbsolutePercentageError(), KLDivergence(), BinaryCrossentropy()]),
        (COLUMNS, LOGITS, [CategoricalCrossentropy()]),
        (LABELS, LOGITS, [SparseCategoricalCrossentropy()]),
        (COLUMNS, CERTAIN, [MeanAbsolutePercentageError(), MeanSquaredError(), LogCosh()]),
    ]
    for loss in several
]


def test_no_loss_was_forgotten() -> None:
    assert {type(loss) for loss, _, _ in CASES} == set(losses.FUNCTIONS.values())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("loss", "y", "outputs"), CASES, ids=lambda v: getattr(v, "name", None))
def test_values_and_gradients_are_finite(
    loss: Loss, y: np.ndarray, outputs: np.ndarray, dtype: str
) -> None:
    outputs = outputs.astype(dtype)
    targets = loss.check_targets(y, outputs.shape)
    for rows in (slice(None), *(slice(i, i + 1) for i in range(len(outputs)))):
        values, cache = loss.forward(targets[rows], outputs[rows])
        gradient = loss.backward(targets[rows], outputs[rows], cache)
        assert values.shape == outputs[rows].shape[:-1]
        assert gradient.shape == outputs[rows].shape
        assert np.isfinite(values).all()
        assert np.isfinite(gradient).all()
        for weight in (None, np.zeros(len(values)), np.full(len(values), 1e4)):
            total, factor = loss.reduce_to_train(values, weight)
            assert np.isfinite(total)
            assert np.isfinite(factor * gradient).all()


@pytest.mark.parametrize(
    "metric",
    [
        metrics.BinaryCrossentropy(),
        metrics.CategoricalCrossentropy(),
        metrics.KLDivergence(),
        metrics.Hinge(),
        metrics.LogCoshError(),
        metrics.MeanSquaredError(),
        metrics.RootMeanSquaredError(),
        metrics.MeanAbsoluteError(),
        metrics.MeanAbsolutePercentageError(),
        metrics.R2Score(),
        metrics.AUC(),
        metrics.AUC(curve="PR"),
        metrics.F1Score("macro"),
        metrics.Precision(),
        metrics.Recall(),
        metrics.BinaryAccuracy(),
        metrics.CategoricalAccuracy(),
        metrics.TopKCategoricalAccuracy(1),
    ],
    ids=lambda metric: metric.name,
)
def test_metrics_of_certain_outputs_are_finite(metric: metrics.Metric) -> None:
    assert np.isfinite(metric(COLUMNS, CERTAIN))
    assert np.isfinite(metric(COLUMNS[:1], CERTAIN[:1]))


@pytest.mark.parametrize(
    ("loss", "y", "z", "value", "gradient"),
    [
        (BinaryCrossentropy(True), [[0.0]], [[1e4]], 1e4, [[1.0]]),
        (BinaryCrossentropy(True), [[1.0]], [[1e4]], 0.0, [[0.0]]),
        (BinaryCrossentropy(True), [[1.0]], [[-1e4]], 1e4, [[-1.0]]),
        (CategoricalCrossentropy(True), [[1.0, 0]], [[-1e4, 1e4]], 2e4, [[-1.0, 1]]),
        (SparseCategoricalCrossentropy(True), [1], [[-1e4, 1e4]], 0.0, [[0.0, 0]]),
        (LogCosh(), [[0.0]], [[-1e4]], 1e4 - np.log(2), [[-1.0]]),
        (Huber(2.0), [[0.0]], [[1e4]], 2e4 - 2, [[2.0]]),
        (BinaryCrossentropy(), [[1.0]], [[0.0]], -np.log(1e-7), [[0.0]]),
        (CategoricalCrossentropy(), [[1.0, 0]], [[0.0, 0]], -np.log(1e-7), [[0.0, 0]]),
        (KLDivergence(), [[1.0, 0]], [[0.0, 1]], -np.log(1e-7), [[0.0, -1e-7]]),
    ],
)
def test_they_are_the_right_ones(loss: Loss, y: Any, z: Any, value: float, gradient: Any) -> None:
    z = np.array(z, "float32")
    y = loss.check_targets(y, z.shape)
    values, cache = loss.forward(y, z)
    np.testing.assert_allclose(values, [value], rtol=1e-6, atol=1e-5)
    np.testing.assert_allclose(loss.backward(y, z, cache), gradient, atol=1e-6)


@pytest.mark.parametrize(
    ("units", "activation", "loss", "wrong"),
    [
        (1, "sigmoid", "binary_crossentropy", [0]),
        (2, "softmax", "sparse_categorical_crossentropy", [1]),
        (2, "softmax", "categorical_crossentropy", [[0, 1]]),
    ],
)
def test_a_network_that_is_certain_and_wrong_still_learns(
    units: int, activation: str, loss: str, wrong: Any
) -> None:
    model = Sequential([Input((1,)), Dense(units, activation, use_bias=False)])
    model.compile("sgd", loss)
    model.set_weights([[[1e4, -1e4][:units]]])
    assert 1e4 <= model.evaluate([1.0], wrong) <= 2e4
    (gradient,) = model.gradients([1.0], wrong).values()
    np.testing.assert_array_equal(gradient, [[1.0, -1.0][:units]])
