"""Searching models: KerasTuner's ways, best weights, folds, executions, seeds."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, config, metrics
from course.callbacks import Callback, EarlyStopping
from course.layers import Dense
from course.tuners import (
    FatalError,
    GridSearch,
    HyperModel,
    HyperParameters,
    Objective,
    RandomSearch,
    Tuner,
)
from course.tuners.random_search import RandomSearchOracle
from searches import WithBatches, X, Y, build, record


def search(folder: Path, hypermodel: Any = build, **options: Any) -> RandomSearch:
    """Search a few random models."""
    fit = {"epochs": 3, "validation_data": (X, Y), "verbose": 0} | options.pop("fit", {})
    settings = {"objective": "val_accuracy", "max_trials": 3, "seed": 0} | options
    tuner = RandomSearch(hypermodel, directory=folder, **settings)
    tuner.search(X, Y, **fit)
    return tuner


def test_a_search_as_its_guide_writes_it(tmp_path: Path, capsys: Any) -> None:
    tuner = RandomSearch(
        hypermodel=build,
        objective="val_accuracy",
        max_trials=3,
        executions_per_trial=2,
        overwrite=True,
        directory=str(tmp_path),
        project_name="helloworld",
    )
    tuner.search_space_summary()
    tuner.search(X, Y, epochs=2, validation_split=0.25, callbacks=[EarlyStopping("val_loss")])
    models = tuner.get_best_models(num_models=2)
    models[0].summary()
    tuner.results_summary()
    best_hps = tuner.get_best_hyperparameters(5)
    model = tuner.hypermodel.build(best_hps[0])
    model.fit(x=X, y=Y, epochs=1, verbose=0)
    assert len(best_hps) == 3
    shown = capsys.readouterr().out
    for expected in ("Default search space size: 4", "layers (Int)", "Showing 10 best", "Score: "):
        assert expected in shown
    with pytest.raises(TypeError, match="Take its first element"):
        tuner.hypermodel.build(best_hps)


def test_the_best_models_have_the_very_weights_of_their_best_epochs(tmp_path: Path) -> None:
    wrong = (X, 1 - Y)  # the better the training, the worse the validation
    tuner = search(tmp_path, fit={"epochs": 6, "validation_data": wrong}, max_trials=4)
    trials = tuner.oracle.get_best_trials(3)
    scores = [t.score for t in trials]
    assert scores == sorted((t.score for t in tuner.oracle.trials.values()), reverse=True)[:3]
    assert any(t.best_epoch < 5 for t in trials)
    for trial, model in zip(trials, tuner.get_best_models(3), strict=True):
        again = model.evaluate(*wrong, return_dict=True)
        history = trial.runs[0].history
        assert again["accuracy"] == trial.score == max(history["val_accuracy"])
        assert again["loss"] == pytest.approx(history["val_loss"][trial.best_epoch], rel=1e-6)
        assert trial.metrics["val_accuracy"] == trial.score


def test_executions_differ_and_the_score_is_their_mean(tmp_path: Path) -> None:
    tuner = search(tmp_path, executions_per_trial=3, max_trials=2)
    for trial in tuner.oracle.trials.values():
        assert [run.execution for run in trial.runs] == [0, 1, 2]
        best = [max(run.history["val_accuracy"]) for run in trial.runs]
        assert trial.score == fmean(best)
        assert len({tuple(run.history["loss"]) for run in trial.runs}) == 3
        model = tuner.load_model(trial)
        assert model.evaluate(X, Y, return_dict=True)["accuracy"] == max(best)


def test_folds_are_validated_on_once_each(tmp_path: Path) -> None:
    tuner = search(tmp_path, fit={"cv": 3, "validation_data": None}, max_trials=2)
    for trial in tuner.oracle.trials.values():
        assert [run.fold for run in trial.runs] == [0, 1, 2]
        assert trial.score == fmean(max(r.history["val_accuracy"]) for r in trial.runs)
    with pytest.raises(FatalError, match="cv=3 makes its own validation data"):
        search(tmp_path / "b", fit={"cv": 3})
    for cv, message in ((1, "cv must be at least 2, got 1"), ("5", "cv must be a whole number")):
        with pytest.raises(FatalError, match=message):
            search(tmp_path / "c", fit={"cv": cv, "validation_data": None})


def test_batch_size_and_epochs_can_be_searched(tmp_path: Path) -> None:
    class Both(HyperModel):
        def build(self, hp: HyperParameters) -> Sequential:
            model = Sequential([Input((3,)), Dense(1)])
            model.compile("sgd", "mse")
            return model

        def fit(self, hp: HyperParameters, model: Any, *args: Any, **kwargs: Any) -> Any:
            size, epochs = hp.Choice("batch_size", [20, 30]), hp.Int("epochs", 1, 2)
            return model.fit(*args, batch_size=size, epochs=epochs, **kwargs)

    tuner = GridSearch(Both(), "val_loss", directory=tmp_path, seed=0)
    tuner.search(X, Y, validation_data=(X, Y), verbose=0)
    trials = tuner.oracle.ordered_trials()
    assert [tuple(t.values.values()) for t in trials] == [(20, 1), (20, 2), (30, 1), (30, 2)]
    assert [len(t.runs[0].epoch) for t in trials] == [1, 2, 1, 2]


def test_an_own_fit_may_return_a_number_or_a_dict(tmp_path: Path) -> None:
    class Own(WithBatches):
        def fit(self, hp: HyperParameters, model: Any, x: Any, y: Any, callbacks: Any) -> Any:
            loss = model.train_on_batch(x, y, return_dict=True)["loss"]
            return {"profit": -loss} if hp.Boolean("as_dict") else -loss

    tuner = RandomSearch(Own(), "profit", 3, seed=0, directory=tmp_path)
    with pytest.raises(ValueError, match="Whether 'profit' is better when larger"):
        tuner.search(X, Y, verbose=0)
    tuner = RandomSearch(Own(), Objective("profit", "max"), 6, seed=0, directory=tmp_path)
    tuner.search(X, Y, verbose=0)
    assert {t.values["as_dict"] for t in tuner.oracle.trials.values()} == {True, False}
    assert tuner.oracle.get_best_trials()[0].score < 0
    with pytest.raises(ValueError, match=r"has no weights: its run_trial or HyperModel.fit did"):
        tuner.get_best_models()


def test_the_direction_of_an_own_metric_is_read_from_the_model(tmp_path: Path) -> None:
    def profit(y: np.ndarray, p: np.ndarray) -> np.ndarray:
        return -np.abs(y - p).mean(axis=-1)

    profit.direction = "max"

    def model(hp: HyperParameters) -> Sequential:
        new = Sequential([Input((3,)), Dense(hp.Int("units", 1, 4)), Dense(1)])
        new.compile("sgd", "mse", metrics=[profit])
        return new

    tuner = search(tmp_path, model, objective="val_profit")
    assert tuner.oracle.objective.direction == "max"
    best = tuner.oracle.get_best_trials()[0]
    assert best.score == max(t.score for t in tuner.oracle.trials.values()) < 0
    assert metrics.get(profit).direction == "max"


def test_callbacks_are_copied_for_each_training(tmp_path: Path) -> None:
    class Counter(Callback):
        seen: list = []

        def __init__(self) -> None:
            super().__init__()
            self.epochs = 0

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.epochs += 1
            type(self).seen.append(self.epochs)

    mine = Counter()
    search(tmp_path, fit={"callbacks": [mine], "epochs": 2}, executions_per_trial=2, max_trials=2)
    assert mine.epochs == 0
    assert Counter.seen == [1, 2] * 4
    mine.handle = (n for n in range(3))
    with pytest.raises(FatalError, match=r"callbacks are copied for each training.*generator"):
        search(tmp_path / "b", fit={"callbacks": mine})


def test_a_seed_repeats_everything_and_touches_no_other_generator(tmp_path: Path) -> None:
    config.set_random_seed(1)
    expected = config.generator().random()
    config.set_random_seed(1)
    places = {"a": 0, "b": 0, "c": 1}
    records = [record(search(tmp_path / p, WithBatches(), seed=s)) for p, s in places.items()]
    assert records[0] == records[1] != records[2]
    assert config.generator().random() == expected


def test_models_are_compiled_anew_or_refused_for_their_size(tmp_path: Path) -> None:
    tuner = search(tmp_path, optimizer="sgd", loss="mse", metrics=["mae"], objective="val_mae")
    model = tuner.get_best_models()[0]
    assert type(model.optimizer).__name__ == "SGD"
    with pytest.raises(RuntimeError, match=r"(?s)3 trials in a row failed.*max_model_size is 5"):
        search(tmp_path / "b", max_model_size=5)


@pytest.mark.parametrize(
    ("hypermodel", "message"),
    [
        (lambda hp: None, r"build\(hp\) must return a model, got None. Is a `return` missing"),
        (lambda hp: 3, r"build\(hp\) must return a model, got 3\.$"),
    ],
)
def test_what_is_no_model_ends_the_search(tmp_path: Path, hypermodel: Any, message: str) -> None:
    with pytest.raises(FatalError, match=message):
        search(tmp_path, hypermodel)


def test_an_objective_that_is_not_logged_ends_the_search(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=r"'val_accuracy' is not in.*Give search validation_data"):
        search(tmp_path, fit={"validation_data": None})
    with pytest.raises(ValueError, match="Whether 'val_kappa' is better"):
        search(tmp_path / "b", objective="val_kappa")
    with pytest.raises(FatalError, match=r"'val_auc' is not in.*val_accuracy\."):
        search(tmp_path / "c", objective="val_auc")


def test_errors_of_the_first_build_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="min_value=3 is above max_value=1"):
        RandomSearch(lambda hp: hp.Int("n", 3, 1), "loss", directory=tmp_path)
    with pytest.raises(ValueError, match=r"hypermodel is missing: give a function build\(hp\)"):
        RandomSearch(objective="loss")
    with pytest.raises(TypeError, match="oracle must be an Oracle, got None"):
        Tuner(None, build)
    assert not list(tmp_path.iterdir())


def test_a_tuner_takes_any_oracle(tmp_path: Path) -> None:
    oracle = RandomSearchOracle(objective="val_loss", max_trials=2, seed=0)
    tuner = Tuner(oracle=oracle, hypermodel=build, directory=tmp_path)
    tuner.search(X, Y, epochs=1, validation_data=(X, Y), verbose=0)
    assert len(oracle.get_best_trials(5)) == 2
    assert oracle.remaining_trials() == 0
    assert oracle.get_space().get_config()["values"] == {}
    assert oracle.get_trial("0001").number == 1
    with pytest.raises(KeyError, match="no trial '7'; the last is"):
        oracle.get_trial("7")


def test_epochs_are_shown_where_asked(tmp_path: Path, capsys: Any) -> None:
    search(tmp_path, fit={"verbose": 2, "epochs": 1}, max_trials=1)
    assert "Epoch 1/1  loss" in capsys.readouterr().out


def without_input(hp: HyperParameters) -> Sequential:
    """A model that its data build."""
    model = Sequential([Dense(hp.Int("units", 2, 8, step=2), "relu"), Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def test_a_model_without_an_input_comes_back_built(tmp_path: Path) -> None:
    tuner = search(tmp_path, without_input)
    for trial in tuner.oracle.get_best_trials(3):
        model = tuner.load_model(trial)
        assert model.evaluate(X, Y)[1] == pytest.approx(trial.score)
    with pytest.raises(RuntimeError, match=r"(?s)3 trials in a row failed.*max_model_size is 5"):
        search(tmp_path / "b", without_input, max_model_size=5)


def uncompiled(hp: HyperParameters) -> Sequential:
    return Sequential([Input((3,)), Dense(1)])


def test_mistakes_in_the_set_up_end_the_search_and_count_as_no_trial(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=r"build\(hp\) must return a compiled model: call"):
        search(tmp_path, uncompiled)
    with pytest.raises(FatalError, match=r"unexpected keyword argument 'epoch'. Did you mean 'ep"):
        search(tmp_path / "b", fit={"epoch": 3})
    assert len(search(tmp_path / "b").oracle.get_best_trials(5)) == 3
    with pytest.raises(FatalError, match=r"'default_objective' is not in.*Give the tuner an obj"):
        search(tmp_path / "c", objective=None)
    with pytest.raises(TypeError, match=r"hypermodel is a model, 'sequential.*without calling it"):
        search(tmp_path / "d", build(HyperParameters()))
    with pytest.raises(ValueError, match="verbose must be 0, 1, 2 or 'auto', got 'yes'"):
        search(tmp_path / "e", fit={"verbose": "yes"})


def test_a_list_of_objectives(tmp_path: Path) -> None:
    tuner = search(tmp_path, objective=["val_loss", Objective("val_accuracy", "max")])
    for trial in tuner.oracle.get_best_trials(3):
        log = trial.runs[0].history
        sums = [a - b for a, b in zip(log["val_loss"], log["val_accuracy"], strict=True)]
        assert trial.score == pytest.approx(min(sums))
        loss, accuracy = tuner.load_model(trial).evaluate(X, Y)
        assert loss - accuracy == pytest.approx(trial.score, rel=1e-5)
    with pytest.raises(ValueError, match=r"objective=\['val_loss', 'val_accuracy'\], this one 'v"):
        search(tmp_path, objective="val_loss")
    with pytest.raises(FatalError, match="'val_auc' is not in"):
        search(tmp_path / "b", objective=["val_loss", "val_auc"])
