"""Parts that a student writes, each in a model that trains; and data as it lies around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course import Input, Layer, Model, Sequential, activations, losses, metrics
from course.callbacks import Callback
from course.constraints import Constraint
from course.initializers import Initializer
from course.layers import Dense
from course.losses import Loss
from course.optimizers import SGD, Adam
from course.optimizers.schedules import LearningRateSchedule
from course.regularizers import Regularizer
from course.utils import check_gradients
from differences import differences

RNG = np.random.default_rng(0)
X = RNG.normal(size=(24, 3))
Y = X @ [[1.0], [-2.0], [0.5]] + 0.3


class Bend(Layer):
    """y = a·x + b·x², with a factor of each kind for each feature."""

    def build(self, input_shape: Any) -> None:
        self.a = self.add_weight("a", (input_shape[-1],), "ones")
        self.b = self.add_weight("b", (input_shape[-1],), "zeros")

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return self.a.value * x + self.b.value * x**2, x

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x = cache
        self.a.grad = (dy * x).sum(axis=0)
        self.b.grad = (dy * x**2).sum(axis=0)
        return dy * (self.a.value + 2 * self.b.value * x)


class Quantile(Loss):
    """ℓ = mean of max(q·e, (q − 1)·e) with the error e = y − ŷ."""

    def __init__(self, q: float = 0.9) -> None:
        super().__init__(name="quantile")
        self.q = q

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        e = y_true - y_pred
        return np.maximum(self.q * e, (self.q - 1) * e).mean(axis=-1), e

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        return np.where(cache > 0, -self.q, 1 - self.q).astype(y_pred.dtype) / y_pred.shape[-1]


@dataclass
class Quartic(Regularizer):
    """Ω(w) = λ·Σw⁴."""

    strength: float = 0.01

    def __call__(self, w: np.ndarray) -> float:
        return float(self.strength * np.sum(w**4))

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return 4 * self.strength * w**3


@dataclass
class AtMost(Constraint):
    """No weight above a limit."""

    limit: float

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return np.minimum(w, self.limit)


@dataclass
class Alternating(Initializer):
    """1, −1, 1, ..."""

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
        return (-1.0) ** np.arange(np.prod(shape)).reshape(shape)


@dataclass
class SquareRoot(LearningRateSchedule):
    """η = η₀ / √(1 + t)."""

    initial_learning_rate: float = 0.1

    def __call__(self, step: int) -> float:
        return self.initial_learning_rate / (1 + step) ** 0.5


class Within(metrics.Metric):
    """The fraction of predictions within a tolerance."""

    direction = "max"
    default_name = "within"

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        self.hits += int((abs(y_true - y_pred) < 0.5).sum())
        self.count += y_true.size

    def result(self) -> float:
        return self.hits / self.count if self.count else 0.0

    def reset_state(self) -> None:
        self.hits = self.count = 0


class Best(Callback):
    """Remembers the lowest loss, and the rate after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.lowest = np.inf
        self.rates: list[float] = []

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.rates.append(float(self.model.optimizer.learning_rate))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.lowest = min(self.lowest, logs["loss"])


def own() -> Sequential:
    """Return a model with a layer, loss, penalty, activation and initializer of one's own."""
    bent = activations.Custom(lambda z: z + np.sin(z), lambda z: 1 + np.cos(z))
    model = Sequential(
        [
            Input((3,)),
            Dense(4, bent, kernel_initializer=Alternating(), kernel_regularizer=Quartic()),
            Bend(),
            Dense(1, activity_regularizer=Quartic(0.001)),
        ]
    )
    model.compile(Adam(SquareRoot(0.02)), Quantile(), metrics=[Within()])
    return model


def test_a_layer_of_ones_own_is_checked_and_a_wrong_one_is_found() -> None:
    assert check_gradients(Bend(), X[:4]) < 1e-6

    class Forgot(Bend):
        def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
            return super().backward(dy, cache) - 2 * self.b.value * cache * dy + 0.1 * dy

    with pytest.raises(AssertionError, match=r"dx of 'forgot'.*Check backward"):
        check_gradients(Forgot(), X[:4])


@pytest.mark.usefixtures("float64")
def test_all_of_it_together_has_the_gradient_of_its_loss() -> None:
    model = own()
    gradients = model.gradients(X, Y)
    assert set(gradients) == {
        "dense/kernel", "dense/bias", "bend/a", "bend/b", "dense_1/kernel", "dense_1/bias"
    }  # fmt: skip
    for layer in model.layers:
        for v in layer.weights:
            slopes = differences(lambda: model.evaluate(X, Y)[0], v.value)
            np.testing.assert_allclose(gradients[f"{layer.name}/{v.name}"], slopes, atol=1e-7)


def test_all_of_it_together_trains() -> None:
    model, best = own(), Best()
    history = model.fit(
        X, Y, 8, epochs=40, verbose=0, validation_data=(X, Y), callbacks=[best]
    ).history
    assert history["loss"][-1] < history["loss"][0] / 2
    assert best.lowest == min(history["loss"])
    assert history["val_within"][-1] > history["within"][0]
    np.testing.assert_allclose(best.rates[:3], [SquareRoot(0.02)(t) for t in (1, 2, 3)])


def test_a_constraint_of_ones_own_holds_after_every_step() -> None:
    for limit in (AtMost(0.2), lambda w: np.minimum(w, 0.2)):
        model = Sequential([Input((3,)), Dense(1, kernel_constraint=limit)])
        model.compile(SGD(0.1), "mse")
        model.fit(X, Y, verbose=0, epochs=20)
        kernel = model.get_weights()[0]
        assert kernel.max() == pytest.approx(0.2)  # the first is drawn to 1
        assert kernel.min() < -1


