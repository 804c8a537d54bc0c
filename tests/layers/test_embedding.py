"""Embedding: rows of a table, and gradients that gather on them."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input, Model, Sequential, config, older
from course.layers import Dense, Embedding, Flatten, SimpleRNN
from course.optimizers import Adam

WORDS = np.array([[0, 2, 2], [1, 2, 0]])


def test_by_hand() -> None:
    layer = Embedding(3, 2)
    layer(WORDS)
    layer.set_weights([[[1, 2], [3, 4], [5, 6]]])
    y, cache = layer.forward(WORDS.astype("float32"))
    assert y.tolist() == [[[1, 2], [5, 6], [5, 6]], [[3, 4], [5, 6], [1, 2]]]
    dy = np.arange(12, dtype="float32").reshape(2, 3, 2)
    assert layer.backward(dy, cache) is None
    # Word 0 stands at places 0 and 5, word 1 at 3, word 2 at 1, 2 and 4.
    assert layer.embeddings.grad.tolist() == [[0 + 10, 1 + 11], [6, 7], [2 + 4 + 8, 3 + 5 + 9]]


@given(
    words=st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=1, max_size=9),
    width=st.integers(1, 4),
)
@pytest.mark.usefixtures("float64")
def test_it_is_dense_over_one_hot_vectors(words: list, width: int) -> None:
    x = np.array(words, float)
    layer, dense = Embedding(7, width), Dense(width, use_bias=False)
    one_hot = np.eye(7)[np.array(words)]
    layer(x)
    dense(one_hot)
    dense.set_weights(layer.get_weights())
    (y, cache), (expected, dense_cache) = layer.forward(x), dense.forward(one_hot)
    np.testing.assert_allclose(y, expected, rtol=1e-12)
    layer.backward(np.sin(y * 1e3), cache)
    dense.backward(np.sin(y * 1e3), dense_cache)
    np.testing.assert_allclose(layer.embeddings.grad, dense.kernel.grad, atol=1e-12)


def test_defaults() -> None:
    layer = Embedding(input_dim=1000, output_dim=8)
    assert layer(WORDS).shape == (2, 3, 8)
    E = layer.embeddings.value
    assert (layer.embeddings.name, E.shape, layer.count_params()) == (
        "embeddings",
        (1000, 8),
        8000,
    )
    assert 0.049 < E.max() <= 0.05
    assert -0.05 <= E.min() < -0.049
    assert layer(np.array([3, 1])).shape == (2, 8)
    assert layer.compute_output_shape((None, None)) == (None, None, 8)


def test_frozen_it_keeps_its_table() -> None:
    model = Sequential([Input((3,)), Embedding(3, 2), Flatten(), Dense(1)])
    model.layers[0].trainable = False
    model.compile("sgd", "mse")
    before = model.layers[0].get_weights()
    model.fit(WORDS, [0, 1], verbose=0)
    np.testing.assert_array_equal(before, model.layers[0].get_weights())


def test_words_outside_the_batch_move_by_their_penalty_only() -> None:
    model = Sequential([Input((3,)), Embedding(5, 2, embeddings_regularizer="l2"), Flatten()])
    model.compile("sgd", "mse")
    gradient = model.gradients(WORDS, np.zeros((2, 6)))["embedding/embeddings"]
    E = model.layers[0].embeddings.value
    np.testing.assert_allclose(gradient[3:], 0.02 * E[3:], rtol=1e-5)
    assert (np.abs(gradient[:3]) > 0.021 * np.abs(E[:3])).all()


@pytest.mark.parametrize("dtype", ["int8", "int32", "uint16", "int64", "float32", "float64"])
def test_words_come_as_any_numbers(dtype: str) -> None:
    model = Sequential([Input((3,), dtype="int32"), Embedding(3, 2)])
    expected = model.layers[0](WORDS)
    np.testing.assert_array_equal(model.predict(WORDS.astype(dtype), verbose=0), expected)
    np.testing.assert_array_equal(model.predict(WORDS.tolist(), verbose=0), expected)


@pytest.mark.parametrize(
    ("word", "shown"), [(3, "3"), (-1, "-1"), (0.5, "0.5"), (np.nan, "nan"), (1e30, "1e\\+30")]
)
def test_a_word_that_is_none_is_named_with_its_place(word: float, shown: str) -> None:
    x = np.zeros((4, 3))
    x[2, 1] = x[3, 0] = word
    with pytest.raises(
        ValueError, match=rf"'embedding' takes whole numbers in \[0, 3\), got {shown} at \[2, 1\]"
    ):
        Embedding(3, 2)(x)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"input_dim": 0}, ValueError, "input_dim must be at least 1, got 0"),
        ({"input_dim": 2.5}, TypeError, "input_dim must be a whole number, got 2.5"),
        ({"output_dim": -1}, ValueError, "output_dim must be at least 1, got -1"),
        ({"mask_zero": True}, ValueError, "mask_zero=True is not supported.*Leave it out"),
        ({"embedings_initializer": "zeros"}, TypeError, "Did you mean 'e|no argument 'embedings_"),
    ],
)
def test_wrong_arguments(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Embedding(**{"input_dim": 3, "output_dim": 2, **options})


def test_input_length_works_and_warns_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    message = (
        "Embedding(input_length=n) is the older spelling; write an Input(shape=(n,)) before the "
        "Embedding."
    )
    with pytest.warns(FutureWarning, match=f"^{re.escape(message)}$"):
        model = Sequential([Embedding(9, 4, input_length=5), Flatten(), Dense(1)])
    assert model.built
    assert model.layers[0].input_dim == 9
    assert model.output_shape == (None, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Embedding(9, 4, input_length=5)
        Embedding(9, 4, input_length=1)
        with pytest.raises(ValueError, match=r"^input_length must be at least 1, got 0"):
            Embedding(9, 4, input_length=0)


def test_no_word_is_masked() -> None:
    assert Embedding(3, 2).mask_zero is False
    assert Embedding(3, 2).embeddings is None


def test_error_signals_stop_at_the_words() -> None:
    model = Sequential([Input((3,)), Embedding(3, 2), Flatten(), Dense(1)])
    model.compile("sgd", "mse")
    signals = model.error_signals(WORDS, [0.0, 1.0])
    assert {name: s.shape for name, s in signals.items()} == {
        "embedding": (2, 3, 2),
        "flatten": (2, 6),
        "dense": (2, 1),
    }


def test_two_embeddings_may_share_an_input() -> None:
    x = Input((3,))
    shared = Embedding(3, 2)
    model = Model(x, [Flatten()(shared(x)), Flatten()(Embedding(3, 4)(x)), Flatten()(shared(x))])
    model.compile("sgd", ["mse"] * 3)
    assert set(model.gradients(WORDS, [np.zeros((2, n)) for n in (6, 12, 6)])) == {
        "embedding/embeddings",
        "embedding_1/embeddings",
    }


def test_a_recurrent_network_learns_to_count() -> None:
    """How often does word 1 stand in the sequence?"""
    x = np.random.default_rng(0).integers(0, 4, (400, 6))
    y = (x == 1).sum(axis=1)
    with config.seeded(0):
        model = Sequential([Input((6,)), Embedding(4, 4), SimpleRNN(8), Dense(1)])
        model.compile(Adam(0.01), "mse")
        model.fit(x[:300], y[:300], epochs=60, batch_size=20, verbose=0)
    wrong = np.abs(model.predict(x[300:], verbose=0)[:, 0] - y[300:])
    assert (wrong < 0.5).mean() > 0.95
