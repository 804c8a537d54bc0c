"""Rectifiers as layers: Keras' arguments in Keras' order."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from course import activations, older
from course.layers import Activation, LeakyReLU, ReLU

X = np.array([[-2.0, -0.5, 0.0, 0.5, 2.0, 9.0]], "float32")


def test_relu_by_hand() -> None:
    assert ReLU()(X).tolist() == [[0, 0, 0, 0.5, 2, 9]]
    assert ReLU(6)(X).tolist() == [[0, 0, 0, 0.5, 2, 6]]
    assert ReLU(None, 0.5)(X).tolist() == [[-1, -0.25, 0, 0.5, 2, 9]]
    assert ReLU(6, 0.5, 1)(X).tolist() == [[-1.5, -0.75, -0.5, -0.25, 2, 6]]


def test_leaky_relu_by_hand() -> None:
    np.testing.assert_allclose(LeakyReLU()(X), [[-0.6, -0.15, 0, 0.5, 2, 9]], rtol=1e-6)
    assert LeakyReLU(0.5)(X).tolist() == [[-1, -0.25, 0, 0.5, 2, 9]]
    assert LeakyReLU().negative_slope == 0.3 != activations.leaky_relu.negative_slope


def test_they_are_the_activations() -> None:
    for layer, f in [(ReLU(), "relu"), (ReLU(6), "relu6"), (LeakyReLU(0.2), "leaky_relu")]:
        np.testing.assert_array_equal(layer(X), Activation(f)(X))
        assert layer.weights == []


def test_alpha_works_and_warns_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match=r"^LeakyReLU\(alpha=...\) is .* write LeakyReLU\(neg"):
        layer = LeakyReLU(alpha=0.1)
    assert (layer.negative_slope, layer.activation) == (0.1, activations.LeakyReLU(0.1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        LeakyReLU(alpha=0.2)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: ReLU(max_value=-1), ValueError, "max_value must be at least 0, got -1"),
        (lambda: ReLU(negative_slope=-1), ValueError, "negative_slope must be at least 0"),
        (lambda: ReLU(threshold="a"), TypeError, "threshold must be a number, got 'a'"),
        (lambda: ReLU(alpha=0.1), TypeError, "ReLU has no argument 'alpha'"),
        (lambda: LeakyReLU(-0.1), ValueError, "negative_slope must be at least 0, got -0.1"),
        (lambda: LeakyReLU(None), TypeError, "negative_slope must be a number, got None"),
    ],
)
def test_wrong_arguments(make: object, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        make()
