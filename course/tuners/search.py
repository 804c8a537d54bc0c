"""The loop of a search: propose, run, record."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from course.tuners.display import Display
from course.tuners.errors import FatalError
from course.tuners.executing import Outcome, Parallel, Serial
from course.tuners.hyperparameters import Chooser, default_of
from course.tuners.oracle import LATER, NOTHING, mixed
from course.tuners.scoring import best_epoch
from course.tuners.trial import Trial, TrialStatus


class Search:
    """One call of `search`.

    Parameters
    ----------
    tuner : BaseTuner
        Whose oracle proposes, whose storage keeps, and whose hooks are called.
    runner : Serial or Parallel
        Where trials run.
    display : Display
        What is shown.
    """

    def __init__(self, tuner: Any, runner: Serial | Parallel, display: Display) -> None:
        self.tuner, self.runner, self.display = tuner, runner, display
        self.oracle, self.space, self.storage = tuner.oracle, tuner.space, tuner.storage
        # Those that ran when an earlier search ended, and those that are to be tried again.
        self._waiting = [t for t in self.oracle.ordered_trials() if not t.has_ended]
        for trial in self._waiting:
            trial.hyperparameters.choose = self._newcomer(trial.number)
        self._ended: list[Trial] = []
        self._is_exhausted = False

    def run(self) -> None:
        """Search until there is nothing left to do."""
        done = sum(trial.has_ended for trial in self.oracle.trials.values())
        if done:
            self.display.said(f"Going on after {done} trials in {self.tuner.project_dir}.")
        try:
            while self._start_trials():
                for trial, outcome in self.runner.finished():
                    self._end(trial, outcome)
        except KeyboardInterrupt:
            self._close(wait_for_running=False)
            raise
        except BaseException:
            self._close(wait_for_running=True)
            raise
        self._close(wait_for_running=True)
        self._conclude()

    def _close(self, wait_for_running: bool) -> None:
        """Record what is done, or will be, and start nothing more."""
        for trial, outcome in self.runner.close(wait_for_running):
            if not outcome.is_fatal:
                self._record(trial, outcome)
        self.display.close()

    def _conclude(self) -> None:
        trials = self.oracle.ordered_trials()
        if self._is_exhausted and self.oracle.max_trials is not None:
            self.display.said(f"Every configuration was tried: {len(trials)} trials.")
        if trials and not any(trial.is_completed for trial in trials):
            again = "" if self._ended else " Give overwrite=True to try them again."
            raise RuntimeError(f"All trials failed.{again} The last error:\n{trials[-1].message}")

    # -- starting ------------------------------------------------------------------------------

    def _start_trials(self) -> bool:
        """Give the runner all it can take; return whether it has anything to do."""
        while not self.runner.is_full and not self._must_wait():
            trial = self._next()
            if trial is None:
                break
            if self.oracle.continues_trials and "tuner/trial_id" in trial.values:
                trial.states = self.storage.load_states(int(trial.values["tuner/trial_id"]))
            self.tuner.on_trial_begin(trial)
            self.runner.submit(trial)
        return self.runner.running > 0

    def _must_wait(self) -> bool:
        """Whether the first trial runs alone, because only running it shows the whole space."""
        unknown = self.tuner.declares_while_running and not any(
            trial.is_completed for trial in self.oracle.trials.values()
        )
        return unknown and self.runner.running > 0

    def _next(self) -> Trial | None:
        """Return the next trial to run, or None where there is none now."""
        if self._waiting:
            return self._waiting.pop(0)
        self._is_exhausted = False
        taken = {trial.number for trial in self.oracle.trials.values()}
        trials = self.oracle.ordered_trials()
        number = 0
        while self.oracle.max_trials is None or number < self.oracle.max_trials:
            if number not in taken:
                rng = self.oracle.generator(number)
                proposal = self.oracle.propose(number, self.space, trials, rng)
                if proposal is NOTHING:
                    self._is_exhausted = True
                    return None
                if proposal is not LATER:
                    return self._new(number, proposal)
            number += 1
        return None

    def _new(self, number: int, values: dict[str, Any]) -> Trial:
        hp = self.space.known.blank(self._newcomer(number))
        hp.values = values
        trial = Trial(hp, number)
        trial.seed = mixed(self.oracle.seed, number)
        self.oracle.trials[trial.trial_id] = trial
        self.tuner.save()
        self.storage.save_trial(trial)
        return trial

    def _newcomer(self, number: int) -> Chooser:
        """Return what chooses the hyperparameters that a trial is first to declare."""
        return self.oracle.newcomer(number) if self.oracle.tune_new_entries else default_of

    # -- ending --------------------------------------------------------------------------------

    def _end(self, trial: Trial, outcome: Outcome) -> None:
        """Record a trial, or run it again, or end the search."""
        if outcome.is_fatal:
            raise FatalError(outcome.error)
        self._record(trial, outcome)
        if not trial.has_ended:
            self._waiting.append(trial)
            return
        self._check_failures(trial)

    def _record(self, trial: Trial, outcome: Outcome) -> None:
        trial.attempts += 1
        trial.message, trial.seconds, trial.runs = outcome.error, outcome.seconds, outcome.runs
        self.space.learn(outcome.hyperparameters)
        trial.hyperparameters.values = outcome.hyperparameters.values
        if outcome.error is None:
            trial.status = TrialStatus.COMPLETED
            trial.hyperparameters.values = self.space.used(outcome.hyperparameters)
            trial.score, trial.metrics, trial.best_step = outcome.result
            trial.weights = self._best_weights(trial)
        elif trial.attempts > self.oracle.max_retries_per_trial:
            trial.status = TrialStatus.FAILED
        self.tuner.save()
        self.storage.save_trial(trial)
        trial.drop_arrays()
        if trial.has_ended:
            self._ended.append(trial)
            self.tuner.on_trial_end(trial)
            self.display.trial_ended(trial, self.oracle.ordered_trials())

    def _best_weights(self, trial: Trial) -> Any:
        """Return those of the best run, at its best epoch."""
        objective = self.oracle.objective
        kept = [run for run in trial.runs if run.weights is not None]
        scored = [run for run in kept if objective.name in run.history]
        if not scored:
            return kept[0].weights if kept else None
        scores = [(run, run.history[objective.name]) for run in scored]
        bests = [objective.as_loss(v[best_epoch(v, objective)]) for _, v in scores]
        return scored[bests.index(min(bests))].weights

    def _check_failures(self, trial: Trial) -> None:
        """End the search where too many trials in a row failed."""
        by_number = sorted(self._ended, key=lambda t: t.number)
        for failed, group in groupby(by_number, key=lambda t: not t.is_completed):
            row = list(group)
            if failed and len(row) >= self.oracle.max_consecutive_failed_trials and trial in row:
                raise RuntimeError(
                    f"{len(row)} trials in a row failed (max_consecutive_failed_trials="
                    f"{self.oracle.max_consecutive_failed_trials}). The last error:\n"
                    f"{trial.message}"
                )
