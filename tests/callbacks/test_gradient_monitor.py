"""Norms of gradients and steps, against those that are reckoned beside the training."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback, GradientMonitor
from course.layers import BatchNormalization, Dense
from course.optimizers import SGD

X, Y = np.arange(16.0).reshape(8, 2) / 16, np.arange(8.0)


def model(optimizer: Any = None, **first: Any) -> Sequential:
    network = Sequential(
        [Input((2,)), Dense(3, "tanh", name="first", **first), Dense(1, name="last")]
    )
    network.compile(optimizer or SGD(0.1), "mse")
    return network


class Oracle(Callback):
    """Weights before each batch, and the gradient there, through `model.gradients`."""

    def __init__(self) -> None:
        super().__init__()
        self.gradients: list[dict] = []
        self.weights: list[list] = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        rows = slice(4 * batch, 4 * batch + 4)
        self.gradients.append(self.model.gradients(X[rows], Y[rows]))
        self.weights.append(self.model.get_weights())

    def on_train_end(self, logs: Any = None) -> None:
        self.weights.append(self.model.get_weights())


def norm(arrays: Any) -> float:
    return float(np.linalg.norm(np.concatenate([np.ravel(a) for a in arrays])))


@pytest.mark.parametrize("first", [{}, {"kernel_regularizer": "l2"}])
def test_the_norms_of_each_batch(first: dict) -> None:
    oracle, monitor = Oracle(), GradientMonitor(freq="batch")
    model(**first).fit(X, Y, 4, 2, 0, callbacks=[oracle, monitor], shuffle=False)
    assert list(monitor.gradients) == ["first", "last"]
    for layer, here in (("first", slice(2)), ("last", slice(2, 4))):
        gradients = [norm(g[f"{layer}/{v}"] for v in ("kernel", "bias")) for g in oracle.gradients]
        weights = [norm(w[here]) for w in oracle.weights[:-1]]
        steps = [
            norm([b - a for a, b in zip(before[here], after[here], strict=True)])
            for before, after in zip(oracle.weights[:-1], oracle.weights[1:], strict=True)
        ]
        assert monitor.gradients[layer] == pytest.approx(gradients, rel=1e-5)
        assert monitor.weight_norms[layer] == pytest.approx(weights, rel=1e-5)
        assert monitor.updates[layer] == pytest.approx(steps, rel=1e-5)
        assert monitor.updates[layer] == pytest.approx([0.1 * g for g in gradients], rel=1e-4)
        ratios = np.divide(steps, weights)
        assert monitor.ratios[layer] == pytest.approx(ratios, rel=1e-5)


def test_means_over_an_epoch_for_each_weight() -> None:
    batches, epochs = GradientMonitor(by="weight", freq="batch"), GradientMonitor(by="weight")
    model().fit(X, Y, 4, 3, 0, callbacks=[batches, epochs])
    assert list(epochs.gradients) == ["first/kernel", "first/bias", "last/kernel", "last/bias"]
    for name, series in epochs.gradients.items():
        means = np.reshape(batches.gradients[name], (3, 2)).mean(axis=1)
        assert series == pytest.approx(means)


def test_squares_that_float32_cannot_hold_are_added_up_all_the_same() -> None:
    huge = Sequential([Input((1,)), Dense(1, use_bias=False, kernel_initializer="ones")])
    huge.compile(SGD(0.0), "mae")
    monitor = GradientMonitor()
    huge.fit(np.full((2, 1), 1e30), np.zeros(2), verbose=0, callbacks=[monitor])
    assert monitor.gradients["dense"] == pytest.approx([1e30])


def test_a_layer_of_a_model_inside_is_a_group() -> None:
    inside = Sequential([Input((2,)), Dense(2, name="a"), Dense(2, name="b")], name="inside")
    network = Sequential([Input((2,)), inside, Dense(1, name="last")])
    network.compile("sgd", "mse")
    monitor = GradientMonitor()
    network.fit(X, Y, verbose=0, callbacks=[monitor])
    assert list(monitor.gradients) == ["inside/a", "inside/b", "last"]


def test_a_selection_by_name() -> None:
    monitor = GradientMonitor(["last/bias", "first"])
    model().fit(X, Y, verbose=0, callbacks=[monitor])
    assert list(monitor.gradients) == ["last", "first"]


def test_clipped_gradients_are_seen_as_they_are_used() -> None:
    monitor = GradientMonitor(freq="batch", by="weight")
    model(SGD(0.1, clipnorm=0.5)).fit(X, Y, verbose=0, callbacks=monitor)
    assert all(series[0] <= 0.5001 for series in monitor.gradients.values())


def test_the_ratio_of_weights_that_are_zero_is_no_number() -> None:
    monitor = GradientMonitor("last/bias", by="weight", freq="batch")
    model().fit(X, Y, 4, verbose=0, callbacks=monitor)
    assert np.isnan(monitor.ratios["last/bias"][0])
    assert monitor.ratios["last/bias"][1] > 0


def test_what_is_frozen_and_statistics() -> None:
    network = model()
    network.add(BatchNormalization(name="norm"))
    network.layers[0].trainable = False
    network.compile("sgd", "mse")
    monitor = GradientMonitor(by="weight")
    network.fit(X, Y, epochs=2, verbose=0, callbacks=[monitor])
    assert np.isnan(monitor.gradients["first/kernel"]).all()
    assert np.isfinite(monitor.gradients["last/kernel"]).all()
    assert [name for name in monitor.gradients if "norm" in name] == ["norm/gamma", "norm/beta"]


def test_thawed_while_it_trains() -> None:
    class Thaw(Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.model.layers[0].trainable = epoch == 1

    network, monitor = model(), GradientMonitor("first")
    network.fit(X, Y, epochs=2, verbose=0, callbacks=[Thaw(), monitor])
    assert np.isnan(monitor.gradients["first"][0])
    assert monitor.gradients["first"][1] > 0


def test_watching_changes_nothing() -> None:
    from course import set_random_seed

    weights = []
    for watched in ([], [GradientMonitor(freq="batch")]):
        set_random_seed(3)
        network = model()
        network.fit(X, Y, 2, 3, 0, callbacks=watched)
        weights.append(network.get_weights())
    np.testing.assert_equal(*weights)


def test_frames() -> None:
    monitor = GradientMonitor()
    model().fit(X, Y, epochs=4, initial_epoch=2, verbose=0, callbacks=[monitor])
    frame = monitor.to_frame()
    assert list(frame.columns) == ["epoch", "name", "gradient", "update", "weight", "ratio"]
    assert frame["epoch"].tolist() == [2, 2, 3, 3]
    assert frame[frame["name"] == "last"]["gradient"].tolist() == monitor.gradients["last"]
    monitor = GradientMonitor(freq="batch")
    model().fit(X, Y, 4, 2, 0, callbacks=[monitor])
    frame = monitor.to_frame()
    assert frame[frame["name"] == "first"]["batch"].tolist() == [0, 1, 0, 1]
    assert frame[frame["name"] == "first"]["ratio"].tolist() == monitor.ratios["first"]


def test_without_pandas_the_frame_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="pandas"):
        GradientMonitor().to_frame()


def test_wrong_use() -> None:
    with pytest.raises(ValueError, match=r"by must be one of 'layer', 'weight', got 'layers'"):
        GradientMonitor(by="layers")
    with pytest.raises(ValueError, match="freq must be one of 'epoch', 'batch'"):
        GradientMonitor(freq="step")
    with pytest.raises(ValueError, match="weights='frist' names no weight"):
        model().fit(X, Y, verbose=0, callbacks=[GradientMonitor("frist")])
