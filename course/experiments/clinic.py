"""What the monitors show of a training: one examination, the same for every patient."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.callbacks import GradientMonitor
from course.experiments.patients import BATCH, CLASSES, EPOCHS, UNITS, Patient, patient
from course.metrics.confusion import confusion_matrix

LAYERS = ("hidden_1", "hidden_2", "output")
TEN, TEN_EPOCHS = 10, 200
NOT_YET = (np.nan, -1)  # of ten rows: loss, and how many are right


class Findings(NamedTuple):
    """What the monitors show after so many epochs.

    Attributes
    ----------
    before : float
        Loss on the training rows before any update.
    sums_to_one : float
        Share of the training rows whose ten outputs add up to 1, before any update.
    ten_loss, ten_right : float, int
        Ten rows trained on alone, 200 updates: their loss then, and how many are right.
    loss, accuracy, val_loss, val_accuracy : arrays of shape (epochs,)
        As `fit` reports them.
    gradients, ratios : arrays of shape (3, epochs)
        Of the two hidden layers and the output: the norm of the gradient that the optimizer
        used, and ‖Δw‖/‖w‖, means over an epoch. NaN for what is not trained, and for a ratio
        to weights that are all 0.
    silent : float
        Share of hidden units that answer 0 to every training row.
    confusion : array of shape (10, 10)
        Of the validation rows.
    shared : int
        Validation rows that are training rows, too.
    fresh : float
        Accuracy on sound rows; no monitor, but what all this is about.
    """

    before: float
    sums_to_one: float
    ten_loss: float
    ten_right: int
    loss: np.ndarray
    accuracy: np.ndarray
    val_loss: np.ndarray
    val_accuracy: np.ndarray
    gradients: np.ndarray
    ratios: np.ndarray
    silent: float
    confusion: np.ndarray
    shared: int
    fresh: float


def examine(
    fault: str = "none", seed: int = 0, *, units: int = UNITS, epochs: int = EPOCHS
) -> Findings:
    """Train a patient to the end and return what the monitors show.

    Parameters
    ----------
    fault : str, default 'none'
    seed : int, default 0
    units : int, default 32
        In each hidden layer.
    epochs : int, default 15
    """
    *_, last = watched(fault, seed, units=units, epochs=epochs)
    return last


def watched(
    fault: str, seed: int = 0, *, units: int = UNITS, epochs: int = EPOCHS, every: int = 15
) -> Iterator[Findings]:
    """Yield the findings of :func:`examine` every few epochs while the patient trains.

    Ten rows are learned at the end: `ten_right` is -1 before.
    """
    case, ten = patient(fault, seed, units=units), NOT_YET
    with config.seeded(seed):
        rng, model = config.generator(), _quiet(case.build)
        before = _before(model, case)
        monitor, logs = GradientMonitor(), []
        series: list[Any] = []
        for epoch in range(1, epochs + 1):
            order = rng.permutation(len(case.x))
            logs.append(_epoch(model, case, order, monitor))
            series.append(_layers(monitor))
            if epoch == epochs:  # so that the first findings need not wait for it
                ten = learn_ten(case, seed)
            if epoch % every == 0 or epoch == epochs:
                yield _findings(model, case, before, ten, logs, series)


def untrained(x: np.ndarray, y: np.ndarray, seed: int = 0) -> tuple[float, float]:
    """Return the loss of a sound network before training, and how its logits spread.

    Parameters
    ----------
    x, y : arrays of shape (n, 64) and (n,)
    seed : int, default 0
        Of the first weights.

    Returns
    -------
    loss, spread : float
        The variance of the ten logits within a row, mean over the rows.
    """
    with config.seeded(seed):
        model = patient().build()
    W, b = model.layers[-1].get_weights()
    spread = (model.activations(x)["hidden_2"] @ W + b).var(axis=1).mean()
    return float(model.evaluate(x, y, verbose=0)[0]), float(spread)


def learn_ten(case: Patient, seed: int = 0) -> tuple[float, int]:
    """Train a new network on ten rows of a patient; return their loss and how many are right."""
    rows = np.linspace(0, len(case.x) - 1, TEN).astype(int)
    x, y = case.x[rows], case.y[rows]
    with config.seeded(seed):
        model = _quiet(case.build)
        _quiet(lambda: model.fit(x, y, batch_size=TEN, epochs=TEN_EPOCHS, verbose=0))
        loss, accuracy = _quiet(lambda: model.evaluate(x, y, verbose=0))
    return float(loss), round(TEN * accuracy)


def _before(model: Any, case: Patient) -> tuple[float, float]:
    """Return the loss, and the share of rows whose outputs add up to 1."""
    sums = _quiet(lambda: model.predict(case.x, verbose=0)).sum(1)
    loss = _quiet(lambda: model.evaluate(case.x, case.y, verbose=0)[0])
    return float(loss), float(np.mean(np.abs(sums - 1) < 1e-3))


def _epoch(model: Any, case: Patient, order: np.ndarray, monitor: Any) -> list[float]:
    """Train for one epoch; return loss, accuracy, val_loss and val_accuracy."""
    history = _quiet(
        lambda: model.fit(
            case.x[order], case.y[order], batch_size=BATCH, shuffle=False, verbose=0,
            validation_data=(case.x_val, case.y_val), callbacks=[monitor],
        )
    ).history  # fmt: skip
    return [history[key][0] for key in ("loss", "accuracy", "val_loss", "val_accuracy")]


def _layers(monitor: Any) -> list[list[float]]:
    return [
        [series.get(name, [0.0])[0] for name in LAYERS]
        for series in (monitor.gradients, monitor.ratios)
    ]


def _findings(
    model: Any,
    case: Patient,
    before: tuple[float, float],
    ten: tuple[float, int],
    logs: list,
    series: list,
) -> Findings:
    hidden = [v for k, v in _quiet(lambda: model.activations(case.x)).items() if "hidden" in k]
    layers = np.array(series).transpose(1, 2, 0)
    answers = _quiet(lambda: model.predict(case.x_val, verbose=0)).argmax(1)
    return Findings(
        *before, *ten, *np.array(logs).T, layers[0], layers[1],
        float(np.mean(~(np.hstack(hidden) > 0).any(0))),
        confusion_matrix(case.y_val, answers, CLASSES), shared_rows(case.x, case.x_val),
        float(_quiet(lambda: model.evaluate(case.x_fresh, case.y_fresh, verbose=0)[1])),
    )  # fmt: skip


def shared_rows(x: np.ndarray, other: np.ndarray) -> int:
    """Return how many rows of `other` are rows of `x`, too."""
    known = {row.tobytes() for row in np.ascontiguousarray(x)}
    return sum(row.tobytes() in known for row in np.ascontiguousarray(other))


def _quiet(act: Callable[[], Any]) -> Any:
    """Do it without warnings: they would name the fault, and it is to be found."""
    with warnings.catch_warnings(), np.errstate(over="ignore", invalid="ignore"):
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        warnings.filterwarnings("ignore", "The output .* ends in softmax", UserWarning)
        return act()
