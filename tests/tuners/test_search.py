"""The loop: failures, retries, Ctrl-C, hooks, and going on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course import config
from course.tuners import BaseTuner, FatalError, Objective, RandomSearch, Trial
from course.tuners.random_search import RandomSearchOracle
from searches import Parabola, record


class Fails(RandomSearch):
    """Fails where it is told to, by the number of the trial."""

    at: tuple[int, ...] = ()
    with_nan: tuple[int, ...] = ()
    interrupted_at: int | None = None

    def run_trial(self, trial: Trial) -> float:
        x = trial.hyperparameters.Float("x", 0, 1)
        if trial.number == self.interrupted_at:
            raise KeyboardInterrupt
        if trial.number in self.at:
            raise ArithmeticError(f"unlucky {trial.number}")
        return float("nan") if trial.number in self.with_nan else x


def make(folder: Path, **options: Any) -> Fails:
    """A search of six trials."""
    attributes = {k: options.pop(k) for k in ("at", "with_nan", "interrupted_at") if k in options}
    kind = type("Fails", (Fails,), attributes)
    return kind(**{"max_trials": 6, "seed": 0, "directory": folder} | options)


def statuses(tuner: Any) -> str:
    """The first letters: C for completed, F for failed, R for running."""
    return "".join(t.status[0] for t in tuner.oracle.ordered_trials())


def test_a_trial_that_raises_or_ends_in_nan_has_failed_and_the_search_goes_on(
    tmp_path: Path,
) -> None:
    tuner = make(tmp_path, at=(1,), with_nan=(3, 4))
    tuner.search(verbose=0)
    assert statuses(tuner) == "CFCFFC"
    raised, nan = (tuner.oracle.get_trial(i) for i in ("0001", "0003"))
    assert "ArithmeticError: unlucky 1" in raised.error
    assert raised.error.startswith("Traceback")
    assert nan.message == "The objective 'default_objective' ended in NaN or infinity."
    assert raised.score is nan.score is None
    assert [t.number for t in tuner.oracle.get_best_trials(9)] == sorted(
        (0, 2, 5), key=lambda n: tuner.oracle.trials[f"000{n}"].score
    )


def test_failures_in_a_row_end_it_with_the_last_error(tmp_path: Path) -> None:
    tuner = make(tmp_path, at=(0, 2, 3, 4))
    message = r"(?s)3 trials in a row failed \(max_consecutive_failed_trials=3\).*unlucky 4"
    with pytest.raises(RuntimeError, match=message):
        tuner.search(verbose=0)
    assert statuses(tuner) == "FCFFF"
    make(tmp_path, at=(0, 2, 3, 4)).search(verbose=0)
    assert statuses(make(tmp_path)) == "FCFFFC"


def test_where_all_fail_the_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)All trials failed. The last error:.*unlucky 1"):
        make(tmp_path, at=(0, 1), max_trials=2).search(verbose=0)


def test_a_failed_trial_is_tried_again_with_another_seed(tmp_path: Path) -> None:
    seeds: list[int] = []

    class Unlucky(RandomSearch):
        def run_trial(self, trial: Trial) -> float:
            x = trial.hyperparameters.Float("x", 0, 1)
            seeds.append(int(config.generator().integers(2**31)))
            if trial.attempts < 2:
                raise ArithmeticError("not yet")
            return x

    tuner = Unlucky(max_trials=2, seed=0, max_retries_per_trial=2, directory=tmp_path)
    tuner.search(verbose=0)
    assert statuses(tuner) == "CC"
    assert len(set(seeds)) == len(seeds) == 6
    assert [t.attempts for t in tuner.oracle.ordered_trials()] == [3, 3]
    assert tuner.oracle.get_trial("0000").error is None
    other = Unlucky(max_trials=2, seed=0, max_retries_per_trial=1, directory=tmp_path / "b")
    with pytest.raises(RuntimeError, match="All trials failed"):
        other.search(verbose=0)


def test_ctrl_c_keeps_all_that_finished_and_search_goes_on(tmp_path: Path) -> None:
    tuner = make(tmp_path, interrupted_at=3)
    with pytest.raises(KeyboardInterrupt):
        tuner.search(verbose=0)
    assert statuses(tuner) == "CCCR"
    type(tuner).interrupted_at = None
    tuner.search(verbose=0)
    uninterrupted = make(tmp_path / "b")
    uninterrupted.search(verbose=0)
    assert record(tuner) == record(uninterrupted)


def test_more_trials_go_on(tmp_path: Path) -> None:
    whole = make(tmp_path / "whole")
    whole.search(verbose=0)
    for count in (2, 6):
        tuner = make(tmp_path, max_trials=count)
        assert tuner.oracle.remaining_trials() == (2 if count == 2 else 4)
        tuner.search(verbose=0)
    assert record(tuner) == record(whole)
    tuner.oracle.max_trials = 7
    tuner.search(verbose=0)
    assert len(tuner.oracle.trials) == 7


def test_overwriting_begins_anew(tmp_path: Path) -> None:
    make(tmp_path).search(verbose=0)
    assert make(tmp_path).oracle.trials
    assert not make(tmp_path, overwrite=True).oracle.trials
    assert not make(tmp_path).oracle.trials


def test_a_space_with_a_mistake_overwrites_nothing(tmp_path: Path) -> None:
    make(tmp_path).search(verbose=0)
    with pytest.raises(ValueError, match="min_value=3 is above"):
        make(tmp_path, hypermodel=lambda hp: hp.Int("n", 3, 1), overwrite=True)
    assert make(tmp_path).oracle.trials


def test_hooks_are_called_in_their_order(tmp_path: Path) -> None:
    calls: list[str] = []

    class Watched(Parabola):
        def on_search_begin(self) -> None:
            calls.append("search begins")

        def on_trial_begin(self, trial: Trial) -> None:
            calls.append(f"{trial.trial_id} {trial.status}")

        def on_trial_end(self, trial: Trial) -> None:
            super().on_trial_end(trial)
            calls.append(f"{trial.trial_id} {trial.status}")

        def on_search_end(self) -> None:
            calls.append("search ends")

    Watched(max_trials=2, seed=0, directory=tmp_path).search(verbose=0)
    trials = [f"000{n} {status}" for n in (0, 1) for status in ("RUNNING", "COMPLETED")]
    assert calls == ["search begins", *trials, "search ends"]


def test_a_mistake_in_the_search_leaves_no_failed_trial(tmp_path: Path) -> None:
    class Forgets(RandomSearch):
        def run_trial(self, trial: Trial) -> None:
            trial.hyperparameters.Float("x", 0, 1)

    tuner = Forgets(max_trials=2, seed=0, directory=tmp_path)
    with pytest.raises(FatalError, match=r"must return a number.*Is a `return` missing"):
        tuner.search(verbose=0)
    assert statuses(tuner) == "R"


def test_arguments_that_cannot_be(tmp_path: Path) -> None:
    tuner = make(tmp_path)
    with pytest.raises(TypeError, match=r"executor must be a concurrent.futures.Executor.*got 2"):
        tuner.search(executor=2)
    with pytest.raises(NotImplementedError, match="BaseTuner must define run_trial"):
        BaseTuner(RandomSearchOracle()).run_trial(None)
    with pytest.raises(NotImplementedError, match="Oracle must define propose"):
        super(RandomSearchOracle, tuner.oracle).propose(0, tuner.space, [], None)
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        make(tmp_path / "file").search(verbose=0)


def test_a_base_tuner_searches_without_models(tmp_path: Path) -> None:
    class Own(BaseTuner):
        def run_trial(self, trial: Trial) -> dict[str, float]:
            return {"cost": trial.hyperparameters.Float("x", 0, 1)}

    tuner = Own(RandomSearchOracle(Objective("cost", "min"), 3, seed=0), directory=tmp_path)
    tuner.search(verbose=0)
    best = tuner.get_best_hyperparameters()[0]
    assert best["x"] == min(t.score for t in tuner.oracle.trials.values())
    assert best.Boolean("asked later") is False


def test_two_searches_in_one_folder_at_once_are_refused(tmp_path: Path) -> None:
    class Twice(Parabola):
        def run_trial(self, trial: Trial) -> float:
            with pytest.raises(RuntimeError, match="Another search is writing into"):
                Parabola(max_trials=1, directory=tmp_path, seed=0).search(verbose=0)
            return super().run_trial(trial)

    Twice(max_trials=2, seed=0, directory=tmp_path).search(verbose=0)


def test_where_all_failed_before_there_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    options = {"at": range(2), "max_trials": 2, "directory": tmp_path}
    with pytest.raises(RuntimeError, match=r"(?s)All trials failed. The last error.*unlucky 1"):
        make(tmp_path, **options).search(verbose=0)
    with pytest.raises(RuntimeError, match=r"(?s)All trials failed. Give overwrite=True .*unlucky"):
        make(tmp_path, **options).search(verbose=0)


def test_two_ranges_of_one_name_end_the_search_and_count_as_no_trial(tmp_path: Path) -> None:
    class Narrow(RandomSearch):
        top = 4

        def run_trial(self, trial: Trial) -> float:
            return trial.hyperparameters.Int("n", 1, self.top)

    class Wide(Narrow):
        top = 5

    Narrow(max_trials=2, seed=0, directory=tmp_path).search(verbose=0)
    with pytest.raises(FatalError, match=r"'n' was declared as Int.*max_value=4.* and now as Int"):
        Wide(max_trials=4, seed=0, directory=tmp_path).search(verbose=0)
    tuner = Narrow(max_trials=4, seed=0, directory=tmp_path)
    tuner.search(verbose=0)
    assert statuses(tuner) == "CCCC"
