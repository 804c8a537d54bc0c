"""Models through pickle and deepcopy: the same numbers, nothing shared, training goes on alike."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config
from course.layers import Add, BatchNormalization, Dense, Dropout

X = np.random.default_rng(0).normal(size=(40, 3))
Y = (X[:, :1] > X[:, 1:2]).astype(float)

Copy = Callable[[Any], Any]
COPIES = pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))], ids=["deepcopy", "pickle"]
)


def chain() -> Sequential:
    """Return a compiled chain with statistics, random layers, a penalty and a constraint."""
    hidden = Dense(5, "relu", kernel_regularizer="l2", bias_constraint="non_neg")
    model = Sequential(
        [Input((3,)), hidden, BatchNormalization(), Dropout(0.2), Dense(1, "sigmoid")]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def graph() -> Model:
    """Return a compiled graph with a shared layer, an inner model and a fixed `training`."""
    x, shared = Input((3,)), Dense(3, "tanh")
    inner = Sequential([Input((3,)), Dense(4, "tanh"), Dense(3)])
    h = Add()([shared(x), shared(inner(x))])
    model = Model(x, Dense(1, "sigmoid")(Dropout(0.5)(h, training=True)))
    model.compile("rmsprop", "binary_crossentropy", metrics=["auc"])
    return model


def train_on(model: Model) -> tuple[Any, list[np.ndarray]]:
    """Return the history and the weights after two epochs more, from the same seed."""
    config.set_random_seed(5)
    return model.fit(X, Y, epochs=2, verbose=0).history, model.get_weights()


@COPIES
@pytest.mark.parametrize("make", [chain, graph])
@pytest.mark.parametrize("epochs", [0, 3], ids=["compiled", "fitted"])
def test_a_copy_goes_on_as_the_model_does(
    make: Callable[[], Model], copied: Copy, epochs: int
) -> None:
    model = make()
    model.fit(X, Y, epochs=epochs, validation_split=0.2, verbose=0)
    again = copied(model)
    before = again.get_weights()
    history, weights = train_on(model)
    for now, then in zip(again.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)  # nothing is shared
    assert again.optimizer.iterations == epochs
    again_history, again_weights = train_on(again)
    assert again_history == history
    for ours, theirs in zip(again_weights, weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert again.evaluate(X, Y) == model.evaluate(X, Y) or make is graph
    assert (before[0] != again_weights[0]).any()


@COPIES
def test_models_that_are_not_built_or_not_compiled(copied: Copy) -> None:
    unbuilt = copied(Sequential([Dense(2), Dense(1)]))
    assert not unbuilt.built
    assert unbuilt.predict(X).shape == (40, 1)
    built = Sequential([Input((3,)), Dense(2)])
    np.testing.assert_array_equal(copied(built).predict(X), built.predict(X))
    with pytest.raises(RuntimeError, match="not compiled"):
        copied(built).fit(X, Y)


@COPIES
def test_a_frozen_layer_stays_frozen_in_the_copy_and_thaws_there_alone(copied: Copy) -> None:
    model = chain()
    model.fit(X, Y, verbose=0)
    model.layers[0].trainable = False
    again = copied(model)
    kernel = again.layers[0].get_weights()[0]
    again.fit(X, Y, verbose=0)
    np.testing.assert_array_equal(again.layers[0].get_weights()[0], kernel)
    again.layers[0].trainable = True
    again.fit(X, Y, verbose=0)
    assert (again.layers[0].get_weights()[0] != kernel).any()
    assert model.layers[0].trainable is False


@COPIES
def test_a_layer_of_a_trained_model_is_copied_alone(copied: Copy) -> None:
    model = chain()
    model.fit(X, Y, verbose=0)
    layer = model.layers[0]
    np.testing.assert_array_equal(copied(layer)(X), layer(X))
    assert len(pickle.dumps(layer)) < 3000


def test_a_model_can_be_extended_in_another_process(tmp_path: Path) -> None:
    for _ in range(50):
        Input((3,))  # so that this process has made more nodes than the other
    model = chain()
    (tmp_path / "model.pickle").write_bytes(pickle.dumps(model))
    code = (
        "import pickle, sys; model = pickle.load(open(sys.argv[1], 'rb')); "
        "from course.layers import Dense; model.add(Dense(2, kernel_initializer='ones')); "
        "print(model.predict([[1.0, 2.0, 3.0]])[0, 0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "model.pickle")],
        capture_output=True,
        text=True,
    )
    expected = model.predict([[1.0, 2.0, 3.0]])[0, 0]
    assert float(run.stdout) == pytest.approx(expected, rel=1e-6), run.stderr
