"""Checks return what they were given, or say what is wrong with it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from course import checks


def test_whole_numbers() -> None:
    for value in (3, np.int64(3), np.uint8(3)):
        result = checks.integer("n", value, 3)
        assert result == 3
        assert type(result) is int
    assert checks.integer("n", -5) == -5


@pytest.mark.parametrize("value", [3.0, "3", None, True, np.bool_(True), np.array([3]), 3 + 0j])
def test_what_is_no_whole_number(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^n must be a whole number, got "):
        checks.integer("n", value)


def test_too_small_a_whole_number() -> None:
    with pytest.raises(ValueError, match=r"^n must be at least 1, got 0.$"):
        checks.integer("n", 0, 1)


def test_numbers() -> None:
    for value in (1, 1.0, np.float32(1), np.int8(1), Fraction(1)):
        result = checks.number("r", value, 0, 1)
        assert result == 1
        assert type(result) is float
    assert checks.number("r", 0, 0, below=1) == 0


@pytest.mark.parametrize("value", ["1", None, False, 1j, [1.0]])
def test_what_is_no_number(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^r must be a number, got "):
        checks.number("r", value)


@pytest.mark.parametrize(
    ("value", "limits", "words"),
    [
        (-0.1, {"minimum": 0, "maximum": 1}, "at least 0 and at most 1"),
        (1.1, {"minimum": 0, "maximum": 1}, "at least 0 and at most 1"),
        (1, {"minimum": 0, "below": 1}, "at least 0 and below 1"),
        (0, {"above": 0}, "above 0"),
        (float("nan"), {}, "finite"),
        (float("inf"), {"above": 0}, "finite and above 0"),
        (float("nan"), {"maximum": 1}, "at most 1"),
    ],
)
def test_numbers_out_of_range(value: float, limits: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=rf"^r must be {words}, got {value!r}.$"):
        checks.number("r", value, **limits)


@pytest.mark.parametrize("value", [True, 3, [1, 2.5], np.ones((2, 3), np.float16), [], [[]]])
def test_arrays_of_numbers_keep_their_type_and_shape(value: Any) -> None:
    array = checks.numbers("x", value)
    assert (array.dtype, array.shape) == (np.asarray(value).dtype, np.shape(value))
    assert not isinstance(value, np.ndarray) or array is value


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (None, TypeError, r"x is missing \(None\)\.$"),
        ([[1], [1, 2]], ValueError, r"x is no rectangular array: its rows differ in length\.$"),
        (["cat"], TypeError, r"x must hold real numbers, .* <U3\. Number text first: np\.unique"),
        ([b"cat"], TypeError, r"dtype \|S3\. Number text first"),
        ([1, None], TypeError, r"dtype object\. Convert it with \.astype\(float\)\.$"),
        ([1j], TypeError, r"dtype complex128\. Take the real part, \.real\.$"),
        (np.array([0], "M8[D]"), TypeError, r"dtype datetime64\[D\]\.$"),
    ],
)
def test_what_holds_no_numbers(value: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        checks.numbers("x", value)


def test_one_of() -> None:
    assert checks.one_of("mode", "max", ("min", "max")) == "max"
    with pytest.raises(ValueError, match=r"'mix'. Did you mean 'm(in|ax)'\?$") as error:
        checks.one_of("mode", "mix", iter(["min", "max"]))
    assert "mode must be one of 'min', 'max', got 'mix'" in str(error.value)
    with pytest.raises(ValueError, match=r"got None.$"):
        checks.one_of("mode", None, ["min"])


def test_unknown_arguments() -> None:
    checks.unknown_arguments("Dense", [], ["units"])
    with pytest.raises(TypeError, match=r"^Dense has no argument 'unit'. Did you mean 'units'\?$"):
        checks.unknown_arguments("Dense", ["unit"], ["units"])
