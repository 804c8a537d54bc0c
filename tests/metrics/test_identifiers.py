"""From names to metrics beside a loss, and from keys of the logs to directions."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses, metrics

BINARY = losses.BinaryCrossentropy()
CATEGORICAL = losses.CategoricalCrossentropy()
SPARSE = losses.SparseCategoricalCrossentropy()
MSE = losses.MeanSquaredError()


@pytest.mark.parametrize(
    ("loss", "columns", "target_shape", "kind"),
    [
        (BINARY, 1, None, "Binary"),
        (MSE, 1, None, "Binary"),
        (losses.Hinge(), 1, (None, 1), "Binary"),
        (BINARY, 3, None, "Binary"),  # Keras: Categorical
        (BINARY, 3, (None, 3), "Binary"),
        (CATEGORICAL, 3, None, "Categorical"),
        (CATEGORICAL, 3, (None, 3), "Categorical"),
        (MSE, 3, (None, 3), "Categorical"),
        (SPARSE, 3, None, "SparseCategorical"),
        (SPARSE, 3, (None,), "SparseCategorical"),
        (MSE, 3, (None, 1), "SparseCategorical"),
        (None, 3, (None,), "SparseCategorical"),
        (None, 3, None, "Categorical"),
    ],
)
def test_accuracy_and_crossentropy_depend_on_the_loss(loss, columns, target_shape, kind) -> None:
    for name, suffix in (
        ("accuracy", "Accuracy"),
        ("acc", "Accuracy"),
        ("crossentropy", "Crossentropy"),
        ("ce", "Crossentropy"),
    ):
        metric = metrics.resolve(name, loss, (None, columns), target_shape)
        assert type(metric) is getattr(metrics, kind + suffix)
        assert metric.name == name


def test_crossentropy_is_over_logits_where_the_loss_is() -> None:
    loss = losses.SparseCategoricalCrossentropy(from_logits=True)
    assert metrics.resolve("ce", loss, (None, 3)).loss.from_logits
    assert not metrics.resolve("ce", SPARSE, (None, 3)).loss.from_logits


@pytest.mark.parametrize(
    ("identifier", "kind", "key"),
    [
        ("mse", metrics.MeanSquaredError, "mse"),
        ("MSE", metrics.MeanSquaredError, "MSE"),
        ("mean_squared_error", metrics.MeanSquaredError, "mean_squared_error"),
        ("MeanSquaredError", metrics.MeanSquaredError, "MeanSquaredError"),
        ("mape", metrics.MeanAbsolutePercentageError, "mape"),
        ("AUC", metrics.AUC, "AUC"),
        ("auc", metrics.AUC, "auc"),
        ("binary_accuracy", metrics.BinaryAccuracy, "binary_accuracy"),
        ("r2_score", metrics.R2Score, "r2_score"),
        (metrics.MeanSquaredError, metrics.MeanSquaredError, "mean_squared_error"),
        (metrics.LogCoshError(), metrics.LogCoshError, "logcosh"),
        (metrics.AUC(name="area"), metrics.AUC, "area"),
        (losses.mean_squared_error, metrics.MeanSquaredError, "mean_squared_error"),
        (losses.sparse_categorical_crossentropy, metrics.SparseCategoricalCrossentropy, None),
        ({"class_name": "AUC", "config": {"curve": "PR"}}, metrics.AUC, "auc"),
    ],
)
def test_what_was_written_is_the_key_as_in_keras(identifier, kind: type, key: str | None) -> None:
    metric = metrics.resolve(identifier, None, (None, 1))
    assert type(metric) is kind
    assert metric.name == (key or "sparse_categorical_crossentropy")


def test_f1_by_name_is_one_number() -> None:
    for name in ("f1_score", "F1Score"):
        assert metrics.get(name).average == "macro"
    assert metrics.get(metrics.F1Score).average is None


def test_a_name_makes_a_new_metric_each_time() -> None:
    assert metrics.get("mse") is not metrics.get("mse")


def test_a_function_of_ones_own() -> None:
    def largest_error(y_true, y_pred):
        return np.abs(y_true - y_pred).max(axis=-1)

    metric = metrics.resolve(largest_error, MSE, (None, 2))
    assert metric.name == "largest_error"
    assert metric(np.zeros((2, 2)), np.array([[1.0, -3.0], [0.0, 1.0]])) == 2
    with pytest.raises(ValueError, match=r"'val_largest_error' is better.*mode='max'"):
        metrics.direction_of("val_largest_error", [metric])
    largest_error.direction = "min"
    assert metrics.direction_of("largest_error", [metrics.get(largest_error)]) == "min"
    with pytest.raises(TypeError, match=r"largest_error.*compile again after loading"):
        metric.get_config()


def test_a_wrapped_function_takes_arguments() -> None:
    def power(y_true, y_pred, exponent):
        return np.abs(y_true - y_pred) ** exponent

    metric = metrics.MeanMetricWrapper(power, "cubes", direction="min", exponent=3)
    assert metric(np.zeros(2), np.array([1.0, 2.0])) == 4.5
    with pytest.raises(ValueError, match="direction must be one of 'max', 'min', got 'down'"):
        metrics.MeanMetricWrapper(power, direction="down")


def test_unknown_names_and_things() -> None:
    with pytest.raises(ValueError, match=r"Unknown metric 'acuracy'. Did you mean 'accuracy'"):
        metrics.resolve("acuracy", MSE, (None, 1))
    for identifier in (None, 3, int):
        with pytest.raises(TypeError, match="metric must be a name such as 'mse'"):
            metrics.get(identifier)


def test_direction_of_keys() -> None:
    logged = [metrics.F1Score("macro"), metrics.get("mse")]
    assert metrics.direction_of("val_f1_score", logged) == "max"
    assert metrics.direction_of("mean_squared_error", logged) == "min"
    assert metrics.direction_of("loss", logged) == metrics.direction_of("val_loss", []) == "min"
    assert metrics.direction_of("val_left_loss", logged) == "min"
    assert metrics.direction_of("val_left_accuracy", {"left_accuracy": metrics.Accuracy()}) == "max"


def test_a_key_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(
        ValueError, match=r"'val_acc' is not a key.*'val_accuracy'.*Keys: loss, acc"
    ):
        metrics.direction_of("val_acc", [metrics.Accuracy()])
