"""Checks of targets: each returns what it was given, ready to use, or says what is wrong.

Every message names the argument, the first offending row, and the fix where there is one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config

Shape = tuple[int | None, ...]

# Soft labels written with three decimals still count as summing to one.
_TOLERANCE = 5e-3


def numbers(name: str, y: Any) -> np.ndarray:
    """Return `y` as an array of booleans, integers or floats."""
    if y is None:
        raise TypeError(f"{name} is missing (None).")
    checks.unmasked(name, y)
    try:
        y = np.asarray(y)
    except ValueError as error:
        raise TypeError(
            f"{name} must be an array of numbers, got rows of different lengths."
        ) from error
    if y.dtype.kind in "biuf":
        return y
    first = y.flat[0] if y.size else None
    if y.dtype.kind in "US" or isinstance(first, str | bytes):
        raise TypeError(
            f"{name} must hold numbers, got strings such as {str(first)!r}. Number the classes: "
            f"names, {name} = np.unique({name}, return_inverse=True)."
        )
    fix = ".real" if y.dtype.kind == "c" else ".astype('float32')"
    raise TypeError(
        f"{name} must hold numbers, got dtype {y.dtype} (first element {first!r}). "
        f"Convert it: {name}{fix}."
    )


def like_outputs(name: str, y: np.ndarray, output_shape: Shape, loss: str) -> np.ndarray:
    """Return `y` in the shape of the outputs; (n,) becomes (n, 1) where they have one column."""
    if y.ndim == len(output_shape) - 1 and output_shape[-1] == 1:
        y = y[..., None]
    if not fits(y.shape, output_shape):
        fix = _reshaped(name, y, output_shape)
        if y.ndim == len(output_shape):
            units, columns = y.shape[-1], output_shape[-1]
            fix = f" Give the last layer {units} unit(s), or {name} {columns} column(s)."
        elif y.ndim == len(output_shape) - 1:
            fix = " If it numbers classes, use softmax with loss='sparse_categorical_crossentropy'."
        raise ValueError(
            f"{name} has shape {y.shape}, but {loss} compares it, element by element, with "
            f"outputs of shape {output_shape}.{fix}"
        )
    return y


def _reshaped(name: str, y: np.ndarray, wanted: Shape) -> str:
    """Say how `y` gets the shape that is wanted, where only axes of length 1 are in the way."""
    if fits(tuple(n for n in y.shape if n > 1), tuple(n for n in wanted if n != 1)):
        return f" Give it that shape: {name}.reshape{(-1, *wanted[1:])}."
    return ""


def fits(shape: Shape, output_shape: Shape) -> bool:
    """Tell whether `shape` is `output_shape`, where None stands for any length."""
    return len(shape) == len(output_shape) and all(
        wanted in (None, got) for got, wanted in zip(shape, output_shape, strict=True)
    )


def finite(name: str, y: np.ndarray) -> np.ndarray:
    """Return `y` in the package's float type, without NaN and infinities."""
    with np.errstate(over="ignore"):
        y = y.astype(config.floatx(), copy=False)
    wrong = ~np.isfinite(y)
    if wrong.any():
        at, value = _first(wrong, y)
        raise ValueError(
            f"{name} holds {value} at {at} ({np.count_nonzero(wrong)} such value(s) in all). "
            "Drop or fill those rows."
        )
    return y


def within(name: str, y: np.ndarray, loss: str, fix: str) -> np.ndarray:
    """Return `y` if all of it lies between 0 and 1."""
    wrong = (y < 0) | (y > 1)
    if wrong.any():
        at, value = _first(wrong, y)
        raise ValueError(
            f"{name} holds {value:g} at {at}; {loss} takes targets between 0 and 1. {fix}"
        )
    return y


def signs(name: str, y: np.ndarray, loss: str) -> np.ndarray:
    """Return `y` if it holds the labels 0 and 1, or −1 and 1."""
    wrong = (y != 0) & (np.abs(y) != 1)
    if wrong.any():
        at, value = _first(wrong, y)
        raise ValueError(
            f"{name} holds {value:g} at {at}; {loss} takes the labels -1 and 1, or 0 and 1."
        )
    if (y == 0).any() and (y == -1).any():
        raise ValueError(
            f"{name} holds both 0 and -1; {loss} takes the labels -1 and 1, or 0 and 1, not both."
        )
    return y


