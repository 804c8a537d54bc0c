"""Right, if odd: data in any form give, bit for bit, what plain float32 arrays give."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course import Input, Model, Sequential, config, datasets, losses, metrics, utils
from course.layers import (
    Add,
    BatchNormalization,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    GlobalAveragePooling2D,
    LayerNormalization,
    MaxPooling2D,
    SimpleRNN,
    UpSampling2D,
)

# Halves and quarters, which float16 and whole numbers of quarters hold exactly.
ROWS = (np.arange(21) % 5 / 4).reshape(7, 3).astype("float32")
IMAGES = (np.arange(7 * 6 * 6) % 7 / 4).reshape(7, 6, 6, 1).astype("float32")
SEQUENCES = (np.arange(7 * 5) % 3 / 2).reshape(7, 5, 1).astype("float32")
WORDS = (np.arange(7 * 4) % 5).reshape(7, 4).astype("float32")
LABELS = np.array([0, 1, 0, 1, 1, 0, 1])
WEIGHTS = np.array([1, 2, 0, 1, 0.5, 1, 1], "float32")


def read_only(a: np.ndarray) -> np.ndarray:
    a = a.copy()
    a.flags.writeable = False
    return a


def with_gaps(a: np.ndarray) -> np.ndarray:
    """Return a view into every other place along every axis of a larger array."""
    wide = np.full([2 * n for n in a.shape], 9, a.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in a.shape)]
    view[...] = a
    return view


def mapped(a: np.ndarray, folder: Path) -> np.ndarray:
    path = folder / f"{len(list(folder.iterdir()))}.npy"
    np.save(path, a)
    return np.load(path, mmap_mode="r")


def frame(a: np.ndarray) -> Any:
    """Return a table of pandas with columns of several types, or a column of it."""
    if a.ndim == 1:
        return pd.Series(a, index=range(20, 20 + len(a)), name="y")
    if a.ndim > 2:
        return a
    table = pd.DataFrame(a, columns=["a"] * a.shape[1], index=range(20, 20 + len(a)))
    return table.assign(b=a[:, 0].astype("float64")).iloc[:, : a.shape[1]]


FORMS: dict[str, Callable[[np.ndarray, Path], Any]] = {
    "read-only": lambda a, _: read_only(a),
    "Fortran order": lambda a, _: np.asfortranarray(a),
    "with gaps": lambda a, _: with_gaps(a),
    "reversed": lambda a, _: a[::-1].copy()[::-1],
    "float16": lambda a, _: a.astype("float16"),
    "big-endian": lambda a, _: a.astype(a.dtype.newbyteorder(">")),
    "nested lists": lambda a, _: a.tolist(),
    "list of arrays": lambda a, _: list(a) if len(a) > 1 else a,
    "memory map": mapped,
    "pandas": lambda a, _: frame(a),
    "no masked entries": lambda a, _: np.ma.masked_array(a, mask=False),
}
NETWORKS: dict[str, tuple[np.ndarray, Callable[[], list[Any]]]] = {
    "rows": (ROWS, lambda: [Dense(4, "tanh"), BatchNormalization(), LayerNormalization()]),
    "images": (IMAGES, lambda: [Conv2D(2, 3, padding="same"), MaxPooling2D(), Flatten()]),
    "large images": (IMAGES, lambda: [UpSampling2D(2), Conv2D(2, 3), GlobalAveragePooling2D()]),
    "sequences": (SEQUENCES, lambda: [SimpleRNN(3)]),
    "sequences backwards": (SEQUENCES, lambda: [SimpleRNN(3, go_backwards=True)]),
    "words": (WORDS, lambda: [Embedding(5, 2), Flatten()]),
}


def results(parts: list[Any], shape: tuple[int, ...], x: Any, y: Any, w: Any) -> list[Any]:
    """Train a small network, and return all that it says."""
    with config.seeded(0):
        model = Sequential([Input(shape), *parts, Dense(2, "softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy", "auc"])
        history = model.fit(
            x, y, 3, 2, 0, sample_weight=w, validation_data=(x, y, w), class_weight={1: 2.0}
        )
    with config.seeded(1):
        return [
            *history.history.values(),
            model.evaluate(x, y, sample_weight=w, batch_size=1000),
            model.predict(x, batch_size=2),
            *model.gradients(x, y, w).values(),
            *model.activations(x).values(),
            model.train_on_batch(x, y, w),
            model.test_on_batch(x, y, w),
            model(np.stack(x) if isinstance(x, list) else x),
        ]


def assert_same(one: list[Any], other: list[Any]) -> None:
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


@cache
def plainly(network: str, rows: int) -> list[Any]:
    """Return what a network says of so many rows as plain arrays."""
    x, parts = NETWORKS[network]
    return results(parts(), x.shape[1:], x[:rows], LABELS[:rows], WEIGHTS[:rows])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [1, 7])
@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_takes_every_form(network: str, rows: int, form: str, tmp_path: Path) -> None:
    x, parts = NETWORKS[network]
    given = [FORMS[form](a[:rows], tmp_path) for a in (x, LABELS, WEIGHTS)]
    said = results(parts(), x.shape[1:], *given)
    assert all(np.isfinite(a).all() for a in said)
    assert_same(said, plainly(network, rows))


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_that_is_built_by_a_nested_list_of_one_sample(network: str) -> None:
    x, parts = NETWORKS[network]
    predictions = []
    for given in (x[:1], x[:1].tolist()):
        with config.seeded(0):
            predictions.append(Sequential(parts()).predict(given))
    np.testing.assert_array_equal(*predictions)


def test_a_sequence_of_any_length_in_a_list_is_one_sequence() -> None:
    model = Sequential([Input((None, 1)), SimpleRNN(2)])
    assert model.predict([[[0.1], [0.2], [0.3]]]).shape == (1, 2)
    assert model.predict([SEQUENCES]).shape == (7, 2)
    assert model.predict([SEQUENCES.tolist()]).shape == (7, 2)


def test_images_as_targets_of_one_sample() -> None:
    model = Sequential([Input((6, 6, 1)), Conv2D(1, 3, padding="same")])
    model.compile("sgd", "mse")
    plain = model.evaluate(IMAGES[:1], IMAGES[:1])
    assert model.evaluate(IMAGES[:1].tolist(), IMAGES[:1].tolist()) == plain
    assert model.evaluate([IMAGES[:1]], [IMAGES[:1]]) == plain


@pytest.mark.parametrize("form", [f for f in FORMS if f not in ("list of arrays", "pandas")])
def test_several_inputs_and_outputs(form: str, tmp_path: Path) -> None:
    def outcomes(a: Any, b: Any, y: Any) -> list[Any]:
        with config.seeded(0):
            one, two = Input((3,)), Input((3,))
            h = Add()([Dense(2)(one), Dense(2)(two)])
            model = Model([one, two], [Dense(1)(h), Dense(1, "sigmoid")(h)])
            model.compile("sgd", ["mse", "bce"])
            history = model.fit([a, b], [y, y], 3, verbose=0)
        return [*history.history.values(), *model.predict([a, b])]

    arrays = [ROWS, ROWS[::-1].copy(), LABELS]
    given = [FORMS[form](a, tmp_path) for a in arrays]
    assert_same(outcomes(*given), outcomes(*arrays))


@pytest.mark.parametrize("rows", [1, 4, 7])
def test_a_last_batch_of_one_with_batch_normalization(rows: int) -> None:
    model = Sequential([Input((3,)), BatchNormalization(momentum=0.9), Dense(1)])
    model.compile("sgd", "mse")
    history = model.fit(ROWS[:rows], LABELS[:rows], 3, epochs=2, shuffle=False, verbose=0)
    mean, variance = np.zeros(3), np.ones(3)
    for start in 2 * list(range(0, rows, 3)):
        batch = ROWS[start : min(start + 3, rows)].astype(float)
        mean = 0.9 * mean + 0.1 * batch.mean(axis=0)
        variance = 0.9 * variance + 0.1 * batch.var(axis=0)
    layer = model.layers[0]
    np.testing.assert_allclose(layer.moving_mean, mean, rtol=1e-5)
    np.testing.assert_allclose(layer.moving_variance, variance, rtol=1e-5)
    assert np.isfinite(history.history["loss"]).all()
    # a batch of one has no spread: what is normalized is 0, whatever it is, and no gradient passes
    np.testing.assert_array_equal(layer(ROWS[:1], training=True), layer.beta.value[None])
    model.set_weights([*model.get_weights()[:4], [[1.0]] * 3, [0.0]])
    gradient = model.gradients(ROWS[:1], [1.0])
    np.testing.assert_array_equal(gradient["batch_normalization/gamma"], 0)


@pytest.mark.parametrize("batch_size", [1, 2, 7, 1000, 10**18])
def test_batches_of_any_size_judge_alike(batch_size: int) -> None:
    with config.seeded(0):
        model = Sequential([Input((3,)), Dense(4, "tanh"), Dense(1)])
    model.compile("sgd", "mse", metrics=["mae"])
    expected = model.evaluate(ROWS, LABELS), model.predict(ROWS)
    got = (
        model.evaluate(ROWS, LABELS, batch_size=batch_size),
        model.predict(ROWS, batch_size=batch_size),
    )
    np.testing.assert_allclose(got[0], expected[0], rtol=1e-6)
    np.testing.assert_allclose(got[1], expected[1], rtol=1e-5)
    assert model.fit(ROWS, LABELS, batch_size, verbose=0).epoch == [0]


@pytest.mark.parametrize("form", FORMS)
def test_losses_metrics_and_helpers_take_every_form(form: str, tmp_path: Path) -> None:
    p = np.array([[0.25, 0.75], [0.5, 0.5], [1, 0]], "float32")
    y, columns, w = np.array([1, 0, 0]), np.eye(2)[[1, 0, 0]], np.array([1.0, 0.5, 2])
    arrays = (y, columns, p, w)
    given = [FORMS[form](a, tmp_path) for a in arrays]

    def outcomes(y: Any, columns: Any, p: Any, w: Any) -> list[Any]:
        sparse = losses.SparseCategoricalCrossentropy()
        return [
            sparse(y, p, w),
            losses.CategoricalCrossentropy()(columns, p, w),
            losses.mean_squared_error(columns, p),
            losses.Huber()(columns, p, w),
            metrics.SparseCategoricalAccuracy()(y, p, w),
            metrics.AUC()(columns, p, w),
            metrics.F1Score("macro")(y, p, w),
            metrics.R2Score()(columns, p),
            metrics.MeanSquaredError()(columns, p, w),
            metrics.confusion_matrix(y, p),
            utils.to_categorical(y),
            *datasets.split(p, y, test=1),
        ]

    assert_same(outcomes(*given), outcomes(*arrays))


def test_weights_that_an_initializer_shares_are_not_written_to() -> None:
    start = read_only(np.ones((3, 2), "float32"))
    layer = Dense(2, kernel_initializer=lambda shape: start)
    layer(ROWS)
    layer.set_weights([np.zeros((3, 2)), np.zeros(2)])
    assert (start == 1).all()
