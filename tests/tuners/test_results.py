"""Tables and summaries."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import Any

import pytest

from course.tuners import GridSearch, HyperParameters, RandomSearch, Trial
from searches import X, Y, build


@pytest.fixture
def tuner(tmp_path: Path) -> RandomSearch:
    class Half(RandomSearch):
        def run_trial(self, trial: Trial) -> float:
            hp = trial.hyperparameters
            x = hp.Float("x", 0, 1)
            hp.Choice("kind", ["a", "b"])
            hp.Boolean("flag", parent_name="kind", parent_values=["b"])
            if trial.number == 1:
                raise ArithmeticError("unlucky")
            return x

    tuner = Half(max_trials=4, seed=0, directory=tmp_path, project_name="here")
    tuner.search(verbose=0)
    return tuner


def test_a_frame_has_a_row_for_each_trial(tuner: RandomSearch) -> None:
    frame = tuner.to_frame()
    assert list(frame.index) == [0, 1, 2, 3]
    assert set(frame) == {"status", "score", "x", "kind", "flag", "best_epoch", "seconds"}
    assert frame.loc[1, "status"] == "FAILED"
    assert isnan(frame.loc[1, "score"])
    assert frame.loc[0, "score"] == frame.loc[0, "x"] == tuner.oracle.get_trial("0000").score
    empty = GridSearch(build, "loss", directory="unused").to_frame()
    assert list(empty) == ["status", "score"]


def test_a_trial_has_a_frame_of_its_epochs(tmp_path: Path) -> None:
    tuner = RandomSearch(build, "val_loss", 1, seed=0, directory=tmp_path, executions_per_trial=2)
    tuner.search(X, Y, epochs=3, validation_data=(X, Y), verbose=0)
    frame = tuner.oracle.get_trial("0000").to_frame()
    assert list(frame["epoch"]) == [0, 1, 2] * 2
    assert list(frame["execution"]) == [0] * 3 + [1] * 3
    assert frame["val_loss"].notna().all()
    assert Trial(HyperParameters()).to_frame().empty


def test_the_summary_of_results(tuner: RandomSearch, capsys: Any) -> None:
    tuner.results_summary(num_trials=2)
    shown = capsys.readouterr().out
    best, second, third = tuner.oracle.get_best_trials(3)
    assert f"Trial {best.trial_id} summary\nHyperparameters:\nx: {best.values['x']}" in shown
    assert f"Score: {second.score}" in shown
    assert f"Score: {third.score}" not in shown
    assert "1 failed:\nTrial 0001: ArithmeticError: unlucky" in shown
    tuner.oracle.get_trial("0001").summary()
    assert "ArithmeticError: unlucky" in capsys.readouterr().out
    assert repr(best).startswith(f"<Trial {best.trial_id} COMPLETED score={best.score}")


def test_the_summary_of_the_space(tuner: RandomSearch, capsys: Any) -> None:
    tuner.search_space_summary()
    shown = capsys.readouterr().out
    assert "Default search space size: 3\nx (Float)\n{'default': 0.0, 'min_value': 0.0" in shown
    assert "conditions" not in shown
    tuner.search_space_summary(extended=True)
    assert "'conditions': [['kind', ['b']]]" in capsys.readouterr().out


def test_before_anything_was_searched_the_summary_says_so(tmp_path: Path, capsys: Any) -> None:
    tuner = RandomSearch(build, "val_loss", directory=tmp_path)
    tuner.results_summary()
    assert capsys.readouterr().out.endswith("No trial has been completed yet: call search.\n")
    assert tuner.get_best_models() == tuner.get_best_hyperparameters() == []
