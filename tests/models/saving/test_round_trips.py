"""What is saved and loaded predicts the same bits, and goes on training with the same bits."""

from __future__ import annotations

import json
import runpy
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import course
from course import config, layers, optimizers
from course.models import clone_model, load_model, model_from_json
from course.models.saving.compiling import compile_model

TABLES = runpy.run_path(str(Path(__file__).parents[2] / "golden" / "saved_models.py"))
CASES = TABLES["cases"]()
FORMS = ("model.keras", "model.h5", "model.weights.h5")


def flat(outputs: Any) -> np.ndarray:
    """Lay all outputs in one row."""
    outputs = outputs if isinstance(outputs, list) else [outputs]
    return np.concatenate([np.ravel(part) for part in outputs])


def assert_equal(one: Any, other: Any, x: Any) -> None:
    """Compare predictions and weights bit for bit."""
    np.testing.assert_array_equal(flat(one.predict(x)), flat(other.predict(x)))
    assert [v.name for v in one.weights] == [v.name for v in other.weights]
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_every_layer_and_optimizer_is_in_the_tables() -> None:
    made = {type(make(course)).__name__ for make, _ in TABLES["LAYERS"].values()}
    public = {thing for thing in map(vars(layers).get, layers.__all__) if isinstance(thing, type)}
    assert {kind.__name__ for kind in public} - made == {"InputLayer", "Layer"}
    rules = {type(make(course)) for make in TABLES["OPTIMIZERS"].values()}
    assert rules == set(optimizers.TABLE.values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_training_goes_on_as_if_it_had_not_been_interrupted(
    name: str, form: str, tmp_path: Path
) -> None:
    make, x, y = CASES[name]
    model = make(course)
    TABLES["train"](model, x, y)
    path = tmp_path / form
    if form == "model.weights.h5":
        model.save_weights(path)
        loaded = make(course)
        loaded.load_weights(path)
    else:
        model.save(path)
        loaded = load_model(path)
    assert_equal(model, loaded, x)
    assert loaded.evaluate(x, y, return_dict=True) == model.evaluate(x, y, return_dict=True)
    assert loaded.optimizer.iterations == model.optimizer.iterations > 0
    for one in (model, loaded):
        TABLES["train"](one, x, y)
    assert_equal(model, loaded, x)
    assert loaded.optimizer.learning_rate == model.optimizer.learning_rate


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(("layer", "graph"))])
def test_configurations_make_the_same_architecture(name: str) -> None:
    make, x, _ = CASES[name]
    model = make(course)
    for other in (
        type(model).from_config(model.get_config()),
        model_from_json(model.to_json(indent=1)),
        clone_model(model),
    ):
        assert other.get_config() == model.get_config()
        assert [layer.name for layer in other.layers] == [layer.name for layer in model.layers]
        other.set_weights(model.get_weights())
        assert_equal(model, other, x)


def test_a_seeded_dropout_goes_on_with_its_own_numbers(tmp_path: Path) -> None:
    x, y = TABLES["X"], TABLES["Y"]
    model = course.Sequential([course.Input((3,)), layers.Dropout(0.5, seed=7), layers.Dense(2)])
    model.compile("sgd", "mse")
    model.fit(x, y, shuffle=False, verbose=0)
    model.save(tmp_path / "m.keras")
    loaded = load_model(tmp_path / "m.keras")
    for one in (model, loaded):
        one.fit(x, y, shuffle=False, verbose=0)
    assert_equal(model, loaded, x)


