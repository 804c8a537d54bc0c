"""A model that predicts classes, as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d

from course import activations, config
from course.losses import Hinge, SparseCategoricalCrossentropy
from course.models import Model
from course.wrappers.base import Wrapper


class SKLearnClassifier(ClassifierMixin, Wrapper):
    """A scikit-learn classifier made of a model::

        def build(X, y, units=8):
            model = Sequential([
                Input(X.shape[1:]), Dense(units, "relu"), Dense(y.shape[1], "softmax")
            ])
            model.compile("adam", "categorical_crossentropy")
            return model

        classifier = SKLearnClassifier(build, fit_kwargs={"epochs": 20})
        pipeline = make_pipeline(StandardScaler(), classifier)
        search = GridSearchCV(pipeline, {"sklearnclassifier__model__units": [4, 16]})

    Labels may be numbers or strings. The building function is shown them one-hot, a column for
    each class. The model may end in softmax with a categorical or sparse categorical
    cross-entropy, or, for two classes, in one unit with a binary cross-entropy or hinge loss: the
    targets are handed to it as its loss takes them.

    Parameters
    ----------
    model : callable or Model
        A function that returns a compiled model. It is called anew in each `fit`, with ``X`` and
        ``y`` if it has such arguments, ``loss='categorical_crossentropy'`` if it has a `loss`
        without default, and `model_kwargs`. Or a compiled model, a copy of which is trained from
        the weights it has.
    warm_start, model_kwargs, fit_kwargs, random_state
        See :class:`SKLearnRegressor`. A `class_weight` among `fit_kwargs` goes by labels,
        ``{'cat': 1.0, 'dog': 5.0}``.

    Attributes
    ----------
    classes_ : ndarray of shape (k,)
        The labels, sorted.
    model_ : Model
        The trained model.
    history_ : History
        Of the last training.
    n_features_in_, feature_names_in_
        As in scikit-learn.
    """

    _usual_loss = "categorical_crossentropy"

    def predict(self, X: Any) -> np.ndarray:
        """Return the most probable label of each sample.

        Parameters
        ----------
        X : array_like of shape (n, d)

        Returns
        -------
        ndarray of shape (n,)
        """
        outputs = self._outputs(X)
        if outputs.shape[1] > 1:
            return self.classes_[outputs.argmax(axis=1)]
        loss = self._loss
        is_signed = isinstance(loss, Hinge) or getattr(loss, "from_logits", False)
        return self.classes_[(outputs[:, 0] > (0 if is_signed else 0.5)).astype(int)]

    def predict_proba(self, X: Any) -> np.ndarray:
        """Return the probability of each class, in the order of `classes_`.

        Parameters
        ----------
        X : array_like of shape (n, d)

        Returns
        -------
        ndarray of shape (n, k)
            Rows sum to 1.

        Raises
        ------
        ValueError
            If the outputs of the model are no probabilities.
        """
        p = self._outputs(X)
        if getattr(self._loss, "from_logits", False):
            p = activations.get("sigmoid" if p.shape[1] == 1 else "softmax").forward(p)
        if (p < 0).any() or (p > 1).any():
            raise ValueError(
                f"The outputs of the model, {p.min():g} to {p.max():g}, are no probabilities. End "
                "it in softmax, or in one sigmoid unit, with a cross-entropy."
            )
        p = np.hstack([1 - p, p]) if p.shape[1] == 1 else p
        return p / p.sum(axis=1, keepdims=True)

    @property
    def _loss(self) -> Any:
        return self.model_.objective.heads[0].loss

    def _learn_targets(self, y: np.ndarray) -> None:
        check_classification_targets(y)
        self.classes_ = np.unique(y)
        if len(self.classes_) < 2:
            raise ValueError(
                f"y holds one class only, {self.classes_.tolist()[0]!r}; a classifier needs two."
            )

    def _encoded(self, y: np.ndarray) -> np.ndarray:
        check_classification_targets(y)
        y = column_or_1d(y, warn=True)
        unknown = np.setdiff1d(y, self.classes_)
        if len(unknown):
            raise ValueError(
                f"y holds the class {unknown.tolist()[0]!r}, which is not among those of the first "
                f"training, {self.classes_}. Give partial_fit all classes in its first call."
            )
        return np.eye(len(self.classes_), dtype=config.floatx())[np.searchsorted(self.classes_, y)]

    def _by_number(self, class_weight: Any) -> Any:
        if not isinstance(class_weight, Mapping):
            return class_weight  # which is refused by name
        labels = self.classes_.tolist()
        unknown = [label for label in class_weight if label not in labels]
        if unknown:
            raise ValueError(f"class_weight names {unknown}, but the classes are {labels}.")
        return {labels.index(label): weight for label, weight in class_weight.items()}

    def _for_loss(self, y: np.ndarray, model: Model) -> np.ndarray:
        loss, columns, classes = model.objective.heads[0].loss, model.output_shape[-1], y.shape[1]
        if columns != classes and not (columns == 1 and classes == 2):
            raise ValueError(
                f"y has {classes} classes, the last layer of the model {columns} unit(s). Give it "
                "one for each class, y.shape[1] in the building function."
            )
        labels = y.argmax(axis=1)
        return labels if columns == 1 or isinstance(loss, SparseCategoricalCrossentropy) else y
