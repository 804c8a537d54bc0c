"""The tuner of models: it builds, trains, and keeps the best weights."""

from __future__ import annotations

import copy
import inspect
from typing import Any

import numpy as np

from course import checks, config, lookup
from course.callbacks import LambdaCallback
from course.engine.hollow import fill, hollow_weights
from course.models import Model
from course.tuners.base_tuner import BaseTuner
from course.tuners.errors import FatalError
from course.tuners.folds import checked, folded
from course.tuners.hypermodel import HyperModel
from course.tuners.hyperparameters import HyperParameters
from course.tuners.oracle import Oracle, mixed
from course.tuners.recorder import Recorder
from course.tuners.scoring import judge
from course.tuners.trial import Run, Trial


class Tuner(BaseTuner):
    """Base of the tuners of models, and what they have in common.

    Parameters
    ----------
    oracle : Oracle
        The strategy.
    hypermodel : callable or HyperModel, optional
        What to build and train; without it a subclass defines `run_trial`.
    max_model_size : int, optional
        A model with more weights is not trained; its trial fails.
    optimizer, loss, metrics : optional
        Compile every model with these instead of its own.
    executions_per_trial : int, default 1
        How often each configuration is trained, each time from other random numbers; the score
        is the mean.
    directory, project_name, overwrite
        See :class:`~course.tuners.base_tuner.BaseTuner`.
    distribution_strategy, tuner_id, logger
        Accepted at KerasTuner's defaults.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range, or there is nothing to build and train.
    """

    def __init__(
        self,
        oracle: Oracle,
        hypermodel: Any = None,
        max_model_size: int | None = None,
        optimizer: Any = None,
        loss: Any = None,
        metrics: Any = None,
        distribution_strategy: None = None,
        directory: Any = None,
        project_name: str | None = None,
        logger: None = None,
        tuner_id: str | None = None,
        overwrite: bool = False,
        executions_per_trial: int = 1,
    ) -> None:
        if hypermodel is None and type(self).run_trial is Tuner.run_trial:
            raise ValueError(
                "hypermodel is missing: give a function build(hp) that returns a compiled model, "
                "or define run_trial in a subclass."
            )
        if isinstance(hypermodel, Model):
            raise TypeError(
                f"hypermodel is a model, {hypermodel.name!r}; give the function build(hp) that "
                "makes one, without calling it."
            )
        if distribution_strategy is not None:
            raise ValueError(
                "distribution_strategy is not supported; to run in parallel give search an "
                "executor."
            )
        if max_model_size is not None:
            checks.integer("max_model_size", max_model_size, 1)
        self.max_model_size = max_model_size
        self.compiling = {"optimizer": optimizer, "loss": loss, "metrics": metrics}
        self.executions_per_trial = checks.integer("executions_per_trial", executions_per_trial, 1)
        self.epoch_verbosity = 0
        super().__init__(oracle, hypermodel, directory, project_name, overwrite)

    @classmethod
    def _standard_run(cls) -> Any:
        return Tuner.run_trial

    # -- one trial -----------------------------------------------------------------------------

    def run_trial(self, trial: Trial, *args: Any, **kwargs: Any) -> Any:
        """Build and train a model for each execution, and each fold of ``cv=k``.

        Parameters
        ----------
        trial : Trial
            Whose values to use.
        *args, **kwargs
            Of `search`, for `HyperModel.fit`. ``cv=k`` trains k times, each time on all parts of
            the rows but one, and validates on that one; ``callbacks`` are copied each time.

        Returns
        -------
        list of History, dict or float
            One for each training.
        """
        cv = kwargs.pop("cv", None)
        folds = 1 if cv is None else checked(cv)
        returned = []
        for execution in range(self.executions_per_trial):
            for fold in range(folds):
                run = Run(execution, fold)
                trial.runs.append(run)
                given = args, kwargs
                if cv is not None:
                    given = folded(args, kwargs, cv, fold, self.oracle.seed)
                with config.seeded(mixed(trial.seed, trial.attempts, execution, fold)):
                    returned.append(self._train(trial, run, *given))
        return returned

    def _train(self, trial: Trial, run: Run, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Train one model, on from where an earlier trial left it if this one was promoted."""
        hp, place = trial.hyperparameters, len(trial.runs) - 1
        start = trial.states[place] if place < len(trial.states) else None
        kwargs = dict(kwargs)
        is_plain = type(self.hypermodel).fit is HyperModel.fit
        is_logged = is_plain and kwargs.get("validation_freq", 1) == 1
        recorder = Recorder(
            run, self.oracle.objective, start, self.oracle.continues_trials, is_logged
        )
        callbacks = [*_copied(kwargs.pop("callbacks", None)), recorder]
        if "tuner/epochs" in hp.values:
            kwargs["epochs"] = hp.values["tuner/epochs"]
            kwargs["initial_epoch"] = hp.values["tuner/initial_epoch"] if start else 0
        if _takes(self.hypermodel.fit, "verbose"):
            kwargs.setdefault("verbose", self.epoch_verbosity)
        model = self.build_model(hp)
        if not model.built:  # its data build it
            callbacks.append(LambdaCallback(on_train_begin=lambda _: self.check_size(model)))
        kwargs["callbacks"] = callbacks
        if is_plain:
            _check_fit(model, args, kwargs)
        returned = self.hypermodel.fit(hp, model, *args, **kwargs)
        judge(returned, self.oracle.objective, "HyperModel.fit")  # a mistake ends it at once
        return returned

    def build_model(self, hp: HyperParameters) -> Model:
        """Return a compiled model for the values of `hp`.

        Raises
        ------
        FatalError
            If the model-building function returns something else.
        ValueError
            If the model is larger than `max_model_size`.
        """
        model = self.hypermodel.build(hp)
        if not isinstance(model, Model):
            hint = " Is a `return` missing?" if model is None else ""
            raise FatalError(f"build(hp) must return a model, got {model!r}.{hint}")
        if model.built:
            self.check_size(model)
        given = {k: copy.deepcopy(v) for k, v in self.compiling.items() if v is not None}
        if given:
            own = {**(model._compiled or {}), "optimizer": model.optimizer or "rmsprop"}
            model.compile(**own | given)
        return model

    def check_size(self, model: Model) -> None:
        """Refuse a model with more than `max_model_size` weights.

        Raises
        ------
        ValueError
            If it has more.
        """
        if self.max_model_size is not None and model.count_params() > self.max_model_size:
            raise ValueError(
                f"The model has {model.count_params()} weights; max_model_size is "
                f"{self.max_model_size}."
            )

    def _probe(self, hp: HyperParameters) -> Any:
        model = super()._probe(hp)
        objective = self.oracle.objective
        is_known = isinstance(model, Model) and model.built and model.optimizer is not None
        if objective.direction is None and is_known:
            objective.learn_direction(model.objective.all_metrics())
        return model

    # -- results -------------------------------------------------------------------------------

    def load_model(self, trial: Trial) -> Model:
        """Return the model of a trial with the weights of its best epoch.

        Raises
        ------
        ValueError
            If its weights were not kept: an own `run_trial` or `fit` did not pass on
            ``callbacks``.
        """
        weights = self.storage.load_weights(trial)
        if weights is None:
            raise ValueError(
                f"Trial {trial.trial_id} has no weights: its run_trial or HyperModel.fit did not "
                "give model.fit the callbacks that it was given."
            )
        with config.seeded(0):
            model = self.build_model(trial.hyperparameters.copy())
            with self.storage.blaming_weights(trial), np.errstate(over="raise"):
                _fill(model, trial, weights)
        return model

    def get_best_models(self, num_models: int = 1) -> list[Model]:
        """Return the best models with the very weights of their best epochs, not trained again.

        Of several executions or folds it is the best one's.
        """
        return [self.load_model(trial) for trial in self.oracle.get_best_trials(num_models)]


def _fill(model: Model, trial: Trial, weights: list[np.ndarray]) -> None:
    """Give a model its weights; what the file says of them is not believed before they fit."""
    if not model.built:
        with hollow_weights():
            model.build(trial.runs[0].input_shape)
    wanted, given = ([w.shape for w in arrays] for arrays in (model.weights, weights))
    if given != wanted:
        raise ValueError(f"the model has weights of shapes {wanted!s:.400}, these {given!s:.400}")
    for variable, array in zip(model.weights, weights, strict=True):
        fill(variable, array)


def _copied(callbacks: Any) -> list[Any]:
    """Return callbacks for one training, which know nothing of the others."""
    given = callbacks if isinstance(callbacks, list | tuple) else [callbacks] if callbacks else []
    try:
        return copy.deepcopy(list(given))
    except Exception as error:
        raise FatalError(
            f"callbacks are copied for each training, and copy.deepcopy cannot copy these: {error}."
        ) from error


def _check_fit(model: Model, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Refuse what would let every trial fail: no compile, or arguments that `fit` does not have."""
    if model.optimizer is None:
        raise FatalError(
            "build(hp) must return a compiled model: call model.compile(optimizer=..., loss=...) "
            "before its return."
        )
    known = inspect.signature(model.fit)
    try:
        known.bind(*args, **kwargs)
    except TypeError as error:
        hints = (lookup.nearest(key, known.parameters) for key in kwargs.keys() - known.parameters)
        raise FatalError(
            f"search gives its arguments to Model.fit: {error}.{''.join(hints)}"
        ) from error


def _takes(function: Any, argument: str) -> bool:
    """Whether a function can be given a keyword argument."""
    parameters = inspect.signature(function).parameters
    takes_any = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return takes_any or argument in parameters
