"""Entries for files: objects of the package, of Keras, and of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from course import (
    Input,
    Sequential,
    activations,
    constraints,
    initializers,
    losses,
    metrics,
    regularizers,
    saving,
)
from course import serialization as s
from course.layers import Conv2D, Dense
from course.models import load_model
from course.optimizers import SGD, Optimizer, schedules
from course.optimizers.schedules import LearningRateSchedule


@dataclass
class Halves(initializers.Initializer):
    """W = ½."""

    value: float = 0.5

    def draw(self, shape: Any, rng: Any) -> np.ndarray:
        return np.full(shape, self.value)


@saving.register_keras_serializable("tests")
@dataclass
class Thirds(initializers.Initializer):
    """W = ⅓."""

    def draw(self, shape: Any, rng: Any) -> np.ndarray:
        return np.full(shape, 1 / 3)


def double(w: np.ndarray) -> np.ndarray:
    return 2 * w


def test_entries_are_those_of_keras() -> None:
    assert initializers.serialize(initializers.HeNormal(seed=1)) == {
        "module": "keras.initializers",
        "class_name": "HeNormal",
        "config": {"seed": 1},
        "registered_name": None,
    }
    assert regularizers.serialize(regularizers.L2(0.1))["module"] == "keras.regularizers"
    assert constraints.serialize(constraints.MaxNorm(1))["module"] == "keras.constraints"
    assert losses.serialize(losses.Huber(2.0))["module"] == "keras.losses"
    assert losses.serialize("mse") == "mse"
    assert losses.serialize(None) is None
    assert losses.serialize("huber_loss")["class_name"] == "Huber"
    assert losses.serialize("MsE")["class_name"] == "MeanSquaredError"
    assert activations.serialize(activations.LeakyReLU(0.4))["module"] == "keras.layers"
    assert activations.serialize(activations.CELU(2.0))["module"].startswith("course.")
    assert schedules.serialize(schedules.OneCycle(1, 9))["module"].startswith("course.")


def test_names_of_metrics_stay_where_keras_means_the_same() -> None:
    assert metrics.serialize("accuracy") == "accuracy"
    assert metrics.serialize("mse") == "mse"
    assert metrics.serialize("f1_score") == {
        "module": "keras.metrics",
        "class_name": "F1Score",
        "config": {"average": "macro", "threshold": None, "name": "f1_score"},
        "registered_name": None,
    }
    assert metrics.serialize("kld")["config"]["name"] == "kld"


@pytest.mark.parametrize(
    ("family", "thing"),
    [
        (initializers, initializers.VarianceScaling(2.0, "fan_out", "uniform", 3)),
        (regularizers, regularizers.L1L2(0.1, 0.2)),
        (constraints, constraints.MinMaxNorm(0.1, 2.0, 0.5, (0, 1))),
        (activations, activations.GELU(approximate=True)),
    ],
)
def test_what_is_serialized_can_be_deserialized(family: Any, thing: Any) -> None:
    assert family.deserialize(family.serialize(thing)) == thing


def test_losses_and_metrics_can_be_deserialized() -> None:
    loss = losses.deserialize(losses.serialize(losses.BinaryCrossentropy(label_smoothing=0.2)))
    assert loss.label_smoothing == 0.2
    metric = metrics.deserialize(metrics.serialize(metrics.AUC(num_thresholds=9, name="area")))
    assert (metric.num_thresholds, metric.name) == (9, "area")


def test_functions_of_the_package_and_metrics_of_ones_own() -> None:
    entry = {"module": "builtins", "class_name": "function", "config": "mean_squared_error"}
    assert isinstance(losses.get(entry), losses.MeanSquaredError)
    metric = metrics.deserialize(metrics.serialize(metrics.get(double)), {"double": double})
    assert (metric.fn, metric.name) == (double, "double")


def test_classes_of_ones_own_need_to_be_given_or_registered() -> None:
    entry = initializers.serialize(Halves(0.25))
    assert (entry["module"], entry["registered_name"]) == (__name__, "Halves")
    with pytest.raises(ValueError, match=r"'Halves' is a class of '.*'.*custom_objects=\{'Halves'"):
        initializers.get(entry)
    assert initializers.deserialize(entry, {"Halves": Halves}) == Halves(0.25)
    with saving.custom_object_scope({"Halves": Halves}):
        assert initializers.get("Halves") == Halves()
    registered = initializers.serialize(Thirds())
    assert registered["registered_name"] == "tests>Thirds"
    assert initializers.get(registered) == Thirds()


def test_functions_of_ones_own_go_by_their_names() -> None:
    entry = constraints.serialize(double)
    assert entry["config"] == "double"
    assert constraints.deserialize(entry, {"double": double}) is double
    with pytest.raises(ValueError, match="Unknown constraint 'double'"):
        constraints.get(entry)
    with pytest.raises(TypeError, match=r"no name by which a file could refer.*def name"):
        constraints.serialize(lambda w: w)
    with pytest.raises(TypeError, match=r"has no get_config\(\)"):
        regularizers.serialize(np.linalg)
    square = activations.Custom(double, np.ones_like)
    assert activations.deserialize(activations.serialize(square), {"double": square}) is square
    made = initializers.Custom(np.ones)
    assert initializers.serialize(initializers.Custom(double))["config"] == "double"
    assert made.function is np.ones


def test_an_entry_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="initializer must be a Initializer, got the class L2"):
        initializers.deserialize({"class_name": "L2"}, {"L2": regularizers.L2})
    with pytest.raises(TypeError, match="initializer must be a Initializer, got <function double"):
        initializers.deserialize({"class_name": "double"}, {"double": double})
    with pytest.raises(ValueError, match="An entry of a loss has a 'class_name', got 3"):
        losses.get({"class_name": 3})
    with pytest.raises(TypeError, match="The config of L2 must be a dict"):
        regularizers.get({"class_name": "L2", "config": [3]})
    with pytest.raises(TypeError, match="custom_objects must be a dict"):
        initializers.deserialize("zeros", [Halves])


def test_what_only_keras_writes_is_dropped_at_its_defaults_and_else_refused() -> None:
    assert (
        initializers.get(
            {
                "class_name": "GlorotUniform",
                "config": {"seed": None, "input_axes": None, "output_axes": None},
            }
        )
        == initializers.GlorotUniform()
    )
    with pytest.raises(ValueError, match="GlorotUniform with input_axes=0 is not supported"):
        initializers.get({"class_name": "GlorotUniform", "config": {"input_axes": 0}})
    with pytest.raises(ValueError, match="SparseCategoricalCrossentropy with ignore_class=1"):
        losses.get({"class_name": "SparseCategoricalCrossentropy", "config": {"ignore_class": 1}})
    with pytest.raises(ValueError, match="AUC with multi_label=True"):
        metrics.get({"class_name": "AUC", "config": {"multi_label": True}})
    with pytest.raises(ValueError, match="lora_rank=4 is not supported; only lora_rank=None is"):
        Dense.from_config({"units": 2, "lora_rank": 4})
    with pytest.raises(ValueError, match=r"dilation_rate"):
        Conv2D.from_config({"filters": 2, "kernel_size": 3, "dilation_rate": (2, 2)})
    with pytest.raises(ValueError, match=r"channels_first"):
        Conv2D.from_config({"filters": 2, "kernel_size": 3, "data_format": "channels_first"})


@pytest.mark.parametrize(
    "dtype",
    [None, "float32", {"class_name": "DTypePolicy", "config": {"name": "float32"}}],
)
def test_types_of_floats_that_are_computed_with(dtype: Any) -> None:
    assert Dense.from_config({"units": 2, "dtype": dtype}).units == 2


@pytest.mark.parametrize("dtype", ["int8", 3, {"config": {"name": "bfloat16"}}, {"config": 1}])
def test_types_of_floats_that_are_not(dtype: Any) -> None:
    with pytest.raises(ValueError, match=r"Dense with dtype=.* is not supported; 'float32' is"):
        Dense.from_config({"units": 2, "dtype": dtype})


def test_wider_floats_take_narrower_ones(float64: None) -> None:
    s.check_dtype("Dense", "float32")


def test_parameters_follow_kwargs_up_to_the_layer() -> None:
    assert {"units", "activation", "name", "trainable"} <= set(s.parameters(Dense))
    assert s.parameters(regularizers.L1) == ("l1",)


class Cubic(regularizers.Regularizer):
    """One of a student's own, without a dataclass."""

    def __init__(self, strength: float = 0.1) -> None:
        self.strength = strength

    def __call__(self, w: np.ndarray) -> float:
        return self.strength * float((np.abs(w) ** 3).sum())

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return 3 * self.strength * w * np.abs(w)


