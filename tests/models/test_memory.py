"""A training step allocates nothing that stays."""

from __future__ import annotations

import gc
import tracemalloc

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import Add, BatchNormalization, Dense, Dropout


def network() -> Model:
    """Return a model with every kind of layer that keeps something between the passes."""
    x = Input((20,))
    shared = Dense(20, "relu", kernel_regularizer="l2", activity_regularizer="l1")
    inner = Sequential([Input((20,)), Dense(20, "tanh"), Dropout(0.2)])
    h = Add()([shared(x), inner(shared(x))])
    model = Model(x, Dense(3, "softmax")(BatchNormalization()(h)))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@pytest.fixture
def traced() -> None:
    """Trace allocations for one test."""
    gc.collect()
    tracemalloc.start()
    yield
    tracemalloc.stop()


def grown(run: object, times: int) -> int:
    """Return by how many bytes `times` runs let the memory in use grow."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(times):
        run()
    gc.collect()
    return tracemalloc.get_traced_memory()[0] - before


@pytest.mark.usefixtures("traced")
def test_300_steps_grow_by_less_than_one_batch() -> None:
    model = network()
    x = np.random.default_rng(0).normal(size=(32, 20)).astype("float32")
    y = np.arange(32) % 3

    def step() -> None:
        model.train_on_batch(x, y)

    grown(step, 20)
    assert grown(step, 300) < 4000  # an object a step would be 4800


@pytest.mark.usefixtures("traced")
def test_epochs_grow_by_the_record_only() -> None:
    model = network()
    x = np.random.default_rng(0).normal(size=(320, 20)).astype("float32")
    y = np.arange(320) % 3
    model.fit(x, y, epochs=2, verbose=0)
    assert grown(lambda: model.fit(x, y, epochs=15, verbose=0), 2) < 20_000
    look = lambda: (model.gradients(x, y), model.activations(x), model.predict(x))  # noqa: E731
    look()
    assert grown(look, 30) < 4000


@pytest.mark.usefixtures("traced")
def test_freezing_back_and_forth_does_not_pile_up() -> None:
    model = network()
    x, y = np.ones((4, 20), "float32"), np.zeros(4, int)

    def toggle() -> None:
        for value in (False, True):
            model.layers[1].trainable = value
            model.train_on_batch(x, y)

    grown(toggle, 3)
    assert grown(toggle, 30) < 20_000  # one vector a time would be 800,000


@pytest.mark.usefixtures("traced")
def test_the_peak_is_a_small_multiple_of_weights_and_a_batch_of_activations() -> None:
    model = Sequential([Input((300,)), *(Dense(300, "relu") for _ in range(3)), Dense(1)])
    model.compile("adam", "mse")
    x, y = np.ones((256, 300), "float32"), np.ones(256)
    model.train_on_batch(x, y)
    weights = 4 * model.count_params()
    activations = 4 * 256 * 300 * 4
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    model.train_on_batch(x, y)
    assert tracemalloc.get_traced_memory()[1] - before < 3 * (weights + activations)
