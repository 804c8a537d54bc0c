"""Progress of a search: a line for each trial, or one live bar in a notebook."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

from course.tuners.objective import Objective
from course.tuners.trial import Trial

WIDTH = 160  # of a configuration in a line; all of it is in the summary and the table


class Display:
    """What `search` shows.

    In a terminal each trial has a line, with the time that is left. In a notebook there is one
    live bar for ``verbose=1``, and lines for 2; what stays there when the search has ended
    holds no times, so that a notebook can be run again with the same output.

    Parameters
    ----------
    verbose : int
        0 shows nothing.
    objective : Objective
        Its name and direction.
    total : int or None
        How many trials there will be, where that is known.
    """

    def __init__(self, verbose: int, objective: Objective, total: int | None) -> None:
        self.verbose, self.objective, self.total = verbose, objective, total
        self._is_notebook = "ipykernel" in sys.modules
        self._start = time.monotonic()
        self._ended = self._failed = 0
        self._best: Trial | None = None
        self._bar = _notebook_bar(total) if verbose == 1 and self._is_notebook else None

    def trial_ended(self, trial: Trial, trials: Sequence[Trial]) -> None:
        """Show one more trial; `trials` are all so far."""
        self._ended += 1
        completed = [t for t in trials if t.is_completed]
        if completed:
            self._best = min(completed, key=lambda t: self.objective.as_loss(t.score))
        done = sum(t.has_ended for t in trials)
        self._failed = sum(t.has_ended and not t.is_completed for t in trials)
        left = self._time_left(done)
        if self._bar is not None:
            self._bar.set_postfix_str(f"{self._said_of_best()}{left}", refresh=False)
            self._bar.update(done - self._bar.n)
        elif self.verbose:
            print(self._line(trial, done, "" if self._is_notebook else left))

    def _line(self, trial: Trial, done: int, left: str) -> str:
        of = f"/{self.total}" if self.total is not None else ""
        score = f"{trial.score:.4f}" if trial.is_completed else "failed"
        values = self._values(trial)
        if "tuner/epochs" in trial.values:
            first, last = trial.values["tuner/initial_epoch"] + 1, trial.values["tuner/epochs"]
            values += f"; epochs {first} to {last}"
        if not trial.is_completed:
            values += f": {trial.last_line}"
        return (
            f"Trial {done}{of}  {self.objective.name}: {score}  {self._said_of_best()}{left}  "
            f"({values})"
        )

    def _values(self, trial: Trial) -> str:
        values = ", ".join(f"{name}={_short(v)}" for name, v in trial.configuration.items())
        return values if len(values) <= WIDTH else f"{values[:WIDTH]} ..."

    def _said_of_best(self) -> str:
        return "no best yet" if self._best is None else f"best: {self._best.score:.4f}"

    def _time_left(self, done: int) -> str:
        if self.total is None or done >= self.total:
            return ""
        seconds = (time.monotonic() - self._start) / self._ended * (self.total - done)
        return f"  {duration(seconds)} left"

    def said(self, sentence: str) -> None:
        """Show a sentence."""
        if self.verbose:
            print(sentence)

    def close(self) -> None:
        """End the bar, without times, and say what stays where bars are not shown."""
        if self._bar is None:
            return
        self._bar.set_postfix_str(self._said_of_best(), refresh=False)
        self._bar.total = self._bar.n
        self._bar.close()
        if self._best is not None:
            failed = f", {self._failed} failed" if self._failed else ""
            print(
                f"{self._bar.n} trials{failed}; best {self.objective.name}: "
                f"{self._best.score:.4f}  ({self._values(self._best)})"
            )


def duration(seconds: float) -> str:
    """Return ``'5 s'``, ``'3 min'`` or ``'2 h 10 min'``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _notebook_bar(total: int | None) -> Any:
    # Loaded here because `import course` loads nothing but NumPy.
    from tqdm.auto import tqdm

    shown = f"{{desc}} {{bar}} {{n}}{'' if total is None else f'/{total}'} {{postfix}}"
    return tqdm(total=total, desc="trials", bar_format=shown)
