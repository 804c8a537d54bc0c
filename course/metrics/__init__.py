"""Metrics: figures about outputs and targets, added up batch by batch."""

from __future__ import annotations

from course.metrics.accuracy import (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
)
from course.metrics.auc import AUC
from course.metrics.confusion import confusion_matrix
from course.metrics.f1_score import F1Score
from course.metrics.from_loss import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Hinge,
    KLDivergence,
    LogCoshError,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanMetricWrapper,
    MeanSquaredError,
    RootMeanSquaredError,
    SparseCategoricalCrossentropy,
)
from course.metrics.identifiers import (
    TABLE,
    deserialize,
    direction_of,
    get,
    resolve,
    serialize,
)
from course.metrics.metric import Mean, Metric
from course.metrics.precision_recall import Precision, Recall
from course.metrics.r2_score import R2Score
from course.metrics.top_k import SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy

__all__ = [
    "AUC",
    "TABLE",
    "Accuracy",
    "BinaryAccuracy",
    "BinaryCrossentropy",
    "CategoricalAccuracy",
    "CategoricalCrossentropy",
    "F1Score",
    "Hinge",
    "KLDivergence",
    "LogCoshError",
    "Mean",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanMetricWrapper",
    "MeanSquaredError",
    "Metric",
    "Precision",
    "R2Score",
    "Recall",
    "RootMeanSquaredError",
    "SparseCategoricalAccuracy",
    "SparseCategoricalCrossentropy",
    "SparseTopKCategoricalAccuracy",
    "TopKCategoricalAccuracy",
    "confusion_matrix",
    "deserialize",
    "direction_of",
    "get",
    "resolve",
    "serialize",
]
