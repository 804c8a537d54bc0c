"""The graph: order, sharing, what is left out on the way back, and where logits are."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.engine import Graph
from course.layers import Activation, Add, Concatenate, Dense, Dropout, Embedding, Flatten


class Watched(Dense):
    """A Dense layer that keeps how it was called."""

    def linear_backward(self, dz, cache, need_dx=True):
        self.asked = [*getattr(self, "asked", []), need_dx]
        return super().linear_backward(dz, cache, need_dx)


def gradients_of(model: Model, *xs: np.ndarray, need_dx: bool = False) -> list[np.ndarray]:
    """Pass ones back through the model's graph; return the gradients of the inputs."""
    ys, trace = model.graph.forward(list(xs), training=True)
    return model.graph.backward([np.ones_like(y) for y in ys], trace, need_dx)[0]


def test_nodes_come_after_what_they_read_and_nothing_else_is_there() -> None:
    a, b = Input((2,)), Input((3,))
    unused = Dense(7)(a)
    joined = Concatenate()([Dense(2)(a), b])
    out = Dense(1)(joined)
    graph = Graph([b, a], [out])
    assert unused.node not in graph.nodes
    assert len(graph.nodes) == 5
    for node in graph.nodes:
        assert all(graph.nodes.index(t.node) < graph.nodes.index(node) for t in node.inputs)


def test_the_first_layer_is_not_asked_for_dx_and_frozen_ends_are_left_out() -> None:
    x = Input((2,))
    first, middle, last = Watched(2), Watched(2), Watched(1)
    model = Model(x, last(middle(first(x))))
    gradients_of(model, np.ones((3, 2)))
    assert (first.asked, middle.asked, last.asked) == ([False], [True], [True])
    first.trainable = False
    model.trainability_changed()
    gradients_of(model, np.ones((3, 2)))
    assert (first.asked, middle.asked) == ([False], [True, False])
    gradients_of(model, np.ones((3, 2)), need_dx=True)
    assert first.asked == [False, True]


def test_a_shared_layer_sums_its_gradients_and_the_next_pass_starts_anew() -> None:
    x = Input((2,))
    layer = Dense(2, use_bias=False)
    model = Model(x, Add()([layer(x), layer(x), layer(x)]))
    data = np.array([[1.0, 2.0]], "float32")
    for _ in range(2):
        gradients_of(model, data)
        np.testing.assert_array_equal(layer.kernel.grad, [[3, 3], [6, 6]])


def test_a_tensor_read_twice_passes_the_sum_back() -> None:
    x = Input((2,))
    model = Model(x, Concatenate()([x, Add()([x, x])]))
    (dx,) = gradients_of(model, np.zeros((1, 2), "float32"), need_dx=True)
    np.testing.assert_array_equal(dx, [[3, 3]])


def test_integers_pass_nothing_back_whatever_else_reads_them() -> None:
    x = Input(shape=(2,))
    words = Flatten()(Embedding(3, 2)(x))
    for branches in ([Dense(4)(x), words], [words, Dense(4)(x)]):
        graph = Graph([x], [Add()(branches)])
        (y,), trace = graph.forward([np.array([[0.0, 2.0]], "f4")])
        (dx,), _ = graph.backward([np.ones_like(y)], trace, need_dx=True)
        assert dx.shape == (1, 2)
    with pytest.raises(ValueError, match=r"whole numbers in \[0, 3\), got 7 at \[0, 1\]"):
        graph.check_data([np.array([[0.0, 7.0]], "f4")])


def test_the_gradients_of_what_no_loss_sees_are_zero() -> None:
    x = Input((2,))
    seen, unseen = Dense(1, name="seen"), Dense(1, name="unseen", kernel_regularizer="l2")
    model = Model(x, [seen(x), unseen(x)])
    model.compile("sgd", loss={"seen": "mse"})
    for _ in range(2):  # the gradient of the penalty alone, and it does not pile up
        gradients = model.gradients(np.ones((3, 2)), [np.zeros(3), np.zeros(3)])
        np.testing.assert_allclose(gradients["unseen/kernel"], 0.02 * unseen.kernel.value)
        assert (gradients["unseen/bias"] == 0).all()
        assert (gradients["seen/kernel"] != 0).all()


def test_a_call_may_fix_whether_it_trains() -> None:
    x = Input((50,))
    layer = Dropout(0.5)
    model = Model(x, [layer(x, training=True), layer(x), layer(x, training=False)])
    ones = np.ones((4, 50), "float32")
    always, by_model, never = model.predict(ones)
    assert (always == 0).any()
    assert (by_model == 1).all()
    assert (never == 1).all()


def test_a_missing_input_is_named() -> None:
    a, b = Input((2,), name="left"), Input((2,), name="right")
    with pytest.raises(ValueError, match=r"missing an input.*'right'.*inputs=\['left'\]"):
        Model(a, Add()([a, b]))


def test_a_model_may_begin_in_the_middle_of_another() -> None:
    x = Input((3,))
    first, last = Dense(2, "tanh"), Dense(1, "sigmoid")
    h = first(x)
    whole, tail = Model(x, last(h)), Model(h, last(h))
    assert tail.layers == [last]
    data = np.ones((4, 3), "float32")
    np.testing.assert_array_equal(tail.predict(first(data)), whole.predict(data))
    tail.compile("sgd", "binary_crossentropy")
    before = first.get_weights()
    tail.fit(first(data), np.ones(4), verbose=0)
    np.testing.assert_array_equal(first.kernel.value, before[0])


def test_logits_are_where_only_the_loss_reads_an_activation() -> None:
    x = Input((2,))
    out = Dense(2, "softmax")(x)
    assert Graph([x], [out]).has_logits(0)
    assert Graph([x], [Activation("softmax")(Dense(2)(x))]).has_logits(0)
    assert not Graph([x], [out, out]).has_logits(0)
    read = Graph([x], [out, Dense(1)(out)])
    assert [read.has_logits(0), read.has_logits(1)] == [False, True]
    assert not Graph([x], [Dense(2, "softmax", activity_regularizer="l2")(x)]).has_logits(0)
    assert not Graph([x], [Flatten()(x)]).has_logits(0)
    assert not Graph([x], [x]).has_logits(0)
    assert not Graph([out], [out]).has_logits(0)


def test_a_graph_that_stops_at_the_logits() -> None:
    x = Input((2,))
    layer = Dense(2, "softmax")
    out = layer(x)
    data = np.array([[30.0, -40.0]], "float32")
    (z,), _ = Graph([x], [out], [True]).forward([data])
    np.testing.assert_array_equal(z, data @ layer.kernel.value)
    (y,), _ = Graph([x], [out], [False]).forward([data])
    assert y.sum() == pytest.approx(1)


def test_penalties_on_activities_reach_into_models_called_as_layers() -> None:
    inner = Sequential([Input((2,)), Dense(2, kernel_initializer="identity")])
    outer = Sequential([Input((2,)), Sequential([inner])])
    assert not outer.penalises_activity
    penalised = Dense(2, kernel_initializer="identity", activity_regularizer="l2")
    outer = Sequential([Input((2,)), Sequential([Input((2,)), penalised])])
    outer.compile("sgd", "mse")
    x = np.array([[3.0, 4.0], [0.0, 0.0]])
    assert outer.evaluate(x, x) == pytest.approx(0.01 * 25 / 2)