def test_loading_draws_no_random_numbers(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    model.save(tmp_path / "m.keras")
    with config.seeded(3):
        load_model(tmp_path / "m.keras")
        after = config.generator().random()
    with config.seeded(3):
        assert config.generator().random() == after


def test_a_learning_rate_keeps_all_its_digits_and_what_was_set_later(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    model.compile(optimizers.Adam(0.1), "mse")
    model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras").optimizer.learning_rate == 0.1
    model.optimizer.learning_rate = 0.3
    model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras").optimizer.learning_rate == 0.3


def test_a_model_that_is_not_compiled_or_not_built(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    for form in ("m.keras", "m.h5"):
        model.save(tmp_path / form)
        loaded = load_model(tmp_path / form)
        assert loaded.optimizer is None
        assert_equal(model, loaded, TABLES["X"])
    open_ended = course.Sequential([layers.Dense(2), layers.Dense(1)])
    for form in ("m.keras", "m.h5"):
        open_ended.save(tmp_path / form)
        loaded = load_model(tmp_path / form)
        assert not loaded.built
        assert loaded.predict(np.ones((2, 3))).shape == (2, 1)
    with pytest.raises(ValueError, match="not built yet"):
        open_ended.save_weights(tmp_path / "m.weights.h5")


def test_compile_and_the_optimizer_can_be_left_behind(tmp_path: Path) -> None:
    make, x, y = CASES["optimizer: Adam"]
    model = make(course)
    TABLES["train"](model, x, y)
    model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras", compile=False).optimizer is None
    model.save(tmp_path / "m.keras", include_optimizer=False)
    assert load_model(tmp_path / "m.keras").optimizer is None


def test_what_keras_does_not_have_is_said(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    model.compile(optimizers.SGD(optimizers.schedules.OneCycle(0.1, 20)), "mse")
    with pytest.warns(UserWarning, match=r"Keras has no OneCycle: it will not open"):
        model.save(tmp_path / "m.keras")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(
            load_model(tmp_path / "m.keras").optimizer.schedule, optimizers.schedules.OneCycle
        )


def test_float64_models_ask_for_float64(tmp_path: Path, float64: None) -> None:
    model = TABLES["small"](course)
    model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras").get_weights()[0].dtype == np.float64
    config.set_floatx("float32")
    with pytest.raises(ValueError, match=r"computes in float64.*set_floatx\('float64'\)"):
        load_model(tmp_path / "m.keras")


def test_layers_that_several_models_share_stay_shared(tmp_path: Path) -> None:
    entry, x = course.Input((3,)), course.Input((3,))
    dense = layers.Dense(3, "tanh", name="common")
    block = course.Model(entry, layers.Add()([entry, dense(entry)]), name="block")
    model = course.Model(x, dense(block(x)), name="whole")
    model.save(tmp_path / "m.keras")
    for other in (load_model(tmp_path / "m.keras"), clone_model(model)):
        assert other.get_layer("block").get_layer("common") is other.get_layer("common")
        assert len(other.weights) == 2
    loaded = load_model(tmp_path / "m.keras")
    assert_equal(model, loaded, TABLES["X"])


def test_several_metrics_of_ones_own_are_named_and_given_again(tmp_path: Path) -> None:
    def far(y_true: Any, y_pred: Any) -> Any:
        return np.abs(y_pred - y_true).max(axis=-1)

    cubic = course.losses.Custom(
        lambda y, p: (abs(p - y) ** 3).mean(axis=-1),
        lambda y, p: 3 * (p - y) * abs(p - y) / y.shape[-1],
        name="cubic",
    )
    cubic.function.__name__ = "cubic"
    model = TABLES["small"](course)
    model.compile("sgd", cubic, metrics=[far])
    TABLES["train"](model, TABLES["X"], TABLES["Y"])
    model.save(tmp_path / "m.keras")
    loaded = load_model(tmp_path / "m.keras", custom_objects={"far": far, "cubic": cubic})
    assert loaded.evaluate(TABLES["X"], TABLES["Y"]) == model.evaluate(TABLES["X"], TABLES["Y"])
    with pytest.raises(ValueError, match=r"m.keras' cannot be loaded: Unknown loss 'cubic'"):
        load_model(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras", compile=False).optimizer is None


def test_what_cannot_be_written_of_compile_is_left_out_with_a_warning(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    model.compile("sgd", "mse", metrics=[lambda y, p: np.abs(y - p).mean(axis=-1)])
    with pytest.warns(UserWarning, match=r"saved without what it was compiled with.*has no name"):
        model.save(tmp_path / "m.keras")
    assert load_model(tmp_path / "m.keras").optimizer is None


def test_losses_and_metrics_by_the_names_of_outputs(tmp_path: Path) -> None:
    make, x, y, _ = TABLES["GRAPHS"]["branches"]
    model = make(course)
    losses = {"number": "mae", "classes": "sparse_categorical_crossentropy"}
    model.compile("sgd", losses, {"number": 2}, metrics={"classes": ["accuracy"]})
    TABLES["train"](model, x, y)
    for form in ("m.keras", "m.h5"):
        model.save(tmp_path / form)
        loaded = load_model(tmp_path / form)
        assert loaded.evaluate(x, y, return_dict=True) == model.evaluate(x, y, return_dict=True)


def test_compiled_without_an_optimizer_or_with_nothing(tmp_path: Path) -> None:
    entry = {"class_name": "Sequential", "config": TABLES["small"](course).get_config()}
    model = model_from_json(json.dumps(entry))
    compile_model(model, {"loss": "mse"})
    assert model.optimizer is None


def test_accuracy_of_several_sigmoids_is_written_as_what_it_is(tmp_path: Path) -> None:
    model = TABLES["small"](course)
    model.compile("sgd", "binary_crossentropy", metrics=["accuracy"])
    model.save(tmp_path / "m.keras")
    loaded = load_model(tmp_path / "m.keras")
    metric = loaded.objective.all_metrics()["accuracy"]
    assert isinstance(metric, course.metrics.BinaryAccuracy)
