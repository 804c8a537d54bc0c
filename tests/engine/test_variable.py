"""A variable keeps its arrays: whatever is assigned is copied into them."""

from __future__ import annotations

import numpy as np
import pytest

from course.engine import Variable


def kernel(**options: object) -> Variable:
    """Return a variable of shape (2, 3)."""
    return Variable(np.arange(6.0, dtype="float32").reshape(2, 3), "kernel", **options)


def test_assigning_copies_into_the_same_array() -> None:
    v = kernel()
    value, grad = v.value, v.grad
    new = np.ones((2, 3))
    v.value = new
    v.grad = 2.0
    new[:] = 9
    assert v.value is value
    assert v.grad is grad
    assert value.dtype == np.float32
    assert (value == 1).all()
    assert (grad == 2).all()


def test_a_shape_that_does_not_fit_is_refused_and_nothing_is_copied() -> None:
    v = kernel()
    with pytest.raises(ValueError, match=r"'kernel' has shape \(2, 3\).* \(3,\)"):
        v.value = np.ones(3)
    assert v.value[1, 2] == 5


def test_a_statistic_has_no_gradient_and_ignores_one() -> None:
    v = kernel(trainable=False)
    v.grad = 1.0
    assert v.grad is None


def test_binding_takes_the_value_along() -> None:
    v, flat, owner = kernel(), np.zeros(8, "float32"), object()
    v.bind(flat[1:7].reshape(2, 3), None, owner)
    assert flat.tolist() == [0, 0, 1, 2, 3, 4, 5, 0]
    assert v.owner is owner
    v.value = v.value * 2
    assert flat.tolist() == [0, 0, 2, 4, 6, 8, 10, 0]


def test_it_reads_as_an_array() -> None:
    v = kernel()
    copy = v.numpy()
    copy[:] = 0
    assert np.asarray(v).sum() == np.sum(v) == 15
    assert np.asarray(v, dtype=float).dtype == float
    assert (v.shape, v.size, v.dtype) == ((2, 3), 6, np.float32)
    assert repr(v) == "Variable(name='kernel', shape=(2, 3), dtype=float32)"
