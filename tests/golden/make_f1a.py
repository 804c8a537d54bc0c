"""Write f1a.json: what Keras 3 computes for activations, fans, penalties, constraints, schedules.

KERAS_BACKEND=torch python tests/golden/make_f1a.py
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np
from keras.src.initializers.random_initializers import compute_fans

X = np.concatenate([np.linspace(-7.3, 7.3, 21), [0.0, 0.5, -0.5, 1e-3, -1e-3]])
ROWS = np.linspace(-2, 3, 12).reshape(3, 4) ** 3

ACTIVATIONS = [
    ("linear", {}),
    ("sigmoid", {}),
    ("tanh", {}),
    ("relu", {}),
    ("relu", {"negative_slope": 0.1}),
    ("relu", {"max_value": 3.0}),
    ("relu", {"threshold": 0.5}),
    ("relu", {"negative_slope": 0.3, "max_value": 4.0, "threshold": 0.5}),
    ("relu6", {}),
    ("leaky_relu", {}),
    ("leaky_relu", {"negative_slope": 0.01}),
    ("leaky_relu", {"negative_slope": 1.5}),
    ("elu", {}),
    ("elu", {"alpha": 0.4}),
    ("selu", {}),
    ("celu", {}),
    ("celu", {"alpha": 2.5}),
    ("gelu", {}),
    ("gelu", {"approximate": True}),
    ("silu", {}),
    ("swish", {}),
    ("mish", {}),
    ("softplus", {}),
    ("softsign", {}),
    ("hard_sigmoid", {}),
    ("hard_tanh", {}),
    ("exponential", {}),
]
SOFTMAXES = [(name, axis) for name in ("softmax", "log_softmax") for axis in (-1, 0)]
SHAPES = [(), (5,), (3, 4), (7, 3, 4), (3, 3, 8, 16), (2, 3, 4, 5, 6)]
INITIALIZERS = [
    "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
    "VarianceScaling", "RandomUniform", "RandomNormal", "TruncatedNormal", "Orthogonal",
    "Identity", "Zeros", "Ones", "Constant",
]  # fmt: skip
REGULARIZERS = [
    ("L1", {}),
    ("L2", {}),
    ("L1", {"l1": 0.3}),
    ("L2", {"l2": 0.2}),
    ("L1L2", {"l1": 0.3, "l2": 0.2}),
]
CONSTRAINTS = [
    ("MaxNorm", {}),
    ("MaxNorm", {"max_value": 4.0, "axis": 1}),
    ("NonNeg", {}),
    ("UnitNorm", {}),
    ("UnitNorm", {"axis": 1}),
    ("MinMaxNorm", {}),
    ("MinMaxNorm", {"min_value": 3.0, "max_value": 9.0, "rate": 0.6, "axis": 1}),
]
SCHEDULES = [
    ("ExponentialDecay", [0.1, 10, 0.5], {}),
    ("ExponentialDecay", [0.1, 10, 0.5], {"staircase": True}),
    ("InverseTimeDecay", [0.1, 10, 0.5], {}),
    ("InverseTimeDecay", [0.1, 10, 0.5], {"staircase": True}),
    ("PiecewiseConstantDecay", [[10, 25], [0.1, 0.03, 0.01]], {}),
    ("PolynomialDecay", [0.1, 30], {}),
    ("PolynomialDecay", [0.1, 30], {"end_learning_rate": 0.02, "power": 2.0}),
    ("PolynomialDecay", [0.1, 12], {"power": 0.5, "cycle": True}),
    ("CosineDecay", [0.1, 30], {}),
    ("CosineDecay", [0.01, 30], {"alpha": 0.1, "warmup_target": 0.1, "warmup_steps": 8}),
    ("CosineDecayRestarts", [0.1, 9], {}),
    ("CosineDecayRestarts", [0.1, 9], {"t_mul": 1.0, "m_mul": 0.8, "alpha": 0.1}),
    ("CosineDecayRestarts", [0.1, 7], {"t_mul": 1.5, "m_mul": 0.9}),
]
STEPS = list(range(45))


def numbers(tensor: object) -> list:
    return np.asarray(keras.ops.convert_to_numpy(tensor), float).tolist()


def serialized(thing: object) -> dict:
    return {"class_name": type(thing).__name__, "config": thing.get_config()}


def main() -> None:
    keras.config.set_floatx("float64")
    golden = {
        "keras": keras.__version__,
        "x": X.tolist(),
        "activations": [
            [
                name,
                options,
                numbers(getattr(keras.activations, name)(keras.ops.array(X), **options)),
            ]
            for name, options in ACTIVATIONS
        ],
        "rows": ROWS.tolist(),
        "softmaxes": [
            [
                name,
                axis,
                numbers(getattr(keras.activations, name)(keras.ops.array(ROWS), axis=axis)),
            ]
            for name, axis in SOFTMAXES
        ],
        "fans": [[shape, compute_fans(shape)] for shape in SHAPES],
        "initializers": [serialized(getattr(keras.initializers, n)()) for n in INITIALIZERS],
        "regularizers": [
            [name, options, float(getattr(keras.regularizers, name)(**options)(ROWS))]
            for name, options in REGULARIZERS
        ],
        "constraints": [
            [name, options, numbers(getattr(keras.constraints, name)(**options)(ROWS))]
            for name, options in CONSTRAINTS
        ],
        "schedules": [],
    }
    keras.config.set_floatx("float32")
    for name, values, options in SCHEDULES:
        schedule = getattr(keras.optimizers.schedules, name)(*values, **options)
        rates = [float(schedule(step)) for step in STEPS]
        golden["schedules"].append([name, schedule.get_config(), rates])
    path = Path(__file__).with_name("f1a.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
