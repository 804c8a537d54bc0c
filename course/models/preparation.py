"""From what users pass to arrays that are checked against the model; nothing is changed by it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, NamedTuple

import numpy as np

from course import checks
from course.losses import BinaryCrossentropy
from course.models import data
from course.models.batches import Batches, Epochs
from course.models.objective import Head, output_names
from course.models.streams import Stream, is_stream, parts_of, refuse_beside
from course.models.weighting import (
    check_classes,
    class_labels,
    class_weighted,
    sample_weights,
)


class Prepared(NamedTuple):
    """Checked arrays, ready to be cut into batches."""

    xs: list[np.ndarray]
    ys: list[np.ndarray | None]
    weights: list[np.ndarray | None]

    def batches(
        self, batch_size: int, generator: Any = None, steps: int | None = None
    ) -> Batches | Epochs:
        """Return epochs to train on: all rows, or so many steps."""
        passes = Batches(self.xs, self.ys, self.weights, batch_size, generator)
        return passes if steps is None else Epochs(passes, steps)

    def judged(self, batch_size: int, steps: int | None = None) -> Batches | Epochs:
        """Return the batches to evaluate on: all rows, or those of the first steps."""
        passes = Batches(self.xs, self.ys, self.weights, batch_size)
        return passes if steps is None else Epochs(passes, steps, restarts=True)

    def rows(self, rows: slice) -> Prepared:
        return Prepared(
            [x[rows] for x in self.xs],
            [None if y is None else y[rows] for y in self.ys],
            [None if w is None else w[rows] for w in self.weights],
        )


def _undone_on_error(prepare: Callable[..., Any]) -> Callable[..., Any]:
    """Let what is refused build no model."""

    @wraps(prepare)
    def careful(model: Any, *args: Any, **kwargs: Any) -> Any:
        with model.undone_on_error():
            return prepare(model, *args, **kwargs)

    return careful


@_undone_on_error
def prepare_inputs(model: Any, x: Any, name: str = "x") -> list[np.ndarray]:
    """Return one checked array for each input of a model, which is built if it was not."""
    model._build_for(x)
    xs = data.as_inputs(x, model.graph.inputs, name)
    model.graph.check_data(xs)
    return xs


@_undone_on_error
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
    heads = objective.heads
    xs = prepare_inputs(model, x, f"{name}x")
    if all(head.loss is None for head in heads):
        raise ValueError("The model was compiled without a loss; give one to model.compile.")
    names = output_names(model.graph.outputs)
    ys = [
        _checked(part, head, len(xs[0]), f"{name}y")
        for part, head in zip(_targets(y, xs, heads, names, name), heads, strict=True)
    ]
    objective.check_metrics(ys)
    check_classes(class_weight, heads)
    ranks = [len(head.shape) - 1 for head in heads]
    return Prepared(xs, ys, sample_weights(sample_weight, class_weight, ys, names, ranks))


def _checked(y: Any, head: Head, rows: int, name: str) -> np.ndarray | None:
    if y is None:
        return None
    if head.loss is None:
        return data.numeric(y, name)
    return head.loss.check_targets(y, (rows, *head.shape[1:]), name=name)


def _targets(
    y: Any, xs: list[np.ndarray], heads: list[Head], names: list[str], name: str
) -> list[Any]:
    """Return the targets of each output; None where neither a loss nor a metric wants any."""
    wanted = [
        n
        for n, head in zip(names, heads, strict=True)
        if head.loss is not None or head.metrics or head.weighted_metrics
    ]
    parts = [
        None if part is None else data.rectangular(part, f"{name}y")
        for part in data.per_output(y, names, f"{name}y", wanted, len(heads[0].shape))
    ]
    given = [np.atleast_1d(part) for part in parts if part is not None]
    others = {f"{name}y[{i}]": part for i, part in enumerate(given) if i}
    data.same_length({f"{name}x": xs[0], f"{name}y": given[0], **others})
    return parts


def gather(
    model: Any,
    x: Any,
    y: Any = None,
    sample_weight: Any = None,
    class_weight: Any = None,
    name: str = "x",
    **only_with_arrays: Any,
) -> Prepared | Stream:
    """Return a data set, whole or as a stream of batches, checked against a model.

    Parameters
    ----------
    model, x, y, sample_weight
        See :func:`prepare`; or `x` gives batches, see `Model.fit`.
    class_weight : dict of int to float, optional
        For the batches of a stream; what is whole gets it in :func:`split`.
    name : str, default 'x'
        How errors call a stream.
    **only_with_arrays
        Further arguments of the caller that have no meaning for a stream.

    Raises
    ------
    TypeError, ValueError, RuntimeError
        If something does not fit; see `Model.fit`.
    """
    if not is_stream(x):
        return prepare(model, x, y, sample_weight)
    refuse_beside(x, {"y": y, "sample_weight": sample_weight, **only_with_arrays}, name)
    return Stream(x, partial(_prepare_batch, model, class_weight), name)


def gather_inputs(model: Any, x: Any, **only_with_arrays: Any) -> Prepared | Stream:
    """Return inputs to predict from, without targets; else as :func:`gather`."""
    if not is_stream(x):
        return _prepare_inputs(model, x)
    refuse_beside(x, only_with_arrays)
    return Stream(x, lambda batch: _prepare_inputs(model, parts_of(batch)[0]), "x")


def _prepare_inputs(model: Any, x: Any) -> Prepared:
    return Prepared(prepare_inputs(model, x), [], [])


def _prepare_batch(model: Any, class_weight: Any, batch: Any) -> Prepared:
    x, y, sample_weight = parts_of(batch)
    return prepare(model, x, y, sample_weight, class_weight)


def split(
    model: Any,
    given: Prepared | Stream,
    validation_split: float,
    validation_data: Any,
    class_weight: Any = None,
) -> tuple[Prepared | Stream, Prepared | Stream | None]:
    """Return what to train on and what to validate on; see `Model.fit`."""
    train, validation = given, None
    checks.number("validation_split", validation_split, 0, below=1)
    check_classes(class_weight, model.objective.heads)
    if validation_data is not None:
        validation = _validation_data(model, validation_data)
    elif isinstance(given, Prepared):
        train, validation = _split_rows(model, given, validation_split)
    if isinstance(train, Prepared):
        train = train._replace(weights=class_weighted(train.weights, class_weight, train.ys))
    return train, validation


def _validation_data(model: Any, given: Any) -> Prepared | Stream:
    if is_stream(given):
        return gather(model, given, name="validation_data")
    if not isinstance(given, list | tuple) or len(given) not in (2, 3):
        raise ValueError(
            "validation_data must be (x, y) or (x, y, sample_weight), or give batches of "
            f"them, got {type(given).__name__}."
        )
    return prepare(model, *given, name="validation_")


def _split_rows(
    model: Any, given: Prepared, validation_split: float
) -> tuple[Prepared, Prepared | None]:
    n = len(given.xs[0])
    rows = data.rows_to_train_on(n, validation_split)
    if rows == n:
        return given, None
    _warn_of_sorted_classes(model.objective.heads[0].loss, given.ys[0], rows)
    return given.rows(slice(rows)), given.rows(slice(rows, None))


def _warn_of_sorted_classes(loss: Any, y: np.ndarray, rows: int) -> None:
    if y is None or not hasattr(loss, "from_logits"):
        return
    several_true = y.ndim == 2 and y.shape[1] > 1 and isinstance(loss, BinaryCrossentropy)
    labels = class_labels(y)
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
            stacklevel=5,
        )
