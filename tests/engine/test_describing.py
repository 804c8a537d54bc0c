"""A layer says how it was made, without writing anything for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, initializers, saving
from course.engine import Layer
from course.engine.hollow import are_hollow, fill, hollow_weights
from course.layers import BatchNormalization, Dense, LeakyReLU
from course.models import clone_model, load_model


class Gain(Layer):
    """y = s·x, s of shape (features,), as a student would write it."""

    def __init__(self, start: Any = "ones", powers: tuple = (1, 2), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start = initializers.get(start)
        self.powers = tuple(powers)

    def build(self, input_shape: Any) -> None:
        self.s = self.add_weight("s", (input_shape[-1],), self.start)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x * self.s.value, x

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        self.s.grad = (dy * cache).sum(axis=0)
        return dy * self.s.value


class Forgetful(Layer):
    def __init__(self, factor: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._factor = factor

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x * self._factor, None


class Adding(Forgetful):
    """As Keras' users write it."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "factor": self._factor}


class Small(Dense):
    def __init__(self, extra: int = 3, **kwargs: Any) -> None:
        super().__init__(4, **kwargs)
        self.extra = extra


def test_a_layer_of_ones_own_is_saved_without_writing_anything(tmp_path: Path) -> None:
    model = Sequential([Input((3,)), Gain("random_normal", name="gain"), Dense(1)])
    model.save(tmp_path / "m.keras")
    loaded = load_model(tmp_path / "m.keras", custom_objects={"Gain": Gain})
    gain = loaded.get_layer("gain")
    assert isinstance(gain.start, initializers.RandomNormal)
    assert gain.powers == (1, 2)
    np.testing.assert_array_equal(gain.s.value, model.get_layer("gain").s.value)
    with pytest.raises(ValueError, match=r"m.keras' cannot be loaded: 'Gain' is a class of"):
        load_model(tmp_path / "m.keras")
    saving.save_model(model, tmp_path / "m.h5")
    with saving.custom_object_scope({"Gain": Gain}):
        assert saving.load_model(tmp_path / "m.h5").get_layer("gain").powers == (1, 2)


def test_what_a_layer_does_not_keep_is_an_error_that_says_how() -> None:
    with pytest.raises(TypeError, match=r"does not keep its argument 'factor'.*Set self.factor ="):
        Forgetful(2.0).get_config()
    assert Adding.from_config(Adding(2.0).get_config())._factor == 2.0
    model = Sequential([Input((1,)), Adding(3.0)])
    assert clone_model(model).predict(np.ones((1, 1))).item() == 3.0


def test_arguments_that_are_handed_on_are_kept() -> None:
    config = Small(5, use_bias=False, kernel_initializer="zeros").get_config()
    assert (config["extra"], config["use_bias"]) == (5, False)
    assert config["kernel_initializer"]["class_name"] == "Zeros"
    assert "units" not in config
    assert not Small.from_config(config).use_bias
    assert "activation" not in LeakyReLU(0.1).get_config()


def test_objects_that_a_file_cannot_hold() -> None:
    layer = Gain()
    layer.powers = (np.float32(2), {"a": [np.int64(1)]})
    assert layer.get_config()["powers"] == [2.0, {"a": [1]}]
    layer.powers = object()
    with pytest.raises(TypeError, match=r"Gain holds powers=<object.*Define get_config"):
        layer.get_config()


def test_a_config_that_does_not_fit() -> None:
    with pytest.raises(TypeError, match=r"Dense cannot be made from its config: .*units"):
        Dense.from_config({"name": "x"})


def test_a_config_holds_what_keras_expects() -> None:
    config = Dense(2, "relu", activity_regularizer="l2").get_config()
    assert config["name"] == "dense"
    assert config["dtype"]["config"] == {"name": "float32"}
    assert config["activation"] == "relu"
    assert config["activity_regularizer"]["class_name"] == "L2"
    assert "activity_regularizer" not in Dense(2).get_config()


def test_hollow_weights_take_no_memory_until_they_are_filled() -> None:
    layer = BatchNormalization()
    with hollow_weights():
        assert are_hollow()
        layer.ensure_built((None, 10**12))
    assert not are_hollow()
    assert layer.gamma.shape == (10**12,)
    small = BatchNormalization()
    with hollow_weights():
        small.ensure_built((None, 3))
    for v in small.weights:
        fill(v, np.full(3, 2.0))
    assert [v.grad is None for v in small.weights] == [False, False, True, True]
    assert small(np.ones((1, 3))).shape == (1, 3)
    value = small.gamma.value
    fill(small.gamma, np.ones(3))
    assert small.gamma.value is value


def test_a_model_that_begins_in_the_middle_can_be_cloned_but_not_described() -> None:
    x = Input((2,))
    h = Dense(3, "tanh")(x)
    tail = Model(h, Dense(1)(h))
    with pytest.raises(ValueError, match=r"begins at the output of a layer.*Put an Input there"):
        tail.get_config()
    clone = clone_model(tail)
    clone.set_weights(tail.get_weights())
    data = np.ones((2, 3))
    np.testing.assert_array_equal(clone.predict(data), tail.predict(data))
    with pytest.raises(TypeError, match="clone_model takes a model, got 3"):
        clone_model(3)


def test_a_clone_has_weights_of_its_own_and_the_flags_of_the_model() -> None:
    model = Sequential([Input((2,)), Dense(3), Dense(1)])
    model.layers[0].trainable = False
    clone = clone_model(model)
    assert clone.get_weights()[0].shape == (2, 3)
    assert (clone.get_weights()[0] != model.get_weights()[0]).any()
    assert [layer.trainable for layer in clone.layers] == [False, True]
    assert [layer.is_named for layer in clone.layers] == [False, False]
    unbuilt = clone_model(Sequential([Dense(3)]))
    assert not unbuilt.built
    model.trainable = False
    assert not clone_model(model).trainable


def test_the_first_argument_of_a_constructor_may_have_any_name() -> None:
    class Scaled(Layer):
        def __init__(this, factor: float = 2.0, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            this.factor = factor

    config = Scaled(3.0, name="s").get_config()
    assert (config["factor"], "this" in config) == (3.0, False)
    assert Scaled.from_config(config).factor == 3
