"""Every argument of every public constructor, function and method, given what its type forbids.

Only a right call of each is written down; what an argument takes is read from its annotation. A
value of another kind must be refused with its name and with what came, and must change nothing.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from math import inf, isfinite, nan
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, losses
from course.layers import Dense
from course.tuners import HyperParameters, Objective, RandomSearchOracle
from unchanged import unchanged

PACKAGES = (
    "activations",
    "callbacks",
    "constraints",
    "datasets",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "optimizers.schedules",
    "regularizers",
    "saving",
    "tuners",
    "utils",
)
# A thing is given by anything that a table knows; tests of the tables are elsewhere.
LOOKUPS = {"get", "serialize", "deserialize", "resolve", "direction_of"}
# Not made by users: records, and what `fit` and `search` make for themselves.
INTERNAL = {
    "callbacks.CallbackList",
    "callbacks.as_callbacks",
    "tuners.FatalError",
    "tuners.Trial",
    "tuners.TrialStatus",
}
# Kept as in Keras and KerasTuner, without effect.
IDLE = {"dtype", "workers", "use_multiprocessing", "max_queue_size", "logger", "tuner_id"}
# Looked at later: when the block is entered, a trial compiles its model, a parent is named.
LATER = {"objects", "tuners.optimizer", "tuners.loss", "tuners.metrics", "parent_values"}
X, Y = np.arange(12.0).reshape(6, 2) / 12, np.array([0.0, 1, 0, 1, 0, 1])


def network() -> Sequential:
    """Return a model that has learned a little."""
    model = Sequential([Input((2,)), Dense(3, "tanh"), Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(X, Y, verbose=0)
    return model


def build(hp: HyperParameters) -> Sequential:
    """Return a compiled model with something to search."""
    model = Sequential([Input((2,)), Dense(hp.Int("units", 1, 3)), Dense(1)])
    model.compile("sgd", "mse")
    return model


MODEL = network()
PAIR = {"y_true": [[0.0, 1.0]], "y_pred": [[0.3, 0.7]]}
TUNER = {"hypermodel": build, "objective": "val_loss"}
# What a right call gives, where something must be given.
RIGHT: dict[str, dict[str, Any]] = {
    "activations.Custom": {"function": np.sin, "derivative": np.cos},
    "callbacks.CSVLogger": {"filename": "log.csv"},
    "callbacks.LearningRateScheduler": {"schedule": lambda epoch: 0.1},
    "callbacks.ModelCheckpoint": {"filepath": "model.keras"},
    "callbacks.TimeBudget": {"seconds": 1.0},
    "datasets.split": {"x": X, "y": Y},
    "initializers.Custom": {"function": np.zeros},
    "initializers.fans": {"shape": (2, 3)},
    "layers.Activation": {"activation": "relu"},
    "layers.Conv2D": {"filters": 2, "kernel_size": 3},
    "layers.Dense": {"units": 3},
    "layers.Dropout": {"rate": 0.5},
    "layers.Embedding": {"input_dim": 5, "output_dim": 3},
    "layers.GaussianNoise": {"stddev": 0.1},
    "layers.Input": {"shape": (2,)},
    "layers.InputLayer": {"shape": (2,)},
    "layers.Reshape": {"target_shape": (2,)},
    "layers.SimpleRNN": {"units": 3},
    "losses.Custom": {"function": lambda y, p: y, "gradient": lambda y, p: p},
    "losses.sparse_categorical_crossentropy": {"y_true": [1], "y_pred": [[0.3, 0.7]]},
    "metrics.MeanMetricWrapper": {"fn": losses.mean_squared_error},
    "metrics.confusion_matrix": {"y_true": [0, 1], "y_pred": [1, 1]},
    "models.Model": {"inputs": MODEL.input, "outputs": MODEL.output},
    "models.clone_model": {"model": MODEL},
    "models.load_model": {"filepath": "saved.keras"},
    "models.model_from_json": {"text": MODEL.to_json()},
    "optimizers.schedules.CosineDecay": {"initial_learning_rate": 0.1, "decay_steps": 10},
    "optimizers.schedules.CosineDecayRestarts": {
        "initial_learning_rate": 0.1,
        "first_decay_steps": 10,
    },
    "optimizers.schedules.ExponentialDecay": {
        "initial_learning_rate": 0.1,
        "decay_steps": 10,
        "decay_rate": 0.5,
    },
    "optimizers.schedules.InverseTimeDecay": {
        "initial_learning_rate": 0.1,
        "decay_steps": 10,
        "decay_rate": 0.5,
    },
    "optimizers.schedules.OneCycle": {"max_learning_rate": 0.1, "total_steps": 10},
    "optimizers.schedules.PiecewiseConstantDecay": {"boundaries": [5], "values": [0.1, 0.01]},
    "optimizers.schedules.PolynomialDecay": {"initial_learning_rate": 0.1, "decay_steps": 10},
    "saving.custom_object_scope": {"objects": {}},
    "saving.load_model": {"filepath": "saved.keras"},
    "saving.save_model": {"model": MODEL, "filepath": "again.keras"},
    "tuners.BaseTuner": {"oracle": RandomSearchOracle("val_loss")},
    "tuners.MultiObjective": {"objectives": [Objective("val_loss")]},
    "tuners.Objective": {"name": "val_loss"},
    "tuners.Tuner": {"oracle": RandomSearchOracle("val_loss"), "hypermodel": build},
    "utils.check_gradients": {"layer": Dense(1), "x": X},
    "utils.set_random_seed": {"seed": 0},
    "utils.to_categorical": {"x": [0, 1]},
    **{f"losses.{f.__name__}": PAIR for f in losses.FUNCTIONS if f.__name__[0] != "s"},
    **{
        f"layers.{name}": {"inputs": [X, X]}
        for name in ("add", "average", "concatenate", "maximum", "minimum", "multiply", "subtract")
    },
    **{
        f"tuners.{name}": TUNER
        for name in ("BayesianOptimization", "GridSearch", "Hyperband", "RandomSearch")
    },
}
DATA = {"x": X, "y": Y, "verbose": 0}


def declared() -> HyperParameters:
    """Return hyperparameters among which is one of that name."""
    hp = HyperParameters()
    hp.Boolean("known")
    return hp


METHODS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "Model.compile": (network().compile, {"loss": "mse"}),
    "Model.evaluate": (network().evaluate, DATA),
    "Model.fit": (network().fit, DATA),
    "Model.get_layer": (network().get_layer, {"index": 0}),
    "Model.gradients": (network().gradients, {"x": X, "y": Y}),
    "Model.load_weights": (network().load_weights, {"filepath": "saved.keras"}),
    "Model.predict": (network().predict, {"x": X}),
    "Model.save": (network().save, {"filepath": "again.keras"}),
    "Model.save_weights": (network().save_weights, {"filepath": "again.weights.h5"}),
    "Model.set_weights": (network().set_weights, {"weights": MODEL.get_weights()}),
    "Model.test_on_batch": (network().test_on_batch, {"x": X, "y": Y}),
    "Model.train_on_batch": (network().train_on_batch, {"x": X, "y": Y}),
    "HyperParameters.Boolean": (declared().Boolean, {"name": "a"}),
    "HyperParameters.Choice": (declared().Choice, {"name": "a", "values": [1, 2]}),
    "HyperParameters.Fixed": (declared().Fixed, {"name": "a", "value": 1}),
    "HyperParameters.Float": (declared().Float, {"name": "a", "min_value": 0.0, "max_value": 1.0}),
    "HyperParameters.Int": (declared().Int, {"name": "a", "min_value": 0, "max_value": 3}),
    "HyperParameters.get": (declared().get, {"name": "known"}),
}


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every class and function that a user is meant to call, by its name."""
    for package in PACKAGES:
        module = importlib.import_module(f"course.{package}")
        for name in module.__all__:
            thing, full = getattr(module, name), f"{package}.{name}"
            kinds = inspect.isclass(thing) or inspect.isfunction(thing)
            if kinds and name not in LOOKUPS and full not in INTERNAL:
                yield full, thing