def several_classes(output_shape: Shape, loss: str) -> None:
    """Refuse outputs of one column for a loss over classes."""
    if output_shape[-1] == 1:
        raise ValueError(
            f"{loss} needs one output for each class, at least 2; the outputs have shape "
            f"{output_shape}. For two classes and one sigmoid unit use "
            "loss='binary_crossentropy'; otherwise give the last layer one unit for each class."
        )


def distributions(name: str, y: Any, output_shape: Shape, loss: str) -> np.ndarray:
    """Return `y` if each row is a distribution over the classes: one-hot, or soft labels."""
    several_classes(output_shape, loss)
    y = numbers(name, y)
    classes = output_shape[-1]
    labels_only = fits(y.shape, output_shape[:-1]) or fits(y.shape, output_shape[:-1] + (1,))
    if labels_only:
        raise ValueError(
            f"{name} has shape {y.shape}, one label a row; {loss} takes one column for each of "
            f"the {classes} classes. Use {name} = utils.to_categorical({name}, {classes}), or "
            "keep the labels and use loss='sparse_categorical_crossentropy'."
        )
    y = finite(name, like_outputs(name, y, output_shape, loss))
    within(name, y, loss, "Targets are probabilities: 1 for the class, 0 elsewhere.")
    total = y.sum(axis=-1)
    wrong = abs(total - 1) > _TOLERANCE
    if wrong.any():
        at, value = _first(wrong, total, "position")
        raise ValueError(
            f"{name} sums to {value:g} at {at}; {loss} takes targets that sum to 1 over the "
            f"classes. Divide them by their sum, or, where several classes can be true at once, "
            "use sigmoid outputs with loss='binary_crossentropy'."
        )
    return y


def labels(name: str, y: Any, output_shape: Shape, loss: str) -> np.ndarray:
    """Return `y` as integers of shape `output_shape[:-1]`, each the number of a class."""
    several_classes(output_shape, loss)
    y = numbers(name, y)
    classes = output_shape[-1]
    if fits(y.shape, output_shape):
        raise ValueError(
            f"{name} has shape {y.shape}, one column for each class; {loss} takes one integer a "
            f"row. Use {name} = np.argmax({name}, axis=-1), or keep the columns and use "
            "loss='categorical_crossentropy'."
        )
    if fits(y.shape, output_shape[:-1] + (1,)):
        y = y[..., 0]
    if not fits(y.shape, output_shape[:-1]):
        fix = _reshaped(name, y, output_shape[:-1])
        if y.ndim == 1:
            fix = " If a sample has one label, put a Flatten before the last Dense."
        raise ValueError(
            f"{name} has shape {y.shape}, but {loss} takes one integer for each row of outputs "
            f"of shape {output_shape}: expected shape {output_shape[:-1]}.{fix}"
        )
    if y.dtype.kind == "f":
        y = finite(name, y)
    wrong = (y < 0) | (y >= classes) | (y != np.floor(y))
    if wrong.any():
        at, value = _first(wrong, y, "position")
        raise ValueError(
            f"{name} holds the label {value:g} at {at}; with {classes} classes (outputs of shape "
            f"{output_shape}) labels are the whole numbers 0 to {classes - 1}. Renumber the "
            "labels, or give the last layer one unit for each class."
        )
    return y.astype(np.intp, copy=False)


def _first(wrong: np.ndarray, y: np.ndarray, second: str = "column") -> tuple[str, Any]:
    """Return in words where the first True of `wrong` is, and the element of `y` there."""
    index = np.unravel_index(np.argmax(wrong), wrong.shape)
    row, rest = index[0], [int(i) for i in index[1:]]
    if y.shape[1:] in ((), (1,)):
        where = f"row {row}"
    elif len(rest) == 1:
        where = f"row {row}, {second} {rest[0]}"
    else:
        where = f"row {row}, position {tuple(rest)}"
    return where, y[index]
