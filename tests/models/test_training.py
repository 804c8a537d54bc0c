"""The loop: how many steps, in which order, on which rows, with which weights."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config, losses
from course.callbacks import Callback
from course.layers import Dense
from course.optimizers import SGD

X, Y = np.arange(10.0), np.arange(10.0)


def line(rate: float = 0.0, loss: Any = "mse", w: float = 1.0, **compiled: Any) -> Sequential:
    """Return the model y = w·x, without a bias."""
    network = Sequential([Input((1,)), Dense(1, use_bias=False)])
    network.compile(SGD(rate), loss, **compiled)
    network.set_weights([[[w]]])
    return network


class Seen(Callback):
    """Collects the rows of each training batch, through the loss."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[float]] = []

    def loss(self) -> losses.Custom:
        """Return a loss that writes down its targets."""

        def function(y: np.ndarray, p: np.ndarray) -> np.ndarray:
            self.rows.append(y[:, 0].tolist())
            return np.zeros(len(y))

        return losses.Custom(function, lambda y, p: np.zeros_like(p))


@pytest.mark.parametrize(("n", "size", "steps"), [(10, 3, 4), (10, 5, 2), (10, 32, 1), (1, 1, 1)])
def test_an_epoch_is_so_many_steps(n: int, size: int, steps: int) -> None:
    network = line()
    history = network.fit(X[:n], Y[:n], size, epochs=3, verbose=0)
    assert network.optimizer.iterations == 3 * steps
    assert history.epoch == [0, 1, 2]


def test_the_default_batch_has_32_rows() -> None:
    network = line()
    network.fit(np.ones(65), np.ones(65), verbose=0)
    assert network.optimizer.iterations == 3