class Halving(constraints.Constraint):
    def __init__(self, factor: float = 0.5) -> None:
        self.factor = factor

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return self.factor * w


class Filled(initializers.Initializer):
    def __init__(self, value: float = 1.0) -> None:
        self.value = value

    def draw(self, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
        return np.full(shape, self.value)


class Harmonic(LearningRateSchedule):
    def __init__(self, first: float = 0.1) -> None:
        self.first = first

    def __call__(self, step: float) -> float:
        return self.first / (1 + step)


def test_plain_classes_of_ones_own_are_written_and_read_with_their_arguments(tmp_path) -> None:
    dense = Dense(1, kernel_regularizer=Cubic(0.3), kernel_constraint=Halving(0.9),
                  kernel_initializer=Filled(2.0))  # fmt: skip
    model = Sequential([Input((2,)), dense])
    model.compile(SGD(Harmonic(0.7)), "mse")
    model.save(tmp_path / "model.keras")
    own = {kind.__name__: kind for kind in (Cubic, Halving, Filled, Harmonic)}
    again = load_model(tmp_path / "model.keras", custom_objects=own)
    layer = again.layers[0]
    assert layer.kernel_regularizer.strength == 0.3
    assert layer.kernel_constraint.factor == 0.9
    assert layer.kernel_initializer.value == 2
    assert again.optimizer.schedule.first == 0.7


def test_an_argument_that_is_not_kept_is_named() -> None:
    class Careless(constraints.Constraint):
        def __init__(self, axis: int = 0) -> None:
            pass

    with pytest.raises(TypeError, match=r"Careless does not keep .*'axis' as self\.axis"):
        Careless().get_config()


class SignDescent(Optimizer):
    """The rule of the docstring of `Optimizer`."""

    def update(self, w: Any, g: Any, slots: Any, lr: float, t: int) -> None:
        w -= lr * np.sign(g)


def test_optimizers_and_schedules_of_ones_own_come_back_from_a_file(tmp_path) -> None:
    model = Sequential([Input((2,)), Dense(1)])
    model.compile(SignDescent(Harmonic(0.5)), "mse")
    model.fit(np.ones((4, 2)), np.ones(4), verbose=0)
    model.save(tmp_path / "model.keras")
    own = {"SignDescent": SignDescent, "Harmonic": Harmonic}
    again = load_model(tmp_path / "model.keras", custom_objects=own)
    assert type(again.optimizer) is SignDescent
    assert again.optimizer.learning_rate == 0.25
    with pytest.raises(ValueError, match="Unknown optimizer 'SignDescent'"):
        load_model(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="Unknown optimizer 'SignDescent'"):
        load_model(tmp_path / "model.keras", custom_objects={"SignDescent": Harmonic})
