"""Random configurations: their law, that none repeats, and that a seed does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from course.tuners import HyperParameters, RandomSearch, RandomSearchOracle, Trial
from searches import Parabola, X, Y, build, record


class Space(RandomSearch):
    """A space of 2 + 4 + 8 configurations, which turns up while running."""

    def run_trial(self, trial: Trial) -> float:
        hp = trial.hyperparameters
        return sum(hp.Choice(f"units_{i}", [4, 8]) for i in range(hp.Int("n", 1, 3)))


def test_no_configuration_comes_twice_and_the_end_is_said(tmp_path: Path, capsys: Any) -> None:
    tuner = Space(max_trials=30, directory=tmp_path, seed=0)
    tuner.search()
    tried = {tuple(sorted(t.values.items())) for t in tuner.oracle.trials.values()}
    assert len(tried) == len(tuner.oracle.trials) == 14
    assert "Every configuration was tried: 14 trials." in capsys.readouterr().out


def test_a_seed_gives_the_same_trials_and_zero_is_one(tmp_path: Path) -> None:
    values = []
    for place, seed in enumerate([0, 0, 1, None]):
        tuner = Parabola(max_trials=5, directory=tmp_path / str(place), seed=seed)
        tuner.search(verbose=0)
        values.append([t.values["x"] for t in tuner.oracle.ordered_trials()])
    assert values[0] == values[1]
    assert len({x for one in values[1:] for x in one}) == 15


def test_values_follow_their_sampling_also_the_first_ones(tmp_path: Path) -> None:
    # the first trial of each seed is where a space that is not known in advance turns up
    firsts, later = [], []
    for seed in range(150):
        tuner = Parabola(max_trials=2, directory=tmp_path / str(seed), seed=seed)
        tuner.storage.save_trial = tuner.storage.save_search = lambda record: None
        tuner.search(verbose=0)
        first, second = tuner.oracle.ordered_trials()
        firsts.append(first.values["x"])
        later.append(second.values["x"])
    for drawn in (firsts, later):
        assert stats.kstest(drawn, stats.uniform(-2, 4).cdf).pvalue > 0.01


def test_what_a_configuration_does_not_use_is_not_drawn() -> None:
    tuner_space = RandomSearch(build, objective="loss", seed=0, directory="unused").space
    oracle = RandomSearchOracle(seed=0)
    seen: Counter[int] = Counter()
    for number in range(40):
        values = oracle.propose(number, tuner_space, [], oracle.generator(number))
        units = [name for name in values if name.startswith("units")]
        assert units == [f"units_{i}" for i in range(values["layers"])]
        seen[values["layers"]] += 1
    assert set(seen) == {1, 2, 3}


def test_ranges_given_in_advance_and_entries_that_are_not_tuned(tmp_path: Path) -> None:
    hp = HyperParameters()
    hp.Float("rate", 0.5, 0.6)
    hp.Fixed("layers", 1)
    tuner = RandomSearch(
        build,
        objective="loss",
        max_trials=3,
        seed=0,
        directory=tmp_path,
        hyperparameters=hp,
        tune_new_entries=False,
    )
    tuner.search(X, Y, verbose=0)
    for trial in tuner.oracle.trials.values():
        values = dict(trial.values)
        assert 0.5 <= values.pop("rate") <= 0.6
        assert values == {"layers": 1, "units_0": 4, "dropout": False}
    with pytest.raises(RuntimeError, match="asks for 'units_0', which is not among the given"):
        RandomSearch(build, "loss", directory=tmp_path, hyperparameters=hp, allow_new_entries=False)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (dict(max_trials=0), ValueError, "max_trials must be at least 1, got 0"),
        (dict(seed=-1), ValueError, "seed must be zero or more"),
        (dict(seed=0.5), TypeError, "seed must be a whole number"),
        (dict(max_retries_per_trial=-1), ValueError, "max_retries_per_trial must be at least 0"),
        (dict(max_consecutive_failed_trials=0), ValueError, "must be at least 1, got 0"),
        (dict(hyperparameters={"a": 1}), TypeError, r"hyperparameters must be HyperParameters"),
        (dict(objective=[]), TypeError, r"an Objective, or a list of them, got \[\]"),
        (dict(max_model_size=0), ValueError, "max_model_size must be at least 1, got 0"),
        (dict(executions_per_trial=0), ValueError, "executions_per_trial must be at least 1"),
        (dict(distribution_strategy="mirrored"), ValueError, "give search an executor"),
    ],
)
def test_arguments_that_cannot_be(arguments: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        RandomSearch(build, **({"objective": "loss"} | arguments))


def test_the_same_seed_trains_the_same(tmp_path: Path) -> None:
    records = []
    for place in ("a", "b"):
        tuner = RandomSearch(build, "val_loss", 3, seed=0, directory=tmp_path / place)
        tuner.search(X, Y, epochs=2, validation_data=(X, Y), verbose=0)
        records.append(record(tuner))
    assert records[0] == records[1]
