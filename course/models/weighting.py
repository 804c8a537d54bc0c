"""How much each sample counts: from weights of samples and of classes."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy as np

from course import checks, config
from course.models import data


def sample_weights(
    sample_weight: Any,
    class_weight: Any,
    ys: list[np.ndarray],
    names: list[str],
    ranks: list[int],
) -> list[np.ndarray | None]:
    """Return the weight of every sample for each output, or None where all weigh the same.

    Parameters
    ----------
    sample_weight : array_like of shape (n,), or a list or dict of them, optional
        At least 0.
    class_weight : dict of int to float, optional
        A weight for each class; classes that are not named weigh 1. For one output only.
    ys : list of ndarray
        Checked targets.
    names : list of str
        Names of the outputs.
    ranks : list of int
        How many axes the losses of each output have: 1 where there is one loss for each sample.

    Raises
    ------
    TypeError, ValueError
        If a weight is no number, negative, not finite, or of another shape than the losses.
    """
    weights: list[np.ndarray | None] = [None] * len(ys)
    if sample_weight is not None:
        shared = len(names) > 1 and not data.has_parts(sample_weight)
        parts = (
            [sample_weight] * len(ys)
            if shared
            else data.one_for_each(sample_weight, names, "sample_weight")
        )
        weights = [_as_weight(*each) for each in zip(parts, ys, ranks, strict=True)]
    return class_weighted(weights, class_weight, ys)


def class_weighted(
    weights: list[np.ndarray | None], class_weight: Any, ys: list[np.ndarray]
) -> list[np.ndarray | None]:
    """Return the weights times those of the classes; see :func:`sample_weights`."""
    if class_weight is None:
        return weights
    if len(ys) > 1:
        raise ValueError("class_weight works for models with one output; use sample_weight.")
    by_class = _class_weights(class_weight, ys[0])
    return [by_class if weights[0] is None else weights[0] * by_class]


def check_classes(class_weight: Any, heads: list[Any]) -> None:
    """Refuse weights of classes that there cannot be, or where a sample has several targets.

    Raises
    ------
    ValueError
        If the outputs, or the loss, of the only one of `heads` show that they cannot be meant.
    """
    if not isinstance(class_weight, Mapping) or len(heads) > 1:
        return
    shape, loss = heads[0].shape, heads[0].loss
    if len(shape) > 2:
        raise ValueError(
            f"class_weight needs one class a sample, but the outputs have shape {shape}. Use "
            "sample_weight, with one weight for each loss."
        )
    classes = max(2, shape[-1])
    for label in class_weight if hasattr(loss, "from_logits") else ():
        if isinstance(label, Real) and not 0 <= label < classes:
            raise ValueError(
                f"class_weight names the class {label}; with outputs of shape {shape} the classes "
                f"are 0 to {classes - 1}."
            )


def _as_weight(weight: Any, y: np.ndarray | None, rank: int) -> np.ndarray | None:
    if weight is None or y is None:
        return None
    array = data.as_float(data.numeric(weight, "sample_weight"))
    data.same_length({"sample_weight": np.atleast_1d(array), "y": y})
    data.finite(array, "sample_weight")
    if (array < 0).any():
        row = int(np.argwhere(array < 0)[0][0])
        raise ValueError(f"sample_weight must be at least 0, got {array[row]} in row {row}.")
    if array.ndim == rank + 1 and array.shape[-1] == 1:
        array = array[..., 0]
    inner = y.shape[1:rank]
    if array.ndim > rank or any(
        w not in (1, n) for w, n in zip(array.shape[1:], inner, strict=False)
    ):
        raise ValueError(
            f"sample_weight has shape {array.shape}; give one weight for each of {len(y)} samples"
            f"{f', or one for each loss, {(len(y), *inner)}' if inner else ''}."
        )
    return array


def _class_weights(class_weight: Any, y: np.ndarray) -> np.ndarray:
    if not isinstance(class_weight, Mapping):
        raise TypeError(
            f"class_weight must be a dict such as {{0: 1.0, 1: 5.0}}, got {class_weight!r}."
        )
    labels = class_labels(y)
    weights = np.ones(len(labels), config.floatx())
    for label, weight in class_weight.items():
        if not isinstance(label, Real):
            raise TypeError(f"class_weight takes numbers of classes as keys, got {label!r}.")
        weights[labels == label] = checks.number(f"class_weight[{label}]", weight, 0)
    return weights


def class_labels(y: np.ndarray) -> np.ndarray:
    """Return the class of each row of one-hot or label targets."""
    return y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y))