def test_order_without_and_with_shuffling() -> None:
    seen = Seen()
    line(loss=seen.loss()).fit(X, Y, 4, epochs=2, verbose=0, shuffle=False)
    assert seen.rows == 2 * [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    seen = Seen()
    line(loss=seen.loss()).fit(X, Y, 4, epochs=2, verbose=0)
    first, second = list(chain(*seen.rows[:3])), list(chain(*seen.rows[3:]))
    assert sorted(first) == sorted(second) == list(range(10))
    assert first != second


@pytest.mark.parametrize("split", [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9])
def test_the_last_rows_validate_before_any_shuffling(split: float) -> None:
    seen = Seen()
    line(loss=seen.loss()).fit(X, Y, 100, verbose=0, validation_split=split)
    rows = round(10 * (1 - split))
    assert sorted(seen.rows[0]) == list(range(rows))
    assert seen.rows[1] == list(range(rows, 10))


def test_one_step_by_hand() -> None:
    network = line(rate=0.1)
    # gradient of mean (w·x − y)² at w = 1, x = (1, 2), y = (0, 1): (2·1·1 + 2·1·2)/2 = 3
    assert network.train_on_batch([1.0, 2.0], [0.0, 1.0]) == pytest.approx(1)
    assert network.get_weights()[0] == pytest.approx(0.7)


def test_sample_weights_by_hand() -> None:
    network = line(rate=0.1)
    # losses 1 and 1 weigh 3 and 0: 3/2; gradient 3·2/2 = 3
    history = network.fit([1.0, 2.0], [0.0, 1.0], sample_weight=[3, 0], verbose=0)
    assert history.history["loss"] == [1.5]
    assert network.get_weights()[0] == pytest.approx(0.7)
    assert network.test_on_batch([0.0], [2.0], sample_weight=[0.5]) == pytest.approx(2)


def test_class_weights_by_hand() -> None:
    network = line(rate=0.1, loss=losses.BinaryCrossentropy(from_logits=True), w=0.0)
    history = network.fit(X[:4], [0, 0, 0, 1], class_weight={0: 2.0, 1: 10.0}, verbose=0)
    # each row costs log 2; gradient Σ wᵢ(½ − yᵢ)xᵢ/4 = (2·½·(0 + 1 + 2) − 10·½·3)/4 = −3
    assert history.history["loss"] == pytest.approx([np.log(2) * (2 + 2 + 2 + 10) / 4])
    assert network.get_weights()[0] == pytest.approx(0.3)


def test_an_epochs_loss_is_the_mean_over_its_rows_whatever_the_batches() -> None:
    for size in (1, 3, 4, 10):
        history = line(w=0.0).fit(X, Y, size, verbose=0)
        assert history.history["loss"] == pytest.approx([28.5])


def test_initial_epoch_and_validation_freq() -> None:
    network = line()
    history = network.fit(
        X, Y, epochs=7, initial_epoch=2, verbose=0, validation_data=(X, Y), validation_freq=3
    )
    assert history.epoch == [2, 3, 4, 5, 6]
    assert len(history.history["loss"]) == 5
    assert len(history.history["val_loss"]) == 2  # after the epochs 3 and 6
    assert network.fit(X, Y, epochs=2, initial_epoch=2, verbose=0).epoch == []
    assert network.fit(X, Y, epochs=0, verbose=0).history == {}


def test_validation_data_with_weights() -> None:
    history = line(w=0.0).fit(X, Y, verbose=0, validation_data=([1.0, 1.0], [1.0, 3.0], [1.0, 0.0]))
    assert history.history["val_loss"] == [0.5]
    assert history.val_data_loss == [0.5]
    history = line(w=0.0).fit(X, Y, verbose=0, validation_split=0.5, validation_data=(X, 0 * Y))
    assert history.history["val_loss"] == [0]


def test_the_split_takes_the_sample_weights_along() -> None:
    weights = [1.0] * 8 + [0.0, 2.0]
    history = line(w=0.0).fit(X, Y, verbose=0, validation_split=0.2, sample_weight=weights)
    assert history.history["val_loss"] == [2 * 81 / 2]


@pytest.mark.parametrize(
    ("y", "loss", "outputs"),
    [
        ([0] * 5 + [1] * 5, "binary_crossentropy", 1),
        ([1] * 6 + [0] * 4, "binary_crossentropy", 1),
        ([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], "sparse_categorical_crossentropy", 3),
        ([0, 1, 0, 1, 0, 1, 0, 1, 2, 2], "sparse_categorical_crossentropy", 3),
        (np.eye(2)[[0] * 5 + [1] * 5], "categorical_crossentropy", 2),
    ],
)
def test_rows_sorted_by_class_are_warned_of(y: Any, loss: str, outputs: int) -> None:
    network = Sequential([Input((1,)), Dense(outputs, "sigmoid" if outputs == 1 else "softmax")])
    network.compile("sgd", loss)
    with pytest.warns(UserWarning, match=r"sorted by class.*Shuffle x and y.*validation_data"):
        network.fit(X, y, verbose=0, validation_split=0.2)
    network.fit(X, y, verbose=0)
    network.fit(X, y, verbose=0, validation_data=(X, y))


@pytest.mark.parametrize(
    ("y", "loss", "outputs"),
    [
        ([0, 1] * 5, "binary_crossentropy", 1),
        ([1] * 10, "binary_crossentropy", 1),
        (np.linspace(0, 1, 10), "binary_crossentropy", 1),  # soft labels
        (np.arange(30).reshape(10, 3) / 30, "binary_crossentropy", 3),  # pixels
        (np.arange(10.0), "mse", 1),
    ],
)
def test_what_is_not_sorted_by_class_is_not(y: Any, loss: str, outputs: int) -> None:
    network = Sequential([Input((1,)), Dense(outputs, "sigmoid")])
    network.compile("sgd", loss)
    network.fit(X, y, verbose=0, validation_split=0.2)


def test_results_of_single_calls() -> None:
    plain, watched = line(w=2.0), line(w=2.0, metrics=["mae"])
    x, y = [1.0, 3.0], [1.0, 3.0]
    for method in ("evaluate", "test_on_batch", "train_on_batch"):
        assert getattr(plain, method)(x, y) == pytest.approx(5)
        assert getattr(watched, method)(x, y) == pytest.approx([5, 2])
        assert getattr(watched, method)(x, y, return_dict=True) == {"loss": 5, "mae": 2}
    for size in (1, 2, 7):
        assert watched.evaluate(x, y, batch_size=size) == pytest.approx([5, 2])
        np.testing.assert_array_equal(watched.predict(x, batch_size=size), [[2], [6]])


def test_predict_of_several_outputs() -> None:
    x = Input((3,))
    network = Model(x, [Dense(1)(x), Dense(2)(x)])
    first, second = network.predict(np.ones((5, 3)), batch_size=2)
    assert (first.shape, second.shape) == ((5, 1), (5, 2))
    assert first.dtype == np.float32


def test_predictions_are_the_callers_own() -> None:
    x = np.ones((2, 3), "float32")
    entry = Input((3,))
    y = Model(entry, entry).predict(x)
    y[:] = 7
    assert (x == 1).all()


def test_compiling_again_begins_anew_and_keeps_the_weights() -> None:
    network = line(rate=0.1)
    network.compile(SGD(0.1, momentum=0.9), "mse")
    network.fit(X / 10, 0 * Y, verbose=0)
    w = network.get_weights()[0]
    network.compile("adam", "mae", metrics=["mse"])
    assert network.get_weights()[0] == w
    assert network.optimizer.iterations == 0
    assert not any(slot.any() for slot in network.parameters.slots.values())
    assert list(network.evaluate(X, Y, return_dict=True)) == ["loss", "mse"]


def test_a_refused_compile_leaves_the_old_one() -> None:
    network = line(rate=0.1)
    with pytest.raises(ValueError, match="Unknown metric"):
        network.compile("adam", "mae", metrics=["acuracy"])
    assert isinstance(network.optimizer, SGD)
    assert network.evaluate([2.0], [0.0]) == 4


def test_a_rate_set_while_training_is_used_at_once() -> None:
    class Slower(Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.model.optimizer.learning_rate = [0.1, 0.0][epoch]

    network = line(rate=9.0)
    network.fit([1.0], [0.0], epochs=2, verbose=0, callbacks=[Slower()])
    assert network.get_weights()[0] == pytest.approx(0.8)


def test_divergence_is_said_once_and_training_goes_on() -> None:
    network = line(rate=1e4)
    with pytest.warns(RuntimeWarning) as caught:
        history = network.fit(X, Y + 1, 5, epochs=20, verbose=0, shuffle=False)
    (warning,) = caught
    words = r"loss became (NaN|infinite) at epoch (\d+), batch [12]; learning_rate=10000\. "
    said = re.match(words, str(warning.message))
    assert len(history.epoch) == 20
    finite = np.isfinite(history.history["loss"])
    epoch = int(said.group(2))
    assert finite[: epoch - 1].all()
    assert not finite[epoch - 1 :].any()
    assert np.isnan(history.history["loss"][-1])


def test_divergence_is_said_again_in_the_next_fit() -> None:
    network = line(rate=0.1, w=np.inf)
    for _ in range(2):
        with pytest.warns(RuntimeWarning, match="at epoch 1, batch 1; learning_rate=0.1"):
            network.fit(X, Y, verbose=0)


def test_an_error_in_the_middle_keeps_what_was_learned() -> None:
    class Stumble(Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            raise RuntimeError("stumbled")

    network = line(rate=0.1)
    with pytest.raises(RuntimeError, match="stumbled"):
        network.fit([1.0], [0.0], epochs=9, verbose=0, callbacks=[Stumble()])
    assert network.get_weights()[0] == pytest.approx(0.8)
    assert network.fit([1.0], [0.0], verbose=0).epoch == [0]


def test_float64_all_the_way() -> None:
    config.set_floatx("float64")
    try:
        network = line(rate=0.1)
        network.fit(X, Y, verbose=0)
        assert network.predict(X).dtype == network.get_weights()[0].dtype == np.float64
    finally:
        config.set_floatx("float32")
