"""A whole project on digits: search, stop early, train again on everything, report once."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from course import config, tuners
from course.callbacks import EarlyStopping
from course.datasets import split
from course.experiments.patients import CLASSES
from course.layers import Dense, Dropout, Input
from course.models import Sequential
from course.optimizers import SGD

TRIALS, EPOCHS, PATIENCE, BATCH, VALIDATION = 10, 40, 5, 32, 300


class Choice(NamedTuple):
    """What a search decided, and the validation accuracy by which it did."""

    hyperparameters: Any
    epochs: int
    val_accuracy: float
    trials: int


class Report(NamedTuple):
    """Precision, recall and F1 of each class; arrays of shape (k,)."""

    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray


def build(hp: Any) -> Any:
    """Return 64-units-10 (ReLU, dropout, SGD) for the values of `hp`."""
    model = Sequential(
        [
            Input(shape=(64,)),
            Dense(hp.Choice("units", [16, 32, 64, 128]), "relu"),
            Dropout(hp.Float("dropout", 0.0, 0.5, step=0.1)),
            Dense(CLASSES, "softmax"),
        ]
    )
    rate = hp.Float("learning_rate", 0.01, 3.0, sampling="log")
    model.compile(SGD(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def choose(x: np.ndarray, y: np.ndarray, seed: int = 0, *, trials: int = TRIALS) -> Choice:
    """Search at random; each trial trains for 40 epochs at most, and stops early.

    Parameters
    ----------
    x, y : arrays of shape (n, 64) and (n,)
        300 rows of them validate.
    seed : int, default 0
        Of that split and of the search.
    trials : int, default 10
    """
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    with TemporaryDirectory() as folder:
        tuner = tuners.RandomSearch(build, "val_accuracy", trials, seed=seed, directory=folder)
        tuner.search(
            x, y, epochs=EPOCHS, batch_size=BATCH, validation_data=(x_val, y_val), verbose=0,
            callbacks=[EarlyStopping("val_loss", patience=PATIENCE)],
        )  # fmt: skip
        best = tuner.oracle.get_best_trials(1)[0]
        return Choice(best.hyperparameters.copy(), best.best_epoch + 1, float(best.score), trials)


def refit(choice: Choice, x: np.ndarray, y: np.ndarray, seed: int = 0) -> Any:
    """Train what was chosen on all of `x`, for as many epochs as were best in the search."""
    with config.seeded(seed):
        model = build(choice.hyperparameters)
        model.fit(x, y, batch_size=BATCH, epochs=choice.epochs, verbose=0)
    return model


def by_class(matrix: np.ndarray) -> Report:
    """Return what a confusion matrix says of each class; a class never answered gets 0.

    Parameters
    ----------
    matrix : array of shape (k, k)
        Row i, column j counts class i taken for class j.
    """
    right, true, answered = np.diag(matrix), matrix.sum(1), matrix.sum(0)
    precision = right / np.maximum(answered, 1)
    recall = right / np.maximum(true, 1)
    return Report(precision, recall, 2 * right / np.maximum(true + answered, 1))
