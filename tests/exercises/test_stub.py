from __future__ import annotations

import numpy as np
import pytest

from course.exercises.stub import is_empty, meets_blank


def documented(x):
    """Return something."""


def dots(x): ...


def passes(x):
    pass


def none(x):
    """Return nothing yet."""
    return None  # noqa: RET501


def computes(x):
    y = x + 1  # noqa: F841


def constant(x):
    return 3


def same(x):
    return x


def blank(x):
    y = ...
    return y * x


@pytest.mark.parametrize("function", [documented, dots, passes, none])
def test_stubs(function):
    assert is_empty(function)


@pytest.mark.parametrize("function", [computes, constant, same, blank, np.tanh, int])
def test_attempts(function):
    assert not is_empty(function)


def fails(x):
    y = x[...]
    return y.nothing


@pytest.mark.parametrize(("function", "expected"), [(blank, True), (fails, False)])
def test_blanks(function, expected):
    with pytest.raises((TypeError, AttributeError)) as caught:
        function(np.ones(2))
    assert meets_blank(caught.value, function) is expected
    assert not meets_blank(caught.value, np.tanh)
