"""Write ``optimizers.json``: the weights after each of ten steps of Keras' optimizers.

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
]


def rounded(array: np.ndarray) -> list:
    """Return nested lists with ten significant digits."""
    if array.ndim:
        return [rounded(part) for part in array]
    return float(f"{float(array):.10g}")


def steps(name: str, config: dict, start: list, gradients: list) -> list:
    """Return the weights after each step, all variables in one row."""
    variables = [keras.Variable(np.array(value)) for value in start]
    optimizer = getattr(keras.optimizers, name)(**config)
    optimizer.build(variables)
    path = []
    for gradient in gradients:
        tensors = [keras.ops.convert_to_tensor(np.array(g)) for g in gradient]
        optimizer.apply(tensors, variables)
        arrays = [keras.ops.convert_to_numpy(v.value) for v in variables]
        path.append(rounded(np.concatenate([a.ravel() for a in arrays])))
    return path


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
        "cases": [
            {"name": name, "config": config, "weights": steps(name, config, start, gradients)}
            for name, config in CASES
        ],
    }
    Path(__file__).with_name("optimizers.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
