"""Labels as columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.utils import to_categorical


def test_by_hand() -> None:
    expected = [[1, 0, 0], [0, 0, 1]]
    for labels in ([0, 2], np.array([[0], [2]]), np.array([0.0, 2.0]), np.array([0, 2], "uint8")):
        y = to_categorical(labels)
        assert y.tolist() == expected
        assert y.dtype == np.float32
    assert to_categorical([0, 2], 4).shape == (2, 4)
    assert to_categorical([[0, 1], [2, 0]]).shape == (2, 2, 3)
    assert to_categorical([True, False]).tolist() == [[0, 1], [1, 0]]
    assert to_categorical([], 3).shape == (0, 3)


@pytest.mark.parametrize(
    ("labels", "classes", "error", "message"),
    [
        ([0, 3], 3, ValueError, "Label 3 does not fit num_classes=3"),
        ([-1, 0], None, ValueError, "Label -1 does not fit"),
        ([0.5], None, TypeError, "whole-number labels, got 0.5"),
        (["a"], None, TypeError, "real numbers, got an array of dtype <U1"),
        ([np.nan], None, TypeError, "whole-number labels"),
        ([0], 0, ValueError, "num_classes must be at least 1, got 0"),
        ([0], 2.0, TypeError, "num_classes must be a whole number, got 2.0"),
    ],
)
def test_wrong_labels(labels: Any, classes: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        to_categorical(labels, classes)
