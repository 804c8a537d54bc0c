"""Models in scikit-learn's hands: searches, pipelines, labels, weights, copies."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import make_blobs
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import course
from course import Input, Model, Sequential, config, losses
from course.callbacks import Callback
from course.layers import Dense, Dropout
from course.optimizers import SGD, Adam
from course.wrappers import SKLearnClassifier, SKLearnRegressor

X, CLASS = make_blobs(90, centers=3, cluster_std=0.7, random_state=0)
LABELS = np.array(["cat", "dog", "eel"])[CLASS]
TWO = LABELS[CLASS < 2]
LINE = 2 * X[:, 0] - X[:, 1] + 1


def classify(
    X: Any, y: Any, loss: str, units: int = 8, rate: float = 0.02, optimizer: Any = None
) -> Model:
    """Return a network with a softmax output for each class."""
    model = Sequential([Input(X.shape[1:]), Dense(units, "tanh"), Dense(y.shape[1], "softmax")])
    model.compile(optimizer or Adam(rate), loss, metrics=["accuracy"])
    return model


def regress(units: int = 8) -> Model:
    """Return a network of one output, that takes what comes."""
    model = Sequential([Dense(units, "tanh"), Dropout(0.1), Dense(1)])
    model.compile(Adam(0.05), "mse")
    return model


def two_heads() -> Model:
    """Return a model with two outputs, which no estimator has."""
    x = Input((2,))
    model = Model(x, [Dense(3, "softmax")(x), Dense(3, "softmax")(x)])
    model.compile("sgd", "categorical_crossentropy")
    return model


def one_layer(outputs: int, activation: str, loss: Any) -> Model:
    """Return a compiled model, as it may be given instead of a function."""
    with config.seeded(0):
        model = Sequential([Input((2,)), Dense(outputs, activation)])
    model.compile(Adam(0.1), loss)
    return model


CLASSIFIER = SKLearnClassifier(classify, fit_kwargs={"epochs": 20}, random_state=0)
REGRESSOR = SKLearnRegressor(regress, fit_kwargs={"epochs": 60}, random_state=0)


# -- parameters ------------------------------------------------------------------------------------


def test_the_two_dicts_reach_the_function_and_the_fit() -> None:
    fit_kwargs = {"epochs": 3, "batch_size": 8}
    estimator = SKLearnClassifier(classify, model_kwargs={"units": 4}, fit_kwargs=fit_kwargs)
    estimator.fit(X, LABELS)
    assert estimator.model_.layers[0].units == 4
    assert estimator.history_.epoch == [0, 1, 2]
    assert estimator.model_.optimizer.iterations == 3 * 12  # ⌈90 / 8⌉ batches


def test_parameters_can_be_listed_and_set() -> None:
    estimator = SKLearnClassifier(classify, model_kwargs={"units": 4}, fit_kwargs={"epochs": 3})
    params = estimator.get_params()
    assert (params["model__units"], params["model__rate"], params["fit__epochs"]) == (4, 0.02, 3)
    assert not {"model__X", "model__y", "model__loss"} & set(params)
    assert set(estimator.get_params(deep=False)) == {
        "model", "warm_start", "model_kwargs", "fit_kwargs", "random_state"
    }  # fmt: skip
    given = estimator.model_kwargs
    estimator.set_params(model__units=5, model__loss="kld", fit__verbose=0, warm_start=True)
    assert given == {"units": 4}
    assert estimator.model_kwargs == {"units": 5, "loss": "kld"}
    assert estimator.fit_kwargs == {"epochs": 3, "verbose": 0}
    assert estimator.warm_start is True
    assert SKLearnClassifier(one_layer(1, "sigmoid", "bce")).get_params()["model_kwargs"] is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("model__unts", r"building function has no argument 'unts'\. Did you mean 'units'\?"),
        ("model__X", "building function has no argument 'X'"),
        ("fit__epoch", r"Model\.fit has no argument 'epoch'.*Did you mean 'epochs'\?"),
        ("fit__x", r"Model\.fit has no argument 'x'"),
        ("unit", "Invalid parameter 'unit'"),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(name: str, words: str) -> None:
    estimator = SKLearnClassifier(classify, model_kwargs={"units": 4})
    with pytest.raises(ValueError, match=words):
        estimator.set_params(**{"model__units": 9, name: 1})
    assert estimator.model_kwargs == {"units": 4}


def test_a_function_that_takes_anything_is_asked_for_nothing() -> None:
    def build(**arguments: Any) -> Model:
        assert set(arguments) == {"X", "y", "units"}
        return regress(arguments["units"])

    estimator = SKLearnRegressor(build, model_kwargs={"units": 3}).fit(X, LINE)
    assert estimator.model_.layers[0].units == 3


def test_a_clone_shares_nothing_and_knows_nothing() -> None:
    fitted = clone(CLASSIFIER).fit(X, LABELS)
    other = clone(fitted)
    assert other.get_params() == fitted.get_params()
    with pytest.raises(NotFittedError):
        other.predict(X)
    model = one_layer(3, "softmax", "categorical_crossentropy")
    wrapped = SKLearnClassifier(model)
    assert clone(wrapped).model is not model
    np.testing.assert_array_equal(clone(wrapped).model.get_weights()[0], model.get_weights()[0])


def test_what_is_given_is_not_changed_by_a_fit() -> None:
    class Count(Callback):
        epochs = 0

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            self.epochs += 1

    optimizer, kept, own = SGD(0.1, momentum=0.9), Count(), Count()
    estimator = SKLearnClassifier(classify, False, {"optimizer": optimizer}, {"callbacks": [kept]})
    estimator.fit(X, LABELS, epochs=2)
    assert (optimizer.iterations, kept.epochs) == (0, 0)
    estimator.fit(X, LABELS, epochs=2, callbacks=[own])  # what fit itself is given is used
    assert own.epochs == 2
    model = one_layer(3, "softmax", "categorical_crossentropy")
    before = model.get_weights()
    SKLearnClassifier(model).fit(X, LABELS)
    np.testing.assert_array_equal(model.get_weights()[0], before[0])
    assert model.optimizer.iterations == 0


# -- scikit-learn's tools --------------------------------------------------------------------------


def test_a_grid_is_searched_over_arguments_of_function_and_fit() -> None:
    grid = {"model__units": [1, 8], "fit__batch_size": [10, 30]}
    search = GridSearchCV(clone(CLASSIFIER), grid, cv=2).fit(X, LABELS)
    assert search.best_score_ > 0.8
    assert search.best_params_["model__units"] == 8
    assert set(search.predict(X)) == set(LABELS)
    assert len(search.cv_results_["params"]) == 4


def test_a_random_search_in_a_pipeline() -> None:
    pipeline = make_pipeline(StandardScaler(), clone(REGRESSOR))
    choices = {"sklearnregressor__model__units": [2, 4, 8], "sklearnregressor__fit__epochs": [40]}
    search = RandomizedSearchCV(pipeline, choices, n_iter=2, cv=2, random_state=0).fit(X, LINE)
    assert search.best_score_ > 0.8
    assert search.best_estimator_[-1].history_.epoch[-1] == 39


def test_cross_validation_repeats_with_a_random_state() -> None:
    first, second = (cross_val_score(clone(CLASSIFIER), X, LABELS, cv=3) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.mean() > 0.8


def test_a_pipeline_passes_arguments_of_fit() -> None:
    pipeline = make_pipeline(StandardScaler(), clone(CLASSIFIER))
    pipeline.fit(X, LABELS, sklearnclassifier__epochs=2)
    assert pipeline[-1].history_.epoch == [0, 1]
    assert pipeline.predict_proba(X).shape == (90, 3)


def test_columns_of_a_frame_are_remembered() -> None:
    frame = pd.DataFrame(X, columns=["a", "b"])
    estimator = clone(CLASSIFIER).fit(frame, pd.Series(LABELS))
    assert estimator.feature_names_in_.tolist() == ["a", "b"]
    assert estimator.n_features_in_ == 2
    with pytest.raises(ValueError, match="feature names should match"):
        estimator.predict(frame.rename(columns={"a": "c"}))


def test_images_keep_their_shape() -> None:
    def build(X: Any, y: Any) -> Model:
        assert X.shape[1:] == (2, 3)
        model = Sequential([Input(X.shape[1:]), course.layers.Flatten(), Dense(2, "softmax")])
        model.compile("sgd", "categorical_crossentropy")
        return model

    images = np.random.default_rng(0).normal(size=(8, 2, 3))
    scores = cross_val_score(SKLearnClassifier(build), images, [0, 1] * 4, cv=2)
    assert scores.shape == (2,)


# -- targets ---------------------------------------------------------------------------------------


def test_labels_may_be_strings_and_probabilities_follow_their_order() -> None:
    estimator = clone(CLASSIFIER).fit(X, LABELS)
    assert estimator.classes_.tolist() == ["cat", "dog", "eel"]
    p = estimator.predict_proba(X)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(estimator.predict(X), estimator.classes_[p.argmax(axis=1)])
    assert estimator.score(X, LABELS) > 0.8


@pytest.mark.parametrize(
    ("outputs", "activation", "loss"),
    [
        (2, "softmax", "categorical_crossentropy"),
        (2, "softmax", "sparse_categorical_crossentropy"),
        (2, "linear", losses.SparseCategoricalCrossentropy(from_logits=True)),
        (2, "sigmoid", "binary_crossentropy"),
        (1, "sigmoid", "binary_crossentropy"),
        (1, "linear", losses.BinaryCrossentropy(from_logits=True)),
        (1, "linear", "hinge"),
    ],
)
def test_targets_are_given_as_the_loss_takes_them(outputs: int, activation: str, loss: Any) -> None:
    model = one_layer(outputs, activation, loss)
    estimator = SKLearnClassifier(model, fit_kwargs={"epochs": 30}, random_state=0)
    estimator.fit(X[CLASS < 2], TWO)
    assert estimator.score(X[CLASS < 2], TWO) > 0.85
    if loss == "hinge":
        with pytest.raises(ValueError, match=r"are no probabilities.*softmax"):
            estimator.predict_proba(X)
        return
    p = estimator.predict_proba(X[CLASS < 2])
    assert p.shape == (60, 2)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-6)
    picked = estimator.classes_[(p[:, 1] > p[:, 0]).astype(int)]
    np.testing.assert_array_equal(picked, estimator.predict(X[CLASS < 2]))


def test_a_regressor_predicts_in_the_shape_of_y() -> None:
    flat = clone(REGRESSOR).fit(X, LINE)
    assert flat.predict(X).shape == (90,)
    assert flat.score(X, LINE) > 0.9
    model = one_layer(2, "linear", "mse")
    several = SKLearnRegressor(model, fit_kwargs={"epochs": 200}).fit(X, np.c_[LINE, -LINE])
    assert several.predict(X).shape == (90, 2)
    assert several.score(X, np.c_[LINE, -LINE]) > 0.9
    column = clone(REGRESSOR).fit(X, LINE[:, None])
    assert column.predict(X).shape == (90, 1)


def test_a_weight_counts_as_copies_and_zero_as_absence() -> None:
    weight = np.arange(len(X)) % 3
    once = {"batch_size": 1000, "epochs": 5}
    arguments = {"model": classify, "fit_kwargs": once, "random_state": 1}
    weighted = SKLearnClassifier(**arguments).fit(X, LABELS, sample_weight=weight)
    copies = SKLearnClassifier(**arguments).fit(X.repeat(weight, 0), LABELS.repeat(weight))
    thrice = SKLearnClassifier(**arguments).fit(X, LABELS, sample_weight=3.0 * weight)
    expected = copies.predict_proba(X)
    np.testing.assert_allclose(weighted.predict_proba(X), expected, rtol=1e-9)
    np.testing.assert_allclose(thrice.predict_proba(X), expected, rtol=1e-9)
    unweighted = SKLearnClassifier(**arguments).fit(X, LABELS)
    assert abs(unweighted.predict_proba(X) - expected).max() > 1e-3


def test_class_weights_go_by_labels() -> None:
    arguments = {"model": classify, "random_state": 1}
    by_class = SKLearnClassifier(**arguments).fit(X, LABELS, class_weight={"dog": 4.0, "cat": 1})
    weight = np.where(LABELS == "dog", 4.0, 1.0)
    with config.computing_in("float64"), config.seeded(1):
        direct = classify(X, np.eye(3), "categorical_crossentropy")
        direct.fit(X, np.eye(3)[CLASS], sample_weight=weight, verbose=0)
    for a, b in zip(by_class.model_.get_weights(), direct.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9)
    with pytest.raises(ValueError, match=r"class_weight names \['fox'\], but the classes are"):
        SKLearnClassifier(**arguments).fit(X, LABELS, class_weight={"fox": 2})
    with pytest.raises(TypeError, match="class_weight must be a dict"):
        SKLearnClassifier(**arguments).fit(X, LABELS, class_weight="balanced")
    with pytest.raises(TypeError, match="class_weight takes numbers of classes as keys, got 'a'"):
        SKLearnRegressor(regress).fit(X, LINE, class_weight={"a": 1})


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_what_is_computed_in_follows_the_data(kind: str) -> None:
    estimator = clone(CLASSIFIER).fit(X.astype(kind), LABELS)
    assert estimator.predict_proba(X).dtype == kind
    assert estimator.model_.get_weights()[0].dtype == kind
    assert clone(REGRESSOR).fit(X.astype(kind), LINE).predict(X).dtype == kind
    assert config.floatx() == "float32"


# -- going on, repeating, keeping ------------------------------------------------------------------


def test_a_warm_start_goes_on() -> None:
    estimator = clone(CLASSIFIER).set_params(warm_start=True, fit__epochs=2).fit(X, LABELS)
    model = estimator.model_
    estimator.fit(X, LABELS)
    assert estimator.model_ is model
    assert model.optimizer.iterations == 2 * 2 * 3
    cold = clone(estimator).set_params(warm_start=False).fit(X, LABELS)
    assert cold.fit(X, LABELS).model_.optimizer.iterations == 2 * 3


def test_partial_fits_are_epochs_on_what_comes() -> None:
    estimator = clone(CLASSIFIER)
    for _ in range(30):
        for label in ("cat", "dog", "eel"):
            estimator.partial_fit(X[label == LABELS], LABELS[label == LABELS], classes=LABELS)
    assert estimator.model_.optimizer.iterations == 90
    assert estimator.score(X, LABELS) > 0.6
    with pytest.raises(ValueError, match=r"class 'fox', which is not among.*partial_fit"):
        estimator.partial_fit(X[:2], ["cat", "fox"])
    regressor = clone(REGRESSOR).partial_fit(X, LINE).partial_fit(X, LINE)
    assert regressor.model_.optimizer.iterations == 6


def test_a_random_state_repeats_a_fit_as_the_seed_of_the_package_does() -> None:
    def weights(random_state: Any) -> np.ndarray:
        return clone(REGRESSOR).set_params(random_state=random_state, fit__epochs=2).fit(
            X, LINE
        ).model_.get_weights()[0]  # fmt: skip

    np.testing.assert_array_equal(weights(3), weights(3))
    assert (weights(3) != weights(4)).all()
    np.testing.assert_array_equal(
        weights(np.random.RandomState(3)), weights(np.random.RandomState(3))
    )
    config.set_random_seed(3)
    np.testing.assert_array_equal(weights(None), weights(3))
    assert (weights(None) != weights(None)).all()


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_a_fitted_estimator_can_be_copied_and_goes_on_alike(copied: Any) -> None:
    for estimator, y in ((CLASSIFIER, LABELS), (REGRESSOR, LINE)):
        fitted = clone(estimator).set_params(fit__epochs=3).fit(X, y)
        again = copied(fitted)
        np.testing.assert_array_equal(again.predict(X), fitted.predict(X))
        assert again.history_.history == fitted.history_.history
        for one in (fitted, again):
            config.set_random_seed(1)
            one.partial_fit(X, y)
        for a, b in zip(fitted.model_.get_weights(), again.model_.get_weights(), strict=True):
            np.testing.assert_array_equal(a, b)


def test_nothing_is_shown_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    clone(CLASSIFIER).fit(X, LABELS, epochs=1)
    assert capsys.readouterr().out == ""
    clone(CLASSIFIER).fit(X, LABELS, epochs=1, verbose=2)
    assert "Epoch 1/1" in capsys.readouterr().out


# -- wrong use -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "error", "words"),
    [
        (None, TypeError, r"model must be a compiled Model, or a function.*got None"),
        (two_heads, ValueError, "must have one output, got 2"),
        (lambda: None, TypeError, "must return a compiled Model, got None"),
        (lambda: Sequential([Dense(3, "softmax")]), RuntimeError, r"not compiled.*model\.compile"),
        (one_layer(2, "softmax", "categorical_crossentropy"), ValueError, r"3 classes.*2 unit"),
        (one_layer(1, "sigmoid", "bce"), ValueError, r"3 classes.*1 unit.*y\.shape\[1\]"),
    ],
)
def test_a_model_that_does_not_fit_is_refused(model: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        SKLearnClassifier(model).fit(X, LABELS)


def test_an_argument_that_the_function_does_not_take_is_refused() -> None:
    with pytest.raises(TypeError, match=r"no argument 'unit'\. Did you mean 'units'\?"):
        SKLearnClassifier(classify, model_kwargs={"unit": 3}).fit(X, LABELS)
    with pytest.raises(TypeError, match=r"no argument 'epoch'\. Did you mean 'epochs'\?"):
        SKLearnClassifier(classify).fit(X, LABELS, epoch=3)


def test_wrong_targets_and_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="y holds one class only, 'cat'; a classifier needs two"):
        clone(CLASSIFIER).fit(X[:2], ["cat", "cat"])
    with pytest.raises(ValueError, match="Unknown label type"):
        clone(CLASSIFIER).fit(X, LINE)
    for weight in (-np.ones(90), np.zeros(90), np.ones((90, 2))):
        with pytest.raises(ValueError, match="sample_weight must be one weight of at least 0"):
            clone(CLASSIFIER).fit(X, LABELS, sample_weight=weight)


# -- loading ---------------------------------------------------------------------------------------


def test_the_package_loads_its_wrappers_when_they_are_asked_for() -> None:
    code = (
        "import sys, course as keras; before = 'sklearn' in sys.modules; "
        "name = keras.wrappers.SKLearnClassifier.__name__; print(before, name)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.split() == ["False", "SKLearnClassifier"], run.stderr
    assert course.wrappers.SKLearnRegressor is SKLearnRegressor
    with pytest.raises(AttributeError, match="module 'course' has no attribute 'wraper'"):
        _ = course.wraper
