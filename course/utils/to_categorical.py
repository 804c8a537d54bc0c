"""Class labels as columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config


def to_categorical(x: Any, num_classes: int | None = None) -> np.ndarray:
    """Return one column for each class, 1 in that of the label and 0 elsewhere.

    Parameters
    ----------
    x : array_like of int, of shape (...,) or (..., 1)
        Labels from 0.
    num_classes : int, optional
        By default one more than the largest label.

    Returns
    -------
    ndarray of shape (..., num_classes)

    Raises
    ------
    TypeError, ValueError
        If a label is no whole number, is negative or too large.
    """
    labels = checks.numbers("x", x)
    wrong = labels[(labels != np.floor(labels)) | np.isinf(labels)]
    if wrong.size:
        raise TypeError(f"to_categorical takes whole-number labels, got {wrong.flat[0]:g}.")
    labels = labels.astype(int)
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    largest = int(labels.max(initial=-1))
    classes = largest + 1 if num_classes is None else checks.integer("num_classes", num_classes, 1)
    if labels.size and (labels.min() < 0 or largest >= classes):
        wrong = int(labels.min()) if labels.min() < 0 else largest
        raise ValueError(f"Label {wrong} does not fit num_classes={classes}: labels run from 0.")
    return (labels[..., None] == np.arange(classes)).astype(config.floatx())
