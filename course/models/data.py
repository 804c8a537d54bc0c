"""What users pass as x, y and weights, checked and made into arrays; nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from numbers import Real
from typing import Any

import numpy as np

from course import checks, config
from course.engine.symbolic import Tensor


def as_inputs(x: Any, tensors: Sequence[Tensor], name: str = "x") -> list[np.ndarray]:
    """Return one array of the package's float type for each input of a model.

    Parameters
    ----------
    x : array_like, or a list or dict of them for several inputs
        A one-dimensional array is one feature where the model takes one.
    tensors : sequence of Tensor
        The inputs of the model.
    name : str
        How errors call it.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If the number or shape of the arrays does not fit, they are empty, or hold NaN or Inf.
    """
    parts = _one_for_each(x, [t.name for t in tensors], name)
    arrays = [_as_input(p, t, name) for p, t in zip(parts, tensors, strict=True)]
    same_length({name: arrays[0], **{f"{name}[{i}]": a for i, a in enumerate(arrays)}})
    return arrays


def _as_input(x: Any, tensor: Tensor, name: str) -> np.ndarray:
    array = _as_float(numeric(x, name))
    expected = tensor.shape
    if array.ndim == len(expected) - 1 and expected[-1] == 1:
        array = array[..., None]
    fits = array.ndim == len(expected) and all(
        e is None or e == n for e, n in zip(expected[1:], array.shape[1:], strict=True)
    )
    if not fits:
        raise ValueError(
            f"{name} has shape {array.shape}, but the model takes {_readable(expected)}"
            f"{_feature_hint(array, expected)}."
        )
    if len(array) == 0:
        raise ValueError(f"{name} is empty: it has shape {array.shape}. Give at least one sample.")
    finite(array, name)
    return array


def _readable(shape: tuple[int | None, ...]) -> str:
    return "(" + ", ".join("batch" if i == 0 else str(n) for i, n in enumerate(shape)) + ")"


def _feature_hint(array: np.ndarray, expected: tuple[int | None, ...]) -> str:
    if array.ndim == 1 and len(expected) == 2 and expected[-1] == array.size:
        return "; for one sample, pass x[None, :]"
    if array.ndim == 2 and len(expected) == 2 and array.shape[1] != expected[1]:
        return f": {array.shape[1]} features came, {expected[1]} were expected"
    return ""


def numeric(x: Any, name: str) -> np.ndarray:
    """Return `x` as an array of numbers.

    Raises
    ------
    TypeError
        If it is missing, or holds strings or objects.
    """
    if x is None:
        raise TypeError(f"{name} is missing (None).")
    array = rectangular(x, name)
    if array.dtype.kind in "OUS":
        raise TypeError(
            f"{name} must hold numbers, got an array of dtype {array.dtype}. Encode text as "
            "numbers first, and convert with x.astype(float)."
        )
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}.")
    if isinstance(x, np.ma.MaskedArray) and np.ma.is_masked(x):
        raise TypeError(f"{name} has masked entries. Fill them first, x.filled(value).")
    return array


def rectangular(x: Any, name: str) -> np.ndarray:
    """Return `x` as an array of whatever it holds.

    Raises
    ------
    ValueError
        If its rows have different lengths.
    """
    try:
        return np.asarray(x)
    except ValueError as error:
        raise ValueError(f"{name} is no rectangular array: {error}.") from error


def _as_float(array: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):  # what becomes infinite is refused by name
        return array.astype(config.floatx(), copy=False)


def finite(array: np.ndarray, name: str) -> None:
    """Refuse NaN and Inf, naming the first row and column.

    Raises
    ------
    ValueError
        If there is one.
    """
    good = np.isfinite(array)
    if good.all():
        return
    at = tuple(int(i) for i in np.argwhere(~good)[0])
    where = f"row {at[0]}" + "".join(f", column {i}" for i in at[1:])
    raise ValueError(
        f"{name} holds {array[at]} at {where} ({int((~good).sum())} such values in all). Remove "
        "or fill them, for instance with np.nan_to_num."
    )


def same_length(arrays: Mapping[str, np.ndarray]) -> None:
    """Refuse arrays of different numbers of samples.

    Raises
    ------
    ValueError
        If they differ; all lengths are named.
    """
    lengths = {name: len(a) for name, a in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} has {n}" for name, n in lengths.items())
        raise ValueError(f"All arrays need the same number of samples: {listed}.")


def _one_for_each(x: Any, names: list[str], what: str) -> list[Any]:
    """Split what was given for several inputs or outputs into one part for each."""
    if isinstance(x, dict):
        if set(x) != set(names):
            raise ValueError(f"{what} has the keys {sorted(x)}; the model expects {names}.")
        return [x[name] for name in names]
    if len(names) == 1:
        is_wrapped = isinstance(x, list | tuple) and len(x) == 1 and np.ndim(x[0]) > 1
        return [x[0]] if is_wrapped else [x]
    if not isinstance(x, list | tuple) or len(x) != len(names):
        count = len(x) if isinstance(x, list | tuple) else 1
        raise ValueError(
            f"{what} must be a list of {len(names)} arrays, one each for {names}; got {count}."
        )
    return list(x)


def per_output(y: Any, names: list[str], name: str = "y") -> list[Any]:
    """Return the targets of each output, still as given."""
    if y is None:
        raise TypeError(f"{name} is missing: training and evaluation need targets.")
    return _one_for_each(y, names, name)


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
        shared = len(names) > 1 and not isinstance(sample_weight, list | tuple | dict)
        parts = (
            [sample_weight] * len(ys)
            if shared
            else _one_for_each(sample_weight, names, "sample_weight")
        )
        weights = [_as_weight(*each) for each in zip(parts, ys, ranks, strict=True)]
    if class_weight is not None:
        if len(ys) > 1:
            raise ValueError("class_weight works for models with one output; use sample_weight.")
        by_class = _class_weights(class_weight, ys[0])
        weights = [by_class if weights[0] is None else weights[0] * by_class]
    return weights


def _as_weight(weight: Any, y: np.ndarray, rank: int) -> np.ndarray | None:
    if weight is None:
        return None
    array = _as_float(numeric(weight, "sample_weight"))
    same_length({"sample_weight": np.atleast_1d(array), "y": y})
    finite(array, "sample_weight")
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


def rows_to_train_on(n: int, validation_split: float) -> int:
    """Return ⌊n·(1 − s)⌋, reckoned with the decimal number, or the fraction, that was written.

    Raises
    ------
    TypeError, ValueError
        If the split is no number in [0, 1), or leaves no row on either side.
    """
    s = checks.number("validation_split", validation_split, 0, below=1)
    written = Fraction(str(validation_split))
    rows = floor(n * (1 - written) + Fraction(n, 10**12))  # 5/6 is a little more than that
    if rows == 0 or (s and rows == n):
        raise ValueError(
            f"validation_split={s:g} of {n} samples leaves {rows} to train on and {n - rows} to "
            "validate on; both need at least one."
        )
    return rows
