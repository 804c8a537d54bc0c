"""Ctrl-C before any line of a training: nothing is torn, and training goes on."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config
from course.callbacks import CSVLogger, EarlyStopping, ModelCheckpoint
from course.engine import Parameters
from course.layers import BatchNormalization, Dense, Dropout
from course.models import load_model
from course.optimizers import Adam
from stopped import interrupted

RNG = np.random.default_rng(0)
X = RNG.normal(size=(20, 3)).astype("float32")
Y = (X[:, :1] > X[:, 1:2]).astype("float32")
HELD = X[:5], Y[:5]


def unbuilt() -> Sequential:
    """Return a model whose weights the first data will make."""
    inner = Sequential([Dense(4, "tanh"), Dropout(0.2)])
    model = Sequential([Dense(5, "relu"), BatchNormalization(), inner, Dense(1, "sigmoid")])
    model.compile(Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
    return model


def refrozen() -> Sequential:
    """Return a trained model of which one layer was frozen and another is about to be thawed."""
    with config.seeded(1):
        model = Sequential(
            [Input((3,)), Dense(5, "relu"), BatchNormalization(), Dense(4), Dense(1)]
        )
        model.compile(Adam(0.05), "mse")
        model.layers[0].trainable = False
        fit(model)
        model.layers[0].trainable, model.layers[2].trainable = True, False
    return model


def fit(model: Model, **options: Any) -> Any:
    return model.fit(X, Y, 8, 2, 0, validation_data=HELD, **options)


def copied(model: Model) -> Model:
    """Return a model that knows nothing of what happened to this one."""
    return pickle.loads(pickle.dumps(model))


def assert_goes_on(model: Model) -> None:
    """See that a model trains, and as a copy of it does."""
    other = copied(model)
    histories = []
    for one in (model, other):
        with config.seeded(5):
            histories.append(fit(one).history)
    assert histories[0] == histories[1]
    for ours, its in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, its)
    before, parameters = model.get_weights(), model.parameters
    fit(model)
    for v, then in zip(model.weights, before, strict=True):
        if v in model.trainable_weights:
            assert (v.value != then).any()
            assert np.shares_memory(v.value, parameters.value)
            assert np.shares_memory(v.grad, parameters.grad)


BUILDING = ("engine/layer.py", "engine/weights.py", "engine/undoing.py")
MODELS: dict[str, tuple[Callable[[], Model], tuple[str, ...], range]] = {
    "a first fit": (unbuilt, ("",), range(1, 10**6, 601)),
    "building": (unbuilt, BUILDING, range(1, 400, 31)),
    "laying out anew": (refrozen, ("engine/parameters.py",), range(1, 200, 13)),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_fit_that_was_interrupted_before_any_line_can_go_on(name: str) -> None:
    make, modules, lines = MODELS[name]
    count = 0
    whole = make()
    fit(whole)
    shapes = [w.shape for w in whole.get_weights()]
    for line in lines:
        model = make()
        steps, slots = model.optimizer.iterations, remembered(model)
        was_interrupted = interrupted(lambda model=model: fit(model), line, modules)
        if slots and model.optimizer.iterations == steps:
            assert_remembers(copied(model), slots)
        assert_goes_on(model)
        assert [w.shape for w in model.get_weights()] == shapes
        count += was_interrupted
        if not was_interrupted:
            break
    assert count > 8


def remembered(model: Model) -> dict[int, dict[str, np.ndarray]]:
    """Return copies of all that the optimizer remembers, by the number of the weight."""
    parameters = model._parameters
    variables = parameters.trainable if parameters else []
    return {
        model.weights.index(v): {k: slot.copy() for k, slot in parameters.slots_of(v).items()}
        for v in variables
    }


def assert_remembers(model: Model, slots: dict[int, dict[str, np.ndarray]]) -> None:
    """See that all of it comes back when every layer is thawed."""
    model.trainable = True
    for number, one in slots.items():
        now = model.parameters.slots_of(model.weights[number])
        np.testing.assert_equal(now, one)


def test_ctrl_c_right_after_all_was_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = Parameters.pack

    def stop(parameters: Parameters) -> None:
        pack(parameters)
        raise KeyboardInterrupt

    model = refrozen()
    with monkeypatch.context() as patch:
        patch.setattr(Parameters, "pack", stop)
        with pytest.raises(KeyboardInterrupt):
            fit(model)
    assert_goes_on(model)


def test_a_model_whose_building_was_interrupted_is_free_for_other_data() -> None:
    seen = set()
    for line in range(1, 1200, 37):
        model = unbuilt()
        interrupted(lambda model=model: fit(model), line, BUILDING)
        seen.add(model.built)
        if not model.built:
            assert model.predict(X[:, :2]).shape == (20, 1)
            assert model.weights[0].shape == (2, 5)
            assert len(model.weights) == 10
    assert seen == {False, True}


def test_a_layer_whose_building_was_interrupted_can_be_built() -> None:
    for line in range(1, 200, 5):
        layer = Dense(4)
        interrupted(lambda layer=layer: layer.build((None, 3)), line)
        layer.build((None, 3))
        assert [w.shape for w in layer.get_weights()] == [(3, 4), (4,)]


def test_a_layer_is_added_or_not() -> None:
    for line in range(1, 300, 11):
        model = Sequential([Input((3,)), Dense(4)])
        interrupted(lambda model=model: model.add(Dense(2)), line)
        units = [layer.units for layer in model.layers]
        assert units in ([4], [4, 2])
        assert model.predict(X).shape == (20, units[-1])
        assert len(model.weights) == 2 * len(units)


def test_training_goes_on_from_the_last_epoch_that_was_kept(tmp_path: Any) -> None:
    """With a checkpoint and a log, a training that was interrupted twice is whole in the end."""

    def ready(folder: Any) -> tuple[Model, list[Any]]:
        path = folder / "last.keras"
        if path.exists():
            model = load_model(path)
        else:
            with config.seeded(1):
                model = Sequential([Input((3,)), Dense(5, "tanh"), Dense(1)])
            model.compile(Adam(0.05), "mse")
        return model, [ModelCheckpoint(path), CSVLogger(folder / "log.csv", append=True)]

    def train(folder: Any) -> Model:
        model, callbacks = ready(folder)
        done = model.optimizer.iterations // 3
        model.fit(X, Y, 8, 6, 0, callbacks=callbacks, initial_epoch=done, shuffle=False)
        return model

    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole = train(tmp_path / "whole")
    modules = ("models/training.py",)
    for line in (150, 200):
        assert interrupted(lambda: train(tmp_path / "parts"), line, modules)
    model = train(tmp_path / "parts")
    for ours, its in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, its)
    logs = [(tmp_path / name / "log.csv").read_text() for name in ("whole", "parts")]
    assert logs[0] == logs[1]


def test_what_an_interrupted_fit_learned_and_recorded_is_there() -> None:
    model = unbuilt()
    stop = EarlyStopping("loss", restore_best_weights=True)
    assert interrupted(lambda: fit(model, callbacks=[stop]), 110, ("models/training.py",))
    assert model.history.epoch == [0]
    assert list(model.history.history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert model.optimizer.iterations >= 3
    assert len(stop.best_weights) == len(model.weights)
