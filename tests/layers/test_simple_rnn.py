"""SimpleRNN: one step is a Dense, a sequence is that step over and over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input, Model, Sequential, config
from course.layers import Activation, Add, Dense, SimpleRNN

X = np.random.default_rng(0).normal(size=(3, 5, 2)).astype("float32")


def built(x: np.ndarray = X, **options: object) -> SimpleRNN:
    layer = SimpleRNN(**{"units": 4, "bias_initializer": "random_normal", **options})
    layer(x)
    return layer


def test_by_hand() -> None:
    x = np.array([[[1.0], [2.0], [3.0]]])
    layer = built(x, units=1, activation=None)
    layer.set_weights([[[1.0]], [[0.5]], [1.0]])
    y, cache = layer.forward(x.astype("float32"))  # h = 2, 1 + 2 + 1 = 4, 2 + 3 + 1 = 6
    assert y.tolist() == [[6]]
    dx = layer.backward(np.ones((1, 1), "float32"), cache)  # dz = ¼, ½, 1
    assert dx.tolist() == [[[0.25], [0.5], [1]]]
    assert layer.kernel.grad.tolist() == [[0.25 * 1 + 0.5 * 2 + 1 * 3]]
    assert layer.recurrent_kernel.grad.tolist() == [[0.5 * 2 + 1 * 4]]
    assert layer.bias.grad.tolist() == [1.75]


@given(
    time=st.integers(2, 5),
    units=st.integers(1, 3),
    activation=st.sampled_from(["tanh", "relu", "softmax", "gelu"]),
    use_bias=st.booleans(),
)
@pytest.mark.usefixtures("float64")
def test_it_is_dense_layers_that_share_their_weights(
    time: int, units: int, activation: str, use_bias: bool
) -> None:
    """The unrolled network: at each time a Dense of x, a Dense of h, their sum, bent."""
    x = np.random.default_rng(time).normal(size=(2, time, 3))
    layer = built(x, units=units, activation=activation, use_bias=use_bias)
    of_x, of_h = Dense(units, use_bias=use_bias), Dense(units, use_bias=False)
    entries = [Input((3,)) for _ in range(time)]
    h = Activation(activation)(of_x(entries[0]))
    for entry in entries[1:]:
        h = Activation(activation)(Add()([of_x(entry), of_h(h)]))
    graph = Model(entries, h).graph
    W, U, *b = layer.get_weights()
    of_x.set_weights([W, *b])
    of_h.set_weights([U])
    (y,), trace = graph.forward([x[:, t] for t in range(time)])
    actual, cache = layer.forward(x)
    np.testing.assert_allclose(actual, y, rtol=1e-12)
    dy = np.sin(np.arange(y.size)).reshape(y.shape)
    dxs, _ = graph.backward([dy], trace, need_dx=True)
    np.testing.assert_allclose(layer.backward(dy, cache), np.stack(dxs, axis=1), atol=1e-12)
    np.testing.assert_allclose(layer.kernel.grad, of_x.kernel.grad, atol=1e-12)
    np.testing.assert_allclose(layer.recurrent_kernel.grad, of_h.kernel.grad, atol=1e-12)
    if use_bias:
        np.testing.assert_allclose(layer.bias.grad, of_x.bias.grad, atol=1e-12)


def test_the_last_of_all_states_is_the_state() -> None:
    last, every = built(), built(return_sequences=True)
    every.set_weights(last.get_weights())
    assert every(X).shape == (3, 5, 4)
    np.testing.assert_array_equal(every(X)[:, -1], last(X))
    np.testing.assert_allclose(every(X)[:, 1], last(X[:, :2]), rtol=1e-5)


def test_backwards_is_the_reversed_sequence_in_the_order_of_reading() -> None:
    forwards = built(return_sequences=True)
    backwards = built(return_sequences=True, go_backwards=True, unroll=True)
    backwards.set_weights(forwards.get_weights())
    np.testing.assert_array_equal(backwards(X), forwards(X[:, ::-1]))


def test_defaults() -> None:
    layer = SimpleRNN(30)
    layer(np.ones((1, 2, 10)))
    assert [(v.name, v.shape) for v in layer.weights] == [
        ("kernel", (10, 30)),
        ("recurrent_kernel", (30, 30)),
        ("bias", (30,)),
    ]
    W, U, b = layer.get_weights()
    assert 0.9 * np.sqrt(6 / 40) < np.abs(W).max() <= np.sqrt(6 / 40)
    np.testing.assert_allclose(U @ U.T, np.eye(30), atol=1e-5)
    assert (b == 0).all()
    assert layer.count_params() == (10 + 30 + 1) * 30


def test_shapes() -> None:
    assert SimpleRNN(4)(Input((None, 2))).shape == (None, 4)
    assert SimpleRNN(4, return_sequences=True)(Input((None, 2))).shape == (None, None, 4)
    model = Sequential(
        [Input((None, 2)), SimpleRNN(4, return_sequences=True), SimpleRNN(3), Dense(1)]
    )
    for time in (1, 4):
        assert model.predict(np.ones((2, time, 2)), verbose=0).shape == (2, 1)


def test_one_dropout_mask_holds_for_a_whole_sequence() -> None:
    x = np.ones((200, 4, 3), "float32")
    layer = built(x, units=3, activation=None, use_bias=False, dropout=0.5, return_sequences=True)
    layer.set_weights([np.eye(3), np.zeros((3, 3))])
    y = layer(x, training=True)
    np.testing.assert_array_equal(np.unique(y), [0, 2])
    assert (y == y[:, :1]).all()
    assert (y == 0).mean() == pytest.approx(0.5, abs=0.08)
    assert (layer(x, training=True) != y).any()
    assert (layer(x) == 1).all()


def test_recurrent_dropout_drops_what_is_remembered() -> None:
    x = np.ones((200, 3, 2), "float32")
    layer = built(
        x, units=2, activation=None, use_bias=False, recurrent_dropout=0.5, return_sequences=True
    )
    layer.set_weights([np.eye(2), np.eye(2)])
    y = layer(x, training=True)
    assert (y[:, 0] == 1).all()
    np.testing.assert_array_equal(np.unique(y[:, 1]), [1, 3])  # 1 + 0·1 or 1 + 2·1
    np.testing.assert_array_equal(y[:, 2], np.where(y[:, 1] == 1, 1, 7))  # the same mask again
    assert layer(x)[0, :, 0].tolist() == [1, 2, 3]


def test_seeds_repeat_the_masks() -> None:
    options = {"dropout": 0.5, "recurrent_dropout": 0.5, "kernel_initializer": "ones"}
    first, second = (built(seed=4, recurrent_initializer="identity", **options) for _ in range(2))
    second.set_weights(first.get_weights())
    a, b = first(X, training=True), first(X, training=True)
    assert (a != b).any()
    np.testing.assert_array_equal(second(X, training=True), a)
    np.testing.assert_array_equal(second(X, training=True), b)
    unseeded = built(**options)
    drawn = []
    for _ in range(2):
        with config.seeded(3):
            drawn.append(unseeded(X, training=True))
    np.testing.assert_array_equal(*drawn)


def test_penalties_and_constraints_reach_each_weight() -> None:
    model = Sequential([
        Input((5, 2)),
        SimpleRNN(3, kernel_regularizer="l2", recurrent_regularizer="l1", bias_regularizer="l2",
                  activity_regularizer="l1", recurrent_constraint="unit_norm",
                  kernel_constraint="non_neg", bias_constraint="non_neg"),
    ])  # fmt: skip
    model.compile("sgd", "mse")
    y = model.predict(X, verbose=0)
    W, U, _ = model.get_weights()
    penalty = 0.01 * ((W**2).sum() + np.abs(U).sum() + np.abs(y).sum() / len(X))
    assert model.evaluate(X, y, verbose=0) == pytest.approx(penalty, rel=1e-5)
    model.fit(X, y, verbose=0)
    W, U, b = model.get_weights()
    assert W.min() >= 0 <= b.min()
    np.testing.assert_allclose(np.linalg.norm(U, axis=0), 1, rtol=1e-5)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"units": 0}, ValueError, "units must be at least 1, got 0"),
        ({"activation": "tahn"}, ValueError, "Did you mean 'tanh'"),
        ({"dropout": 1.5}, ValueError, "dropout must be at least 0 and at most 1, got 1.5"),
        ({"recurrent_dropout": -1}, ValueError, "recurrent_dropout must be at least 0"),
        ({"return_state": True}, ValueError, r"return_state=True is not supported.*y\[:, -1\]"),
        ({"stateful": True}, ValueError, "stateful=True is not supported.*whole sequences"),
        ({"unit": 2}, TypeError, "SimpleRNN has no argument 'unit'"),
    ],
)
def test_wrong_arguments(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        SimpleRNN(**{"units": 3, **options})


def test_wrong_inputs() -> None:
    with pytest.raises(ValueError, match=r"\(batch, time, features\).*got \(None, 5\).*x\[..., "):
        SimpleRNN(3)(Input((5,)))
    with pytest.raises(ValueError, match="with a known number of features"):
        SimpleRNN(3)(Input((5, None)))
    layer = built()
    with pytest.raises(ValueError, match="built for 2 features, but the input of shape"):
        layer(np.ones((1, 5, 3)))
    with pytest.raises(ValueError, match=r"needs inputs of shape \(batch, time, features\), got"):
        layer(np.ones((1, 2)))
