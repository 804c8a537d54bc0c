"""What both wrappers do: build a model, train it, keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from copy import deepcopy
from numbers import Integral
from typing import Any, Self

import numpy as np
from sklearn.utils import check_array, check_consistent_length, check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from course import checks, config
from course.models import Model
from course.wrappers.parameters import ParameterMixin, call_with


class Wrapper(ParameterMixin):
    """A model as a scikit-learn estimator; see its two kinds."""

    _usual_loss: str
    _check_y: dict[str, Any] = {}

    def __init__(
        self,
        model: Any,
        warm_start: bool = False,
        model_kwargs: dict[str, Any] | None = None,
        fit_kwargs: dict[str, Any] | None = None,
        random_state: Any = None,
    ) -> None:
        self.model = model
        self.warm_start = warm_start
        self.model_kwargs = model_kwargs
        self.fit_kwargs = fit_kwargs
        self.random_state = random_state

    # -- what a subclass defines ---------------------------------------------------------------

    def _learn_targets(self, y: np.ndarray) -> None:
        """Learn what there is to learn about targets, before the first training."""

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        """Return the targets as the building function is shown them."""

    def _for_loss(self, y: np.ndarray, model: Model) -> np.ndarray:
        """Return encoded targets as the loss of the model takes them."""

    def _by_number(self, class_weight: Any) -> Any:
        """Return weights of labels as weights of numbers of classes."""
        return class_weight

    # -- learning ------------------------------------------------------------------------------

    def fit(self, X: Any, y: Any, sample_weight: Any = None, **fit_kwargs: Any) -> Self:
        """Train a model.

        Parameters
        ----------
        X : array_like of shape (n, d)
            Samples.
        y : array_like of shape (n,)
            Targets.
        sample_weight : array_like of shape (n,), optional
            Only their ratios matter. A sample of weight 0 counts as absent.
        **fit_kwargs
            Arguments of `Model.fit`, which go before those of the constructor.

        Raises
        ------
        TypeError, ValueError
            If the data do not fit the model, or something else is no model.
        """
        return self._learn(X, y, sample_weight, fit_kwargs, goes_on=self.warm_start)

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> Self:
        """Train on with these samples, for one epoch.

        Parameters
        ----------
        X, y, sample_weight
            See :meth:`fit`.
        classes : array_like, optional
            In the first call of a classifier, all classes that will come; those of `y` by
            default.
        """
        return self._learn(X, y, sample_weight, {"epochs": 1}, goes_on=True, classes=classes)

    def _learn(
        self,
        X: Any,
        y: Any,
        sample_weight: Any,
        fit_kwargs: dict[str, Any],
        goes_on: bool,
        classes: Any = None,
    ) -> Self:
        with self._left_as_it_was_on_error():
            for name in ("model_kwargs", "fit_kwargs"):
                if not isinstance(getattr(self, name), Mapping | None):
                    raise TypeError(f"{name} must be a dict, got {getattr(self, name)!r}.")
            goes_on = checks.flag("warm_start", goes_on) and hasattr(self, "model_")
            return self._learn_anew_or_on(X, y, sample_weight, fit_kwargs, goes_on, classes)

    def _learn_anew_or_on(
        self,
        X: Any,
        y: Any,
        sample_weight: Any,
        fit_kwargs: dict[str, Any],
        goes_on: bool,
        classes: Any,
    ) -> Self:
        X, y = validate_data(self, X, y, reset=not goes_on, allow_nd=True, **self._check_y)
        X, y, sample_weight = _weighed(X, y, sample_weight)
        if not goes_on:
            self._floatx = "float32" if X.dtype == np.float32 else "float64"
        with config.computing_in(self._floatx), self._seeded(goes_on):
            if not goes_on:
                self._learn_targets(y if classes is None else np.asarray(classes))
            y = self._encoded(y)
            model = self.model_ if goes_on else self._build(X, y)
            model.objective_for(X)  # an unbuilt one is built; one not compiled is refused
            if len(model.outputs) != 1:
                raise ValueError(f"The model must have one output, got {len(model.outputs)}.")
            arguments = {"verbose": 0, **deepcopy(self._given("fit")), **fit_kwargs}
            known = list(self._takes("fit"))
            checks.unknown_arguments("Model.fit", [n for n in arguments if n not in known], known)
            if arguments.get("class_weight") is not None:
                arguments["class_weight"] = self._by_number(arguments["class_weight"])
            if sample_weight is not None:
                arguments["sample_weight"] = sample_weight
            self.history_ = model.fit(X, self._for_loss(y, model), **arguments)
        self.model_ = model
        return self

    @contextmanager
    def _left_as_it_was_on_error(self) -> Iterator[None]:
        """Keep what an earlier training learned, and the random numbers, where one is refused."""
        before, random = dict(vars(self)), config.generator().bit_generator
        state = random.state
        try:
            yield
        except Exception:
            vars(self).clear()
            vars(self).update(before)
            random.state = state
            raise

    def _build(self, X: np.ndarray, y: np.ndarray) -> Model:
        if isinstance(self.model, Model):
            return deepcopy(self.model)
        if not callable(self.model):
            raise TypeError(
                "model must be a compiled Model, or a function such as build(X, y, units=8) that "
                f"returns one; got {self.model!r}."
            )
        kwargs = deepcopy(self._given("model"))
        model = call_with(self.model, kwargs, X=X, y=y, loss=self._usual_loss)
        if not isinstance(model, Model):
            raise TypeError(
                f"The function given as model must return a compiled Model, got {model!r}."
            )
        return model

    def _seeded(self, goes_on: bool) -> Any:
        """Draw from `random_state` where there is one, and the training is not a later part."""
        if self.random_state is None or goes_on:
            return nullcontext()
        if isinstance(self.random_state, Integral):
            return config.seeded(int(self.random_state))
        return config.seeded(int(check_random_state(self.random_state).randint(2**31 - 1)))

    def _outputs(self, X: Any) -> np.ndarray:
        """Return the outputs of the fitted model for samples, of shape (n, k)."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, allow_nd=True)
        with config.computing_in(self._floatx):
            return self.model_.predict(X)


def _weighed(X: np.ndarray, y: np.ndarray, sample_weight: Any) -> tuple[Any, Any, Any]:
    """Leave out the samples of weight 0, and scale the other weights to a mean of 1.

    So much a sample of weight k counts as k copies of it would, in a batch of all samples.
    """
    if sample_weight is None:
        return X, y, None
    w = check_array(sample_weight, dtype=float, ensure_2d=False, input_name="sample_weight")
    check_consistent_length(X, w)
    if w.ndim != 1 or (w < 0).any() or not w.any():
        raise ValueError(
            "sample_weight must be one weight of at least 0 for each sample, not all of them zero; "
            f"got shape {w.shape}, {w.min():g} to {w.max():g}."
        )
    there = w > 0
    return X[there], y[there], w[there] / w[there].mean()