def test_a_loss_and_a_metric_may_be_functions() -> None:
    cube = losses.Custom(
        lambda y, p: (abs(p - y) ** 3).mean(axis=-1),
        lambda y, p: 3 * (p - y) * abs(p - y) / y.shape[-1],
    )

    def furthest(y: np.ndarray, p: np.ndarray) -> np.ndarray:
        return abs(y - p).max(axis=-1)

    model = Sequential([Input((3,)), Dense(1)])
    model.compile(Adam(0.05), cube, metrics=[furthest])
    history = model.fit(X, Y, epochs=60, verbose=0).history
    assert history["loss"][-1] < history["loss"][0] / 10
    assert history["furthest"][-1] == pytest.approx(
        abs(model.predict(X) - Y).mean(), rel=0.2
    )  # the mean over the epoch, while it still learns


def test_several_outputs_are_trained_by_their_weights() -> None:
    def kernels(loss_weights: Any) -> list[np.ndarray]:
        x = Input((1,))
        heads = [Dense(1, use_bias=False, name=n, kernel_initializer="zeros") for n in "ab"]
        model = Model(x, [head(x) for head in heads])
        model.compile(SGD(0.1), "mse", loss_weights=loss_weights)
        ones = np.ones((4, 1))
        model.fit(ones, {"a": ones, "b": ones}, verbose=0)
        return [w.item() for w in model.get_weights()]

    # ∂/∂w (w − 1)² = −2 at w = 0, times the weight, times the rate
    assert kernels(None) == pytest.approx([0.2, 0.2])
    assert kernels([1.0, 0.5]) == pytest.approx([0.2, 0.1])
    assert kernels({"b": 3.0}) == pytest.approx([0.2, 0.6])
    assert kernels({"a": 0, "b": 1}) == pytest.approx([0.0, 0.2])


ONE = X[:, 0]
FORMS: list[Callable[[np.ndarray], Any]] = [
    lambda a: a,
    lambda a: a[:, None],
    list,
    tuple,
    pd.Series,
    lambda a: pd.Series(a, index=range(100, 100 + len(a))),
    lambda a: pd.DataFrame({"column": a}),
    lambda a: pd.array(a, dtype="Float64"),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_built", [True, False])
def test_one_feature_and_one_target_in_every_form(
    form: Callable[[np.ndarray], Any], is_built: bool
) -> None:
    def weights(x: Any, y: Any, v: Any) -> Any:
        layers = [Dense(1, kernel_initializer="ones")]
        model = Sequential([Input((1,)), *layers] if is_built else layers)
        model.compile("sgd", "mse", metrics=["mae"])
        model.fit(x, y, 8, 2, 0, shuffle=False, validation_data=(x, y), sample_weight=v)
        assert model.predict(x).shape == (24, 1)
        return [*model.get_weights(), model.evaluate(x, y, sample_weight=v)]

    weight = abs(X[:, 2])
    expected = weights(ONE[:, None], Y, weight)
    found = weights(form(ONE), form(Y[:, 0]), form(weight))
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_array_equal(a, b)


def test_frames_and_lists_of_several_features() -> None:
    model = Sequential([Input((3,)), Dense(2)])
    model.compile("sgd", "mse")
    two = np.hstack([Y, -Y])
    expected = model.evaluate(X, two)
    for x in (pd.DataFrame(X, columns=list("abc")), X.tolist(), [list(row) for row in X]):
        for y in (pd.DataFrame(two), two.tolist()):
            assert model.evaluate(x, y) == expected


def test_columns_of_several_types_are_numbers_all_the_same() -> None:
    model = Sequential([Input((3,)), Dense(2)])
    model.compile("sgd", "mse")
    mixed = pd.DataFrame({"a": [1, 2], "b": [0.5, 1.5], "c": [True, False]})
    plain = mixed.to_numpy(dtype="float32")
    np.testing.assert_array_equal(model.predict(mixed), model.predict(plain))
    np.testing.assert_array_equal(model.predict(mixed.convert_dtypes()), model.predict(plain))
    targets = mixed[["a", "c"]]
    assert model.evaluate(plain, targets) == model.evaluate(plain, plain[:, [0, 2]])
    gap = mixed.astype({"a": "Int64"})
    gap.loc[1, "a"] = pd.NA
    with pytest.raises(ValueError, match="x holds nan at row 1, column 0"):
        model.predict(gap)
    with pytest.raises(TypeError, match="x must hold numbers, got an array of dtype object"):
        model.predict(mixed.assign(c=["x", "y"]))


def test_several_inputs_by_list_or_name() -> None:
    a, b = Input((1,), name="a"), Input((3,), name="b")
    model = Model([a, b], [Dense(1, name="p")(a), Dense(1, name="q")(b)])
    model.compile("sgd", "mse")
    expected = model.evaluate([ONE, X], [Y, ONE])
    frame = pd.DataFrame(X)
    for x in ((ONE, X), {"b": X, "a": ONE}, [pd.Series(ONE), frame], {"a": frame[0], "b": frame}):
        for y in ([Y, ONE], {"q": ONE, "p": Y}, (pd.Series(Y[:, 0]), ONE)):
            assert model.evaluate(x, y) == expected
            model.fit(x, y, epochs=0, verbose=0)
        assert [p.shape for p in model.predict(x)] == [(24, 1), (24, 1)]
