"""A model that predicts numbers, as a scikit-learn estimator."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import RegressorMixin

from course.models import Model
from course.wrappers.base import Wrapper


class SKLearnRegressor(RegressorMixin, Wrapper):
    """A scikit-learn regressor made of a model::

        def build(X, y, units=8, rate=0.01):
            model = Sequential([Input(X.shape[1:]), Dense(units, "tanh"), Dense(1)])
            model.compile(SGD(rate), "mse")
            return model

        regressor = SKLearnRegressor(build, fit_kwargs={"epochs": 20})
        search = GridSearchCV(regressor, {"model__units": [2, 8], "fit__batch_size": [5, 10]})

    Parameters
    ----------
    model : callable or Model
        A function that returns a compiled model. It is called anew in each `fit`, with ``X`` and
        ``y`` if it has such arguments, ``loss='mse'`` if it has a `loss` without default, and
        `model_kwargs`. Or a compiled model, a copy of which is trained from the weights it has.
    warm_start : bool, default False
        Whether a second `fit` goes on with the model of the first.
    model_kwargs, fit_kwargs : dict, optional
        Arguments of the building function and of `Model.fit`; each fit uses copies. Each is also
        a parameter, ``model__units`` or ``fit__epochs``, that can be set with `set_params` and
        searched. ``verbose`` is 0 by default, everything else as in `Model.fit`.
    random_state : int or RandomState, optional
        An integer makes each fit repeat, as ``set_random_seed`` does; by default the package's
        generator goes on.

    Attributes
    ----------
    model_ : Model
        The trained model.
    history_ : History
        Of the last training.
    n_features_in_, feature_names_in_
        As in scikit-learn.

    Notes
    -----
    `y` may have several columns. As in scikit-learn, what is computed in is float64, or float32
    where `X` is; so it is with :class:`SKLearnClassifier`.
    """

    _usual_loss = "mse"
    _check_y = {"y_numeric": True, "multi_output": True}

    def predict(self, X: Any) -> np.ndarray:
        """Return the predictions, of shape (n,), or (n, k) as `y` was.

        Parameters
        ----------
        X : array_like of shape (n, d)
        """
        y = self._outputs(X)
        return y[:, 0] if self._is_flat else y

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def _learn_targets(self, y: np.ndarray) -> None:
        self._is_flat = y.ndim == 1

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        return y

    def _for_loss(self, y: np.ndarray, model: Model) -> np.ndarray:
        return y
