"""From what users pass to arrays that are checked against the model; nothing is changed by it."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np

from course.losses import BinaryCrossentropy
from course.models import data
from course.models.batches import Batches
from course.models.objective import output_names


class Prepared(NamedTuple):
    """Checked arrays, ready to be cut into batches."""

    xs: list[np.ndarray]
    ys: list[np.ndarray]
    weights: list[np.ndarray | None]

    def batches(self, batch_size: int, generator: Any = None) -> Batches:
        return Batches(self.xs, self.ys, self.weights, batch_size, generator)

    def rows(self, rows: slice) -> Prepared:
        return Prepared(
            [x[rows] for x in self.xs],
            [y[rows] for y in self.ys],
            [None if w is None else w[rows] for w in self.weights],
        )


def prepare(
    model: Any,
    x: Any,
    y: Any,
    sample_weight: Any = None,
    class_weight: Any = None,
    name: str = "",
) -> Prepared:
    """Return the arrays of a data set, checked against a model, which is built if it was not.

    Parameters
    ----------
    model : Model
        Compiled.
    x, y, sample_weight, class_weight
        See `Model.fit`.
    name : str, default ''
        What errors put before ``x`` and ``y``: ``'validation_'``.

    Raises
    ------
    TypeError, ValueError, RuntimeError
        If something does not fit; see `Model.fit`.
    """
    objective = model.objective_for(x)
    xs = data.as_inputs(x, model.graph.inputs, f"{name}x")
    names = output_names(model.graph.outputs)
    ys = [
        data.numeric(part, f"{name}y")
        if head.loss is None
        else head.loss.check_targets(part, (len(xs[0]), *head.shape[1:]), name=f"{name}y")
        for part, head in zip(_targets(y, xs, names, name), objective.heads, strict=True)
    ]
    if all(head.loss is None for head in objective.heads):
        raise ValueError("The model was compiled without a loss; give one to model.compile.")
    ranks = [len(head.shape) - 1 for head in objective.heads]
    return Prepared(xs, ys, data.sample_weights(sample_weight, class_weight, ys, names, ranks))


def _targets(y: Any, xs: list[np.ndarray], names: list[str], name: str) -> list[Any]:
    parts = [data.rectangular(part, f"{name}y") for part in data.per_output(y, names, f"{name}y")]
    data.same_length({f"{name}x": xs[0], f"{name}y": np.atleast_1d(parts[0])})
    return parts


def split(
    model: Any, prepared: Prepared, validation_split: float, validation_data: Any
) -> tuple[Prepared, Prepared | None]:
    """Return what to train on and what to validate on; see `Model.fit`."""
    if validation_data is not None:
        if not isinstance(validation_data, list | tuple) or len(validation_data) not in (2, 3):
            raise ValueError(
                "validation_data must be (x, y) or (x, y, sample_weight), got "
                f"{type(validation_data).__name__}."
            )
        return prepared, prepare(model, *validation_data, name="validation_")
    n = len(prepared.xs[0])
    rows = data.rows_to_train_on(n, validation_split)
    if rows == n:
        return prepared, None
    _warn_of_sorted_classes(model.objective.heads[0].loss, prepared.ys[0], rows)
    return prepared.rows(slice(rows)), prepared.rows(slice(rows, None))


def _warn_of_sorted_classes(loss: Any, y: np.ndarray, rows: int) -> None:
    if loss is None or not hasattr(loss, "from_logits"):
        return
    several_true = y.ndim == 2 and y.shape[1] > 1 and isinstance(loss, BinaryCrossentropy)
    labels = data.class_labels(y)
    if y.ndim > 2 or several_true or (labels != np.floor(labels)).any():
        return
    rising = np.diff(labels)
    unseen = np.setdiff1d(labels[rows:], labels[:rows]).size
    if unseen or (rising.any() and ((rising >= 0).all() or (rising <= 0).all())):
        warnings.warn(
            "The rows seem to be sorted by class, and validation_split takes the last of them: "
            "training and validation see different classes. Shuffle x and y together first, "
            "or give validation_data.",
            UserWarning,
            stacklevel=4,
        )
