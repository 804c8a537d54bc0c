"""Write ``optimizers.json``: the weights after each of ten steps of Keras' optimizers, and all
that they remember after the last one, in the order of ``optimizer.variables``.

    KERAS_BACKEND=torch python tests/golden/make_optimizers.py

needs Keras and PyTorch. Keras computes in float64, so that what is kept is exact to the digits
kept, and the package can be compared in both of its float types.
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np

STEPS = 10
SHAPES = ((3, 2), (2,))
NAMES = ("kernel", "bias")


def schedule(name: str, **config: object) -> dict:
    """Return a schedule as Keras keeps it in a config."""
    return keras.optimizers.schedules.serialize(getattr(keras.optimizers.schedules, name)(**config))


CASES = [
    ("SGD", {}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"learning_rate": 0.1, "weight_decay": 0.05}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.5, "clipnorm": 0.8}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.5, "global_clipnorm": 0.8}),
    ("SGD", {"learning_rate": 0.1, "momentum": 0.5, "clipvalue": 0.3}),
    ("RMSprop", {}),
    ("RMSprop", {"learning_rate": 0.01, "rho": 0.8, "epsilon": 0.01}),
    ("RMSprop", {"learning_rate": 0.01, "momentum": 0.7}),
    ("RMSprop", {"learning_rate": 0.01, "centered": True}),
    ("RMSprop", {"learning_rate": 0.01, "momentum": 0.7, "centered": True, "clipnorm": 0.8}),
    ("Adam", {}),
    ("Adam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 0.01}),
    ("Adam", {"learning_rate": 0.05, "beta_2": 0.6, "amsgrad": True}),
    ("Adam", {"learning_rate": 0.05, "weight_decay": 0.1, "global_clipnorm": 0.8}),
    ("AdamW", {}),
    ("AdamW", {"learning_rate": 0.05, "weight_decay": 0.2, "amsgrad": True, "clipnorm": 0.8}),
    ("AdamW", {"learning_rate": 0.05, "weight_decay": 0.2, "exclude": ["bias"]}),
    ("Nadam", {}),
    ("Nadam", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.95, "epsilon": 0.01}),
    ("Nadam", {"learning_rate": 0.05, "weight_decay": 0.1, "clipvalue": 0.3}),
    ("Adagrad", {}),
    ("Adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.0, "epsilon": 0.01}),
    ("Adagrad", {"learning_rate": 0.1, "weight_decay": 0.1, "global_clipnorm": 0.8}),
    ("Adadelta", {}),
    ("Adadelta", {"learning_rate": 1.0, "rho": 0.8, "epsilon": 0.001}),
    ("Adadelta", {"learning_rate": 1.0, "weight_decay": 0.1, "clipnorm": 0.8}),
    ("Adamax", {}),
    ("Adamax", {"learning_rate": 0.05, "beta_1": 0.8, "beta_2": 0.7, "epsilon": 0.01}),
    ("Adamax", {"learning_rate": 0.05, "weight_decay": 0.1, "clipvalue": 0.3}),
    ("Lion", {}),
    ("Lion", {"learning_rate": 0.05, "beta_1": 0.7, "beta_2": 0.8, "clipnorm": 0.8}),
    ("Lion", {"learning_rate": 0.05, "weight_decay": 0.1, "global_clipnorm": 0.8}),
    (
        "SGD",
        {
            "learning_rate": schedule(
                "ExponentialDecay",
                initial_learning_rate=0.1,
                decay_steps=3,
                decay_rate=0.5,
                staircase=True,
            ),
            "momentum": 0.5,
            "weight_decay": 0.05,
        },
    ),
    (
        "Adam",
        {
            "learning_rate": schedule(
                "CosineDecay",
                initial_learning_rate=0.0,
                decay_steps=6,
                warmup_target=0.1,
                warmup_steps=3,
            ),
            "weight_decay": 0.1,
        },
    ),
    (
        "Nadam",
        {
            "learning_rate": schedule(
                "PiecewiseConstantDecay", boundaries=[2, 5], values=[0.1, 0.05, 0.01]
            )
        },
    ),
]


def rounded(array: np.ndarray) -> list:
    """Return nested lists with ten significant digits."""
    if array.ndim:
        return [rounded(part) for part in array]
    return float(f"{float(array):.10g}")


def steps(name: str, config: dict, start: list, gradients: list) -> dict:
    """Return the case with the weights after each step, all variables in one row, and the state."""
    keras.utils.clear_session()  # names are numbered anew
    variables = [
        keras.Variable(np.array(value), name=called)
        for value, called in zip(start, NAMES, strict=True)
    ]
    options = {key: value for key, value in config.items() if key != "exclude"}
    optimizer = getattr(keras.optimizers, name).from_config(options)
    optimizer.exclude_from_weight_decay(var_names=config.get("exclude"))
    optimizer.build(variables)
    path = []
    for gradient in gradients:
        tensors = [keras.ops.convert_to_tensor(np.array(g)) for g in gradient]
        optimizer.apply(tensors, variables)
        path.append(rounded(np.concatenate([flat(v) for v in variables])))
    return {
        "name": name,
        "config": config,
        "weights": path,
        "full_config": optimizer.get_config(),
        "variables": [[v.path.split("/")[-1], rounded(flat(v))] for v in optimizer.variables],
    }


def flat(variable: keras.Variable) -> np.ndarray:
    """Return the values of a variable in one row."""
    return keras.ops.convert_to_numpy(variable.value).ravel()


def main() -> None:
    """Draw the start and the gradients, which grow smaller, and write the file."""
    keras.config.set_floatx("float64")
    rng = np.random.default_rng(0)
    start = [rounded(rng.normal(size=shape).round(3)) for shape in SHAPES]
    gradients = [
        [rounded((rng.normal(size=shape) / (1 + t / 3)).round(3)) for shape in SHAPES]
        for t in range(STEPS)
    ]
    golden = {
        "keras": keras.__version__,
        "start": start,
        "gradients": gradients,
        "cases": [steps(name, config, start, gradients) for name, config in CASES],
    }
    Path(__file__).with_name("optimizers.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
