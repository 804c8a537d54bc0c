"""Targets and outputs of a batch, brought to shapes that can be compared."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks


def same_shape(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return both as arrays of one shape; (n,) and (n, 1) are taken for each other."""
    y, p = _numbers("y_true", y_true), _numbers("y_pred", y_pred)
    if y.shape == p.shape:
        return y, p
    if y.shape + (1,) == p.shape:
        return y[..., None], p
    if y.shape == p.shape + (1,):
        return y, p[..., None]
    raise ValueError(
        f"y_true has shape {y.shape} and y_pred has shape {p.shape}; this metric compares them "
        "element by element. For labels against one column a class use a 'sparse_' metric, or "
        "utils.to_categorical(y_true)."
    )


def labels_and_columns(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return labels of shape (n, ...) for outputs of shape (n, ..., classes); (n, 1) is taken."""
    y, p = _numbers("y_true", y_true), _numbers("y_pred", y_pred)
    if y.shape == p.shape[:-1]:
        return y, p
    if y.shape == p.shape[:-1] + (1,):
        return y[..., 0], p
    raise ValueError(
        f"y_true must have one label a row, shape {p.shape[:-1]}, for outputs of shape {p.shape}; "
        f"got shape {y.shape}. For one-hot targets use the metric without 'sparse_', or "
        "np.argmax(y_true, axis=-1)."
    )


def classes_and_columns(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return labels as :func:`labels_and_columns` does, as integers that all have a column.

    Raises
    ------
    ValueError
        If a label has no column.
    """
    y, p = labels_and_columns(y_true, y_pred)
    classes = p.shape[-1]
    wrong = ((y < 0) | (y >= classes) | (y != np.floor(y))).ravel()
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"y_true holds the label {y.ravel()[row]} in row {row}; y_pred has {classes} columns, "
            f"so labels are 0 to {classes - 1}."
        )
    return y.astype(np.intp, copy=False), p


def one_hot_columns(y_true: Any, y_pred: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return both as arrays of one shape; labels become one-hot where there are several columns.

    Raises
    ------
    ValueError
        If a label has no column.
    """
    y, p = _numbers("y_true", y_true), _numbers("y_pred", y_pred)
    classes = p.shape[-1] if p.ndim > 1 else 1
    if classes == 1 or y.shape == p.shape:
        return same_shape(y, p)
    y, p = classes_and_columns(y, p)
    return y[..., None] == np.arange(classes), p


def _numbers(name: str, values: Any) -> np.ndarray:
    if type(values) is np.ndarray and values.dtype.kind in "fiub":
        return values  # every batch comes this way
    return checks.numbers(name, values)
