"""scikit-learn's own checks of an estimator, all of them, with no failure expected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.utils.estimator_checks import estimator_checks_generator

from course import Input, Model, Sequential
from course.layers import Dense
from course.optimizers import Adam
from course.wrappers import SKLearnClassifier, SKLearnRegressor


def network(X: np.ndarray, units: int, outputs: int, activation: str, loss: str) -> Model:
    """Return a network of one hidden layer."""
    layers = [Dense(units, "relu"), Dense(outputs, activation)]
    model = Sequential([Input(X.shape[1:]), *layers])
    model.compile(Adam(0.02), loss)
    return model


def classify(X: np.ndarray, y: np.ndarray, units: int = 16) -> Model:
    """Return a network with a softmax output for each class."""
    return network(X, units, y.shape[1], "softmax", "categorical_crossentropy")


def regress(X: np.ndarray, y: np.ndarray, units: int = 16) -> Model:
    """Return a network with a linear output for each column of y."""
    return network(X, units, 1 if y.ndim == 1 else y.shape[1], "linear", "mse")


# A weight counts as so many copies of the sample where a batch holds all samples.
FIT = {"epochs": 60, "batch_size": 1000}


CHECKS = [
    pytest.param(estimator, check, id=f"{type(estimator).__name__}-{check.func.__name__}")
    for wrapper in (
        SKLearnClassifier(classify, fit_kwargs=FIT),
        SKLearnRegressor(regress, model_kwargs={"units": 8}, fit_kwargs=FIT),
    )
    for estimator, check in estimator_checks_generator(wrapper)
]


@pytest.mark.parametrize(("estimator", "check"), CHECKS)
def test_scikit_learns_checks(estimator: Any, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCIPY_ARRAY_API", "1")  # without it a check skips itself
    check(estimator)
