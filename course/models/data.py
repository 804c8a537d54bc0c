"""What users pass as x, y and weights, checked and made into arrays; nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor, prod
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
    parts = one_for_each(x, [t.name for t in tensors], name, len(tensors[0].shape))
    arrays = [_as_input(p, t, name) for p, t in zip(parts, tensors, strict=True)]
    same_length({name: arrays[0], **{f"{name}[{i}]": a for i, a in enumerate(arrays)}})
    return arrays


def _as_input(x: Any, tensor: Tensor, name: str) -> np.ndarray:
    given = array = as_float(numeric(x, name))
    expected = tensor.shape
    if array.ndim == len(expected) - 1 and expected[-1] == 1:
        array = array[..., None]
    fits = array.ndim == len(expected) and all(
        e is None or e == n for e, n in zip(expected[1:], array.shape[1:], strict=True)
    )
    if not fits:
        raise ValueError(
            f"{name} has shape {given.shape}, but the model takes {_readable(expected)}"
            f"{_feature_hint(given, expected)}."
        )
    if len(array) == 0:
        raise ValueError(f"{name} is empty: it has shape {array.shape}. Give at least one sample.")
    finite(array, name)
    return array


def _readable(shape: tuple[int | None, ...]) -> str:
    return "(" + ", ".join("batch" if i == 0 else str(n) for i, n in enumerate(shape)) + ")"


def _feature_hint(array: np.ndarray, expected: tuple[int | None, ...]) -> str:
    sample = expected[1:]
    if array.shape == sample:
        return "; for one sample, pass x[None, :]"
    if array.ndim == 2 and len(expected) == 2:
        turn = ". If its columns are the samples, pass x.T" if len(array) == sample[0] else ""
        return f": {array.shape[1]} features came, {sample[0]} were expected{turn}"
    if array.ndim == 3 and len(expected) == 4:
        return ". Add a channel axis: x[..., np.newaxis]"
    if array.ndim == 4 and len(expected) == 4 and (*array.shape[2:], array.shape[1]) == sample:
        return ". Channels come last: np.moveaxis(x, 1, -1)"
    if None not in sample and array.shape[1:] and prod(array.shape[1:]) == prod(sample):
        return f". A sample has as many numbers: x.reshape{(-1, *sample)}"
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
    return array


def rectangular(x: Any, name: str) -> np.ndarray:
    """Return `x` as an array of whatever it holds.

    Raises
    ------
    TypeError
        If it is no array and cannot become one, or has masked entries.
    ValueError
        If its rows have different lengths.
    """
    _refuse_what_is_no_array(x, name)
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(
            f"{name} is no rectangular array: its rows differ in length or shape."
        ) from error
    if array.dtype == object and _has_numeric_columns(x):
        return x.to_numpy(dtype=float, na_value=np.nan)
    return array


def _refuse_what_is_no_array(x: Any, name: str) -> None:
    """Say how functions, generators and sparse matrices become numbers."""
    checks.unmasked(name, x)
    if callable(x):
        fix = "If it is a generator, call it."
    elif isinstance(x, Iterator):
        fix = f"It gives them one by one: make a list of them, list({name})."
    elif hasattr(x, "toarray"):
        fix = "It is sparse: give x.toarray()."
    else:
        return
    raise TypeError(f"{name} must hold numbers, got {x!r}. {fix}")


def _has_numeric_columns(x: Any) -> bool:
    """Whether `x` is a frame or series of pandas that holds numbers, of several types perhaps."""
    dtypes = getattr(x, "dtypes", None)
    several = dtypes if isinstance(dtypes, Iterable) else [dtypes]
    return hasattr(x, "to_numpy") and all(getattr(d, "kind", "O") in "fiub" for d in several)


def as_float(array: np.ndarray) -> np.ndarray:
    """Return `array` in the package's float type; what is too large becomes infinite."""
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


def one_for_each(x: Any, names: list[str], what: str, rank: int | None = None) -> list[Any]:
    """Split what was given for several inputs or outputs into one part for each.

    `rank` is that of the array where there is only one; see :func:`is_wrapped`.
    """
    if isinstance(x, dict):
        if set(x) != set(names):
            raise ValueError(f"{what} has the keys {list(x)}; the model expects {names}.")
        return [x[name] for name in names]
    if len(names) == 1:
        return [x[0]] if is_wrapped(x, rank) else [x]
    if not isinstance(x, list | tuple) or len(x) != len(names):
        count = len(x) if isinstance(x, list | tuple) else 1
        raise ValueError(
            f"{what} must be a list of {len(names)} arrays, one each for {names}; got {count}."
        )
    return list(x)


def is_wrapped(x: Any, rank: int | None = None) -> bool:
    """Whether `x` is a list that holds the one array of a model with one input or output.

    A nested list may be a single sample: it is where it has the `rank` of the array, batch
    included, or where that is not known.
    """
    if not isinstance(x, list | tuple) or len(x) != 1:
        return False
    inside = rectangular(x[0], "x").ndim
    is_sample = not hasattr(x[0], "__array__") and rank in (None, inside + 1)
    return inside > 1 and not is_sample


def has_parts(x: Any) -> bool:
    """Whether `x` is a list or dict of arrays, or None, rather than the numbers of one array."""
    numbers = isinstance(x, list | tuple) and all(a is not None and np.ndim(a) == 0 for a in x[:2])
    return isinstance(x, list | tuple | dict) and not numbers


def per_output(
    y: Any,
    names: list[str],
    name: str = "y",
    wanted: list[str] | None = None,
    rank: int | None = None,
) -> list[Any]:
    """Return the targets of each output, still as given.

    Parameters
    ----------
    y : array_like, or a list or dict of them for several outputs
    names : list of str
        Of all outputs.
    name : str
        How errors call `y`.
    wanted : list of str, optional
        The outputs that need targets; all by default. The others may be left out, or be None.
    rank : int, optional
        Of the output, where there is only one; see :func:`is_wrapped`.

    Raises
    ------
    TypeError, ValueError
        If targets are missing, or are not one for each output.
    """
    if y is None:
        raise TypeError(f"{name} is missing: training and evaluation need targets.")
    wanted = names if wanted is None else wanted
    if isinstance(y, dict):
        names_given = [n for n in names if n in y or n in wanted]
    else:
        is_for_all = has_parts(y) and len(y) == len(names)
        names_given = names if is_for_all or len(names) == 1 else wanted
    parts = dict(zip(names_given, one_for_each(y, names_given, name, rank), strict=True))
    for n in wanted:
        if parts[n] is None:
            raise TypeError(f"{name} is missing (None) for the output {n!r}.")
    return [parts.get(n) for n in names]


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
