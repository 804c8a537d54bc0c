"""A search over anything that can be run with hyperparameters and gives a number."""

from __future__ import annotations

import copy
import time
import traceback
from concurrent.futures import Executor
from math import isfinite
from pathlib import Path
from typing import Any

from course import checks, config
from course.callbacks.folder import path_text
from course.tuners import hypermodel as hypermodels
from course.tuners import results
from course.tuners.blas import one_thread
from course.tuners.display import Display
from course.tuners.errors import FatalError
from course.tuners.executing import Outcome, Parallel, Serial, Task
from course.tuners.hyperparameters import HyperParameters, default_of
from course.tuners.oracle import Oracle, mixed
from course.tuners.resuming import check_identity, check_marks, check_space
from course.tuners.scoring import judge
from course.tuners.search import Search
from course.tuners.space import Space
from course.tuners.storage import Storage
from course.tuners.trial import Trial

FORMAT = 1


class BaseTuner:
    """Base of all tuners; it knows of no models.

    A subclass defines :meth:`run_trial`; `Tuner` does, for models::

        class Parabola(RandomSearch):
            def run_trial(self, trial):
                x = trial.hyperparameters.Float("x", -2, 2)
                return (x - 1) ** 2

    Parameters
    ----------
    oracle : Oracle
        The strategy.
    hypermodel : callable or HyperModel, optional
        What to build.
    directory : path, default '.'
        Where searches lie.
    project_name : str, default 'untitled_project'
        The folder of this one. A search that is there already goes on: what ended is not run
        again, what was running is.
    overwrite : bool, default False
        Whether to begin anew and remove what is there.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If another search is in that folder: the strategy, the objective, the seed or the space
        is not the same.
    """

    _saved: dict[str, Any] | None = None  # what is on disk of all trials, as far as known
    _has_drawn_seed = False

    def __init__(
        self,
        oracle: Oracle,
        hypermodel: Any = None,
        directory: Any = None,
        project_name: str | None = None,
        overwrite: bool = False,
    ) -> None:
        if not isinstance(oracle, Oracle):
            raise TypeError(f"oracle must be an Oracle, got {oracle!r}.")
        self.oracle = oracle
        self.hypermodel = hypermodels.get(hypermodel)
        self.directory = path_text("directory", "." if directory is None else directory)
        self.project_name = checks.text("project_name", project_name, "untitled_project")
        overwrite = checks.flag("overwrite", overwrite)
        self.storage = Storage(Path(self.directory) / self.project_name)
        self.space = Space(
            oracle.hyperparameters,
            None if self.hypermodel is None else self._probe,
            oracle.tune_new_entries,
            oracle.allow_new_entries,
        )
        oracle.hyperparameters = self.space.known
        self.space.explore()
        if overwrite:
            self.storage.clear()
        if self.storage.exists():
            self.reload()
        elif oracle.seed is None:
            oracle.seed = int(config.generator().integers(2**31))
            self._has_drawn_seed = True

    @property
    def project_dir(self) -> str:
        """The folder of this search."""
        return str(self.storage.path)

    @property
    def declares_while_running(self) -> bool:
        """Whether running a trial may declare hyperparameters that building does not."""
        fit = getattr(type(self.hypermodel), "fit", None)
        own_run = type(self).run_trial not in (BaseTuner.run_trial, self._standard_run())
        return own_run or fit is not hypermodels.HyperModel.fit

    @classmethod
    def _standard_run(cls) -> Any:
        """Return the `run_trial` that declares nothing."""
        return None

    def _probe(self, hp: HyperParameters) -> Any:
        """Build only to see what is asked for."""
        return self.hypermodel.build(hp)

    # -- searching -----------------------------------------------------------------------------

    def search(
        self,
        *args: Any,
        executor: Executor | None = None,
        verbose: int | str = 1,
        **kwargs: Any,
    ) -> None:
        """Search until `max_trials` trials have ended, or there is nothing new.

        Parameters
        ----------
        *args, **kwargs
            For :meth:`run_trial`; for models those of `Model.fit`, such as
            ``search(x, y, epochs=10, validation_data=(x2, y2), callbacks=[...])``. For models
            ``cv=5`` instead of validation data means five-fold cross-validation.
        executor : concurrent.futures.Executor, optional
            Runs trials in its workers: a ``ProcessPoolExecutor`` on this machine,
            ``dask.distributed.Client(...).get_executor()`` on many. By default trials run here,
            one after another.
        verbose : {0, 1, 2}, default 1
            0 shows nothing, 1 a line for each trial (one bar in a notebook), 2 lines of each
            epoch, too, where trials run here.

        Raises
        ------
        RuntimeError
            If too many trials in a row fail, with the last error; if another search is writing
            into the same folder; if the arguments cannot be used.
        ValueError
            If meanwhile another search, of which something is not the same, was begun there.
        KeyboardInterrupt
            With Ctrl-C, after what finished was recorded; `search` again goes on.
        """
        if executor is not None and not isinstance(executor, Executor):
            raise TypeError(
                "executor must be a concurrent.futures.Executor, such as ProcessPoolExecutor(2) "
                f"or client.get_executor() of dask.distributed, got {executor!r}."
            )
        if verbose not in ("auto", 0, 1, 2):  # False and True are 0 and 1
            raise ValueError(f"verbose must be 0, 1, 2 or 'auto', got {verbose!r}.")
        verbose = 1 if verbose == "auto" else int(verbose)
        self.epoch_verbosity = 2 if verbose > 1 and executor is None else 0
        _ = self.oracle.objective.sign  # says so if the direction is not known
        task = Task(self, args, kwargs)
        with self.storage.locked(), one_thread():
            self._catch_up()
            runner = Serial(task) if executor is None else Parallel(task, executor)
            display = Display(verbose, self.oracle.objective, self.oracle.total)
            self.on_search_begin()
            Search(self, runner, display).run()
            self.on_search_end()

    def execute(self, trial: Trial, *args: Any, **kwargs: Any) -> Outcome:
        """Run a trial, here or in a worker, and return what became of it; nothing is raised."""
        trial = copy.copy(trial)
        trial.hyperparameters, trial.runs = trial.hyperparameters.copy(), []
        hp, start, result = trial.hyperparameters, time.perf_counter(), None
        error, is_fatal = None, False
        try:
            with one_thread(), config.seeded(mixed(trial.seed, trial.attempts)):
                result = judge(self.run_trial(trial, *args, **kwargs), self.oracle.objective)
            if not isfinite(result.score):
                error = f"The objective {self.oracle.objective.name!r} ended in NaN or infinity."
        except FatalError as fatal:
            error, is_fatal = str(fatal), True
        except (Exception, SystemExit):
            error = traceback.format_exc()
        return Outcome(hp, trial.runs, result, time.perf_counter() - start, error, is_fatal)

    def run_trial(self, trial: Trial, *args: Any, **kwargs: Any) -> Any:
        """Run one trial and return what it is judged by.

        Parameters
        ----------
        trial : Trial
            ``trial.hyperparameters`` has its values; more can be declared there.
        *args, **kwargs
            What was given to `search`.

        Returns
        -------
        float, dict, History, or a list of them
            A number is the objective; a dict holds it under its name; of a History the best
            epoch counts; of a list the mean.
        """
        raise NotImplementedError(f"{type(self).__name__} must define run_trial(trial, ...).")

    def on_search_begin(self) -> None:
        """Called before the first trial."""

    def on_search_end(self) -> None:
        """Called after the last trial."""

    def on_trial_begin(self, trial: Trial) -> None:
        """Called before a trial is started, in the process that searches."""

    def on_trial_end(self, trial: Trial) -> None:
        """Called after a trial was recorded, in the process that searches."""

    # -- on disk -------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what holds for all trials, if it changed."""
        record = {
            "format": FORMAT,
            **self.oracle.identity(),
            "space": self.space.known.get_config()["space"],
            "built": sorted(self.space.built),
        }
        if record != self._saved:
            self.storage.save_search(record)
            self._saved = record

    def reload(self) -> None:
        """Take over the trials on disk.

        Raises
        ------
        ValueError
            If they are of another search; what differs is named.
        """
        record, stored, trials = self._read()
        if self.oracle.seed is None or self._has_drawn_seed:
            self.oracle.seed = record["seed"]
        check_identity(self.oracle.identity(), record, self.project_dir)
        check_marks(self.oracle, trials, self.project_dir)
        check_space(self.space, stored, set(record["built"]), trials, self.project_dir)
        self._load_trials(record)
        self._saved = record

    def _read(self) -> tuple[dict[str, Any], HyperParameters, list[Trial]]:
        """Return what is on disk: all of one moment, also while another process searches."""
        record = None
        while record != (now := self.storage.load_search()):
            record = now
            stored = HyperParameters.from_config({"space": record["space"], "values": {}})
            trials = self.storage.load_trials(stored)
        return record, stored, trials

    def _catch_up(self) -> None:
        """Take over what others did in this folder since; nothing, where they cleared it."""
        if not self.storage.exists():
            self.oracle.trials, self._saved = {}, None
        elif (record := self.storage.load_search()) == self._saved:
            self._load_trials(record)
        else:
            self.reload()

    def _load_trials(self, record: dict[str, Any]) -> None:
        stored = HyperParameters.from_config({"space": record["space"], "values": {}})
        self.space.learn(stored)
        self.space.built |= set(record["built"])
        trials = self.storage.load_trials(self.space.known)
        self.oracle.trials = {trial.trial_id: trial for trial in trials}

    def __getstate__(self) -> dict[str, Any]:
        """Travel to a worker without the trials, the space and the files."""
        state = {k: v for k, v in vars(self).items() if k not in ("space", "storage", "_saved")}
        state["oracle"] = copy.copy(self.oracle)
        state["oracle"].trials = {}
        return state

    # -- results -------------------------------------------------------------------------------

    def get_best_hyperparameters(self, num_trials: int = 1) -> list[HyperParameters]:
        """Return the hyperparameters of the best trials, the best first."""
        best = [t.hyperparameters.copy() for t in self.oracle.get_best_trials(num_trials)]
        for hp in best:
            hp.choose = default_of
        return best

    def results_summary(self, num_trials: int = 10) -> None:
        """Print the best trials, their values and scores."""
        results.print_results(self.oracle, self.project_dir, num_trials)

    def search_space_summary(self, extended: bool = False) -> None:
        """Print the hyperparameters known so far; with `extended` their conditions, too."""
        results.print_space(self.space.known, extended)

    def to_frame(self) -> Any:
        """Return a pandas DataFrame with a row for each trial.

        Raises
        ------
        ModuleNotFoundError
            If pandas is not installed; it is in the extra ``notebooks``.
        """
        return results.frame(self.oracle)
