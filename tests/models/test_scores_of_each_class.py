"""A metric that is an array, one number for each class, in all that shows and keeps logs."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, metrics
from course.callbacks import CSVLogger
from course.layers import Dense
from course.tuners import FatalError, HyperParameters, RandomSearch

X = np.random.default_rng(0).normal(size=(12, 2))
Y = np.eye(3)[np.arange(12) % 3]
NUMBERS = r"\[0\.\d{4} 0\.\d{4} 0\.\d{4}\]"


def build(hp: HyperParameters | None = None) -> Sequential:
    if hp is not None:
        hp.Float("unused", 0, 1)
    model = Sequential([Input((2,)), Dense(3, "softmax")])
    model.compile("sgd", "categorical_crossentropy", metrics=[metrics.F1Score()])
    return model


@pytest.mark.parametrize("verbose", [1, 2])
def test_training_and_evaluation_show_all_of_it(
    verbose: int, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    model = build()
    model.fit(X, Y, verbose=verbose, validation_data=(X, Y))
    model.evaluate(X, Y, verbose=verbose)
    shown = capsys.readouterr().out.splitlines()
    assert re.search(rf"  f1_score: {NUMBERS}  val_loss: 1\.\d{{4}}  val_f1", shown[0])
    assert re.fullmatch(rf"loss: \d\.\d{{4}}  f1_score: {NUMBERS}", shown[1])


def test_history_and_log_keep_all_of_it(tmp_path: Path) -> None:
    logger = CSVLogger(tmp_path / "log.csv")
    history = build().fit(X, Y, epochs=2, verbose=0, callbacks=[logger])
    assert [scores.shape for scores in history.history["f1_score"]] == [(3,), (3,)]
    assert len((tmp_path / "log.csv").read_text().splitlines()) == 3
    assert len(history.to_frame()) == 2


@pytest.mark.parametrize("options", [dict(cv=2), dict(validation_data=(X, Y))])
def test_a_search_keeps_what_is_one_number(options: dict[str, Any], tmp_path: Path) -> None:
    tuner = RandomSearch(build, "val_loss", 2, seed=0, directory=tmp_path)
    tuner.search(X, Y, verbose=0, **options)
    for trial in tuner.oracle.trials.values():
        assert trial.status == "COMPLETED"
        assert set(trial.metrics) == set(trial.runs[0].history) == {"loss", "val_loss"}


def test_it_can_be_no_objective(tmp_path: Path) -> None:
    tuner = RandomSearch(build, "val_f1_score", 2, seed=0, directory=tmp_path)
    message = r"'val_f1_score' must be one number, but .* has \[.*F1Score\(average='macro'\)"
    with pytest.raises(FatalError, match=message):
        tuner.search(X, Y, validation_data=(X, Y), verbose=0)
