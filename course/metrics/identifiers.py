"""From what is written in `compile` to a metric, and from a key of the logs to a direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from course import lookup, losses, serialization
from course.losses import Loss
from course.metrics.accuracy import (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
)
from course.metrics.auc import AUC
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
from course.metrics.metric import Mean, Metric
from course.metrics.precision_recall import Precision, Recall
from course.metrics.r2_score import R2Score
from course.metrics.top_k import SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy

_BY_NAME = {
    "accuracy": Accuracy,
    "binary_accuracy": BinaryAccuracy,
    "categorical_accuracy": CategoricalAccuracy,
    "sparse_categorical_accuracy": SparseCategoricalAccuracy,
    "top_k_categorical_accuracy": TopKCategoricalAccuracy,
    "sparse_top_k_categorical_accuracy": SparseTopKCategoricalAccuracy,
    "precision": Precision,
    "recall": Recall,
    "f1_score": F1Score,
    "auc": AUC,
    "r2_score": R2Score,
    "mean": Mean,
    "mean_squared_error": MeanSquaredError,
    "root_mean_squared_error": RootMeanSquaredError,
    "mean_absolute_error": MeanAbsoluteError,
    "mean_absolute_percentage_error": MeanAbsolutePercentageError,
    "log_cosh_error": LogCoshError,
    "hinge": Hinge,
    "binary_crossentropy": BinaryCrossentropy,
    "categorical_crossentropy": CategoricalCrossentropy,
    "sparse_categorical_crossentropy": SparseCategoricalCrossentropy,
    "kl_divergence": KLDivergence,
}

TABLE: dict[str, type[Metric]] = {
    "mse": MeanSquaredError,
    "mae": MeanAbsoluteError,
    "mape": MeanAbsolutePercentageError,
    "logcosh": LogCoshError,
    "bce": BinaryCrossentropy,
    "kld": KLDivergence,
    **{metric.__name__: metric for metric in _BY_NAME.values()},
    **_BY_NAME,
}

_OF_FUNCTION = {
    losses.mean_squared_error: MeanSquaredError,
    losses.mean_absolute_error: MeanAbsoluteError,
    losses.mean_absolute_percentage_error: MeanAbsolutePercentageError,
    losses.log_cosh: LogCoshError,
    losses.hinge: Hinge,
    losses.binary_crossentropy: BinaryCrossentropy,
    losses.categorical_crossentropy: CategoricalCrossentropy,
    losses.sparse_categorical_crossentropy: SparseCategoricalCrossentropy,
    losses.kl_divergence: KLDivergence,
}

_ACCURACIES = (BinaryAccuracy, SparseCategoricalAccuracy, CategoricalAccuracy)
_CROSSENTROPIES = (
    BinaryCrossentropy,
    SparseCategoricalCrossentropy,
    CategoricalCrossentropy,
)
_DEPENDS_ON_LOSS = {
    "accuracy": _ACCURACIES,
    "acc": _ACCURACIES,
    "crossentropy": _CROSSENTROPIES,
    "ce": _CROSSENTROPIES,
}

_SHARED_NAMES = {*_DEPENDS_ON_LOSS, "mse", "mae", "mape", "binary_accuracy", "hinge"}
_SHARED_NAMES |= {name for name in _BY_NAME if "categorical" in name or "error" in name}


def get(identifier: Any) -> Metric:
    """Return a metric for a name, a class, a config, an instance or a function.

    Parameters
    ----------
    identifier : str, type, dict, Metric or callable
        ``'mse'``, ``AUC``, ``{'class_name': 'AUC', 'config': {}}``, ``AUC(curve='PR')``, or a
        function of (y_true, y_pred) that returns one value for each sample. An attribute
        ``direction`` of the function, 'max' or 'min', lets callbacks monitor it.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else altogether.
    """
    identifier = serialization.custom(identifier)
    if isinstance(identifier, str) and lookup.find(identifier, TABLE, "metric") is F1Score:
        return F1Score(average="macro")
    if isinstance(identifier, Metric | type | str | dict) or not callable(identifier):
        return lookup.resolve(identifier, TABLE, "metric", Metric)
    if identifier in _OF_FUNCTION:
        return _OF_FUNCTION[identifier]()
    return MeanMetricWrapper(identifier)


def serialize(metric: Any) -> Any:
    """Return an entry for a file, see :mod:`course.serialization`.

    A name that Keras knows for the same metric, or for the kind that fits the loss, stays a
    name.
    """
    if isinstance(metric, str) and metric in _SHARED_NAMES:
        return metric
    made = get(metric)
    if isinstance(made, MeanMetricWrapper):
        return serialization.function_entry(made.fn)
    if isinstance(metric, str):
        made.name = metric
    return serialization.entry(made, "keras.metrics", TABLE)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the metric that :func:`serialize`, here or in Keras, described.

    Parameters
    ----------
    config : dict or str
        What `serialize` returned.
    custom_objects : dict of str to object, optional
        Classes and functions of one's own, by name.
    """
    with serialization.custom_object_scope(custom_objects):
        return get(config)


