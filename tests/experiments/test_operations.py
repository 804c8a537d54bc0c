"""Operations of an activation, counted as they happen."""

from __future__ import annotations

import numpy as np

from course import activations
from course.experiments.operations import CURVED, Counted, operations, seconds


def test_simple_ones_by_hand() -> None:
    assert operations("relu") == ["maximum"]
    assert operations("tanh") == ["tanh"]
    assert operations("leaky_relu") == ["multiply", "maximum"]


def test_a_curve_is_in_every_smooth_one() -> None:
    for name in ("sigmoid", "elu", "selu", "gelu", "silu", "mish"):
        assert set(operations(name)) & set(CURVED)
    assert len(operations("gelu")) > len(operations("sigmoid")) > len(operations("relu"))


def test_counting_changes_no_result() -> None:
    x = np.linspace(-3, 3, 7, dtype=np.float32)
    for name in ("sigmoid", "gelu", "elu"):
        counted = x.view(Counted)
        counted.log = []
        f = activations.get(name)
        np.testing.assert_array_equal(np.asarray(f.forward(counted)), f.forward(x))


def test_seconds_are_positive() -> None:
    assert seconds("relu", n=10, repeats=2) > 0
