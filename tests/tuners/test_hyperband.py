"""Brackets by hand, promotion, and training on from one round to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import config
from course.tuners import Hyperband, HyperbandOracle, HyperParameters, Trial
from course.tuners.oracle import LATER, NOTHING, mixed
from course.tuners.space import Space
from searches import X, Y, build


class Guess(Hyperband):
    """A trial is as good as its first digit says; some fail."""

    fails: tuple[int, ...] = ()

    def run_trial(self, trial: Trial) -> float:
        if trial.number in self.fails:
            raise ArithmeticError("unlucky")
        return trial.hyperparameters.Float("x", 0, 1)


def searched(folder: Path, **options: Any) -> list[Trial]:
    """Search with R = 9, η = 3."""
    tuner = Guess(max_epochs=9, directory=folder, seed=0, **options)
    tuner.search(verbose=0)
    return tuner.oracle.ordered_trials()


def marks(trial: Trial) -> tuple[int, ...]:
    """What the tuner adds to the values."""
    names = ("bracket", "round", "initial_epoch", "epochs")
    return tuple(trial.values[f"tuner/{name}"] for name in names)


def test_the_best_of_each_round_are_promoted(tmp_path: Path) -> None:
    trials = searched(tmp_path)
    table = [(2, 0, 0, 1)] * 9 + [(2, 1, 1, 3)] * 3 + [(2, 2, 3, 9)]
    table += [(1, 0, 0, 3)] * 5 + [(1, 1, 3, 9)] + [(0, 0, 0, 9)] * 3
    assert [marks(t) for t in trials] == table
    assert [t.number for t in trials] == list(range(22))
    by_score = sorted(trials[:9], key=lambda t: t.score)
    assert [t.values["tuner/trial_id"] for t in trials[9:12]] == [t.trial_id for t in by_score[:3]]
    assert trials[12].values["tuner/trial_id"] == "0009"
    assert trials[18].configuration == min(trials[13:18], key=lambda t: t.score).configuration
    new = [t.values["x"] for t in trials if t.values["tuner/round"] == 0]
    assert len(set(new)) == 9 + 5 + 3


def test_failed_trials_are_not_promoted(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(Guess, "fails", tuple(range(1, 8)))
    trials = searched(tmp_path, max_consecutive_failed_trials=8)
    assert [t.number for t in trials if t.values["tuner/bracket"] == 2] == [*range(9), 9, 10, 12]
    assert {t.values["tuner/trial_id"] for t in trials[9:11]} == {"0000", "0008"}


def test_two_iterations_go_on_numbering(tmp_path: Path) -> None:
    trials = searched(tmp_path, hyperband_iterations=2)
    assert [marks(t) for t in trials[22:]] == [marks(t) for t in trials[:22]]
    assert [t.number for t in trials] == list(range(44))
    assert searched(tmp_path, hyperband_iterations=2)[-1].number == 43


def test_a_bracket_does_not_wait_for_another() -> None:
    hp = HyperParameters()
    hp.Float("x", 0, 1)
    oracle, space, trials = HyperbandOracle(max_epochs=9, seed=0), Space(hp), []

    def propose(number: int) -> Any:
        return oracle.propose(number, space, trials, oracle.generator(number))

    def start(number: int) -> None:
        values = hp.blank()
        values.values = propose(number)
        trials.append(Trial(values, number))

    for number in range(9):
        start(number)
    assert [propose(n) for n in range(9, 13)] == [LATER] * 4
    start(13)
    assert trials[-1].values["tuner/bracket"] == 1
    for trial in trials[:9]:
        trial.status, trial.score = "COMPLETED", trial.number
    assert propose(9)["tuner/trial_id"] == "0000"
    assert propose(12) is LATER
    assert propose(22) is NOTHING


def test_a_space_with_few_configurations_repeats_none_within_a_bracket(tmp_path: Path) -> None:
    class Few(Hyperband):
        def run_trial(self, trial: Trial) -> float:
            return float(trial.hyperparameters.Int("x", 1, 4))

    tuner = Few(max_epochs=9, directory=tmp_path, seed=0)
    tuner.search(verbose=0)
    firsts: dict[int, list[int]] = {}
    for t in tuner.oracle.ordered_trials():
        if t.values["tuner/round"] == 0:
            firsts.setdefault(t.values["tuner/bracket"], []).append(t.values["x"])
    assert {s: sorted(v) for s, v in firsts.items() if s} == {2: [1, 2, 3, 4], 1: [1, 2, 3, 4]}
    assert len(set(firsts[0])) == 3
    assert tuner.get_best_hyperparameters()[0]["x"] == 1


def test_a_promoted_trial_equals_one_training_without_a_break(tmp_path: Path) -> None:
    tuner = Hyperband(build, "val_loss", max_epochs=9, seed=3, directory=tmp_path)
    tuner.search(X, Y, epochs=50, validation_data=(X, Y), verbose=0)
    last = tuner.oracle.get_trial("0012")
    second = tuner.oracle.get_trial(last.values["tuner/trial_id"])
    first = tuner.oracle.get_trial(second.values["tuner/trial_id"])
    assert [t.runs[0].epoch for t in (first, second, last)] == [[0], [1, 2], [3, 4, 5, 6, 7, 8]]
    with config.seeded(mixed(first.seed, 0, 0, 0)):
        model = tuner.hypermodel.build(first.hyperparameters.copy())
        history = model.fit(X, Y, epochs=9, validation_data=(X, Y), verbose=0).history
    for key, values in history.items():
        assert [v for t in (first, second, last) for v in t.runs[0].history[key]] == values
    (state,) = tuner.storage.load_states(12)
    for i, w in enumerate(model.get_weights()):
        np.testing.assert_array_equal(state[f"weights/{i}"], w)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (dict(max_epochs=0), "max_epochs must be at least 1"),
        (dict(factor=1), "factor must be at least 2"),
        (dict(hyperband_iterations=0), "hyperband_iterations must be at least 1"),
    ],
)
def test_arguments_that_cannot_be(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Hyperband(build, "loss", **arguments)