def resolve(
    identifier: Any,
    loss: Loss | None,
    output_shape: tuple[int | None, ...],
    target_shape: tuple[int | None, ...] | None = None,
) -> Metric:
    """Return the metric that `identifier` stands for beside this loss and these outputs.

    ``'accuracy'`` (``'acc'``) and ``'crossentropy'`` (``'ce'``) are binary for one column of
    outputs, sparse where the targets are labels, else categorical. With the loss binary
    cross-entropy they are binary for several columns, too; Keras takes categorical accuracy
    there, which counts a row of yes-or-no answers as right where its largest one is.

    Parameters
    ----------
    identifier : str, type, dict, Metric or callable
        See :func:`get`. A name stays the key of the logs as it was written.
    loss : Loss or None
        The loss over these outputs.
    output_shape : tuple
        (n or None, ..., k).
    target_shape : tuple, optional
        Of the targets; tells labels from columns where the loss does not.

    Returns
    -------
    Metric
    """
    if not isinstance(identifier, str):
        return get(identifier)
    family = _DEPENDS_ON_LOSS.get(identifier.lower())
    if family is None:
        metric = get(identifier)
    else:
        metric = _member(family, loss, output_shape, target_shape)
    metric.name = identifier
    return metric


def _member(
    family: tuple[type[Metric], ...],
    loss: Loss | None,
    output_shape: tuple[int | None, ...],
    target_shape: tuple[int | None, ...] | None,
) -> Metric:
    binary, sparse, categorical = family
    columns = output_shape[-1]
    labels = target_shape is not None and (
        len(target_shape) < len(output_shape) or target_shape[-1] == 1
    )
    if columns == 1 or isinstance(loss, losses.BinaryCrossentropy):
        kind = binary
    elif labels or isinstance(loss, losses.SparseCategoricalCrossentropy):
        kind = sparse
    else:
        kind = categorical
    if family is _CROSSENTROPIES:
        return kind(from_logits=getattr(loss, "from_logits", False))
    return kind()


def direction_of(key: str, metrics: Iterable[Metric] | Mapping[str, Metric]) -> str:
    """Return whether more ('max') or less ('min') is better of a key of the logs.

    Parameters
    ----------
    key : str
        ``'loss'``, the loss of one of several outputs (``'left_loss'``), the name of a metric,
        or any of these after ``'val_'``.
    metrics : iterable of Metric, or mapping of key to Metric
        The metrics that are logged; a mapping where their keys are not their names.

    Raises
    ------
    ValueError
        If there is no such key, or its metric does not say which is better.
    """
    table = metrics if isinstance(metrics, Mapping) else {m.name: m for m in metrics}
    name = key.removeprefix("val_")
    if name in table:
        direction = table[name].direction
        if direction is None:
            raise ValueError(
                f"Whether {key!r} is better when larger or smaller is not known. Give mode='max' "
                "or mode='min' where it is monitored, or the metric an attribute `direction`."
            )
        return direction
    if name == "loss" or name.endswith("_loss"):
        return "min"
    known = ["loss", *table]
    known += [f"val_{name}" for name in known]
    raise ValueError(
        f"{key!r} is not a key of the logs.{lookup.nearest(key, known)} Keys: {', '.join(known)}."
    )