CALLS = {name: (thing, RIGHT.get(name, {})) for name, thing in public()} | METHODS

ANYTHING: tuple[Any, ...] = (
    None, "abc", b"abc", True, 7, 2.5, nan, -inf, 10**400, 1j, [], {}, object(), np.ones(2), print,
)  # fmt: skip
UNKNOWN = object()


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_real(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return is_whole(value) and value < 1e308


TAKES: dict[str, Callable[[Any], bool]] = {
    "None": lambda value: value is None,
    "bool": lambda value: isinstance(value, bool),
    "int": is_whole,
    "float": is_real,
    "str": lambda value: isinstance(value, str),
    "os.PathLike[str]": lambda value: isinstance(value, PathLike),
    "PathLike[str]": lambda value: isinstance(value, PathLike),
    "Path_": lambda value: isinstance(value, str | PathLike),
}


def wrong(annotation: str) -> list[Any]:
    """Return what an annotation forbids; an object of no kind for one that allows anything."""
    parts = [part.strip() for part in annotation.split("|")]
    if not all(part in TAKES for part in parts):
        return [UNKNOWN]
    return [value for value in ANYTHING if not any(TAKES[part](value) for part in parts)]


def told(argument: str) -> str:
    """Return a pattern of the words by which a message may call an argument, or its kind."""
    kind = argument.rpartition("_")[2]  # kernel_initializer
    kinds = {kind} & {"initializer", "regularizer", "constraint", "name"}
    words = {argument, argument.removesuffix("s").replace("weighted_", ""), *kinds}
    return rf"(?<![A-Za-z])({'|'.join(words)})(?![A-Za-z])"


def mistakes(name: str) -> Iterator[tuple[str, Any]]:
    """Every argument of a call with every value that it forbids."""
    variadic = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    for argument, parameter in inspect.signature(CALLS[name][0]).parameters.items():
        skipped = {argument, f"{name.partition('.')[0]}.{argument}"} & (IDLE | LATER)
        if parameter.kind not in variadic and not skipped:
            for value in wrong(str(parameter.annotation)):
                if argument != "verbose" or value is not True:
                    yield argument, value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder in which there is a saved model."""
    folder = tmp_path_factory.mktemp("models")
    MODEL.save(folder / "saved.keras")
    return folder


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in that folder."""
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.filterwarnings("ignore:.*older spelling:FutureWarning")
@pytest.mark.parametrize("name", CALLS)
def test_a_value_of_another_kind_is_refused_by_name(name: str, here: Path) -> None:
    call, right = CALLS[name]
    call(**right)  # so that it is the one wrong argument which is refused
    faults = []
    with unchanged(getattr(call, "__self__", None), here):
        for argument, value in mistakes(name):
            try:
                call(**right | {argument: value})
                faults.append(f"{argument}={value!r:.60} is accepted")
            except (TypeError, ValueError) as error:
                if not re.search(told(argument), str(error)):
                    faults.append(f"{argument}={value!r:.60} is not named: {error}")
            except Exception as error:
                faults.append(f"{argument}={value!r:.60} raises {error!r}")
        assert not faults, "\n".join(faults)


def test_there_are_thousands_of_them() -> None:
    assert sum(len(list(mistakes(name))) for name in CALLS) > 2000
