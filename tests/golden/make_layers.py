"""Write layers.json: outputs and gradients of layers as Keras 3 computes them.

KERAS_BACKEND=torch python tests/golden/make_layers.py

Each case holds the class, its arguments, the inputs, the weights, c, the output y, and the
gradients of Σ c·y with respect to inputs and weights, in float32 and rounded to 7 decimals.
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np
import torch

TIED = [[[1.0, 2.0, 2.0]], [[1.0, 2.0, 1.0]]]
READ = {"units": 2, "unroll": True}
# The class, its arguments, and the shapes of the inputs or their values.
CASES = [
    ("LayerNormalization", {}, [(2, 3)]),
    ("LayerNormalization", {"axis": 2, "epsilon": 0.01}, [(2, 2, 3)]),
    ("LayerNormalization", {"axis": [1, 2], "center": False}, [(2, 2, 3)]),
    ("LayerNormalization", {"axis": [-1, -2], "scale": False}, [(2, 2, 3)]),
    ("BatchNormalization", {}, [(3, 2)]),
    ("BatchNormalization", {"axis": 1, "epsilon": 0.1}, [(2, 2, 3)]),
    ("GaussianNoise", {"stddev": 0.5}, [(2, 2)]),
    ("Dropout", {"rate": 0.5}, [(2, 2)]),
    ("Reshape", {"target_shape": [3, -1]}, [(2, 2, 3)]),
    ("Flatten", {}, [(2, 2, 2)]),
    ("Flatten", {}, [(3,)]),
    ("Activation", {"activation": "tanh"}, [(2, 2)]),
    ("ReLU", {"max_value": 1.0, "negative_slope": 0.25, "threshold": 0.25}, [(3, 4)]),
    ("LeakyReLU", {}, [(2, 4)]),
    ("Softmax", {"axis": 1}, [(2, 3, 2)]),
    ("Add", {}, [(2, 2), (2, 2), (2, 2)]),
    ("Add", {}, [(2, 1, 2), (2, 2), (2, 3, 1)]),
    ("Add", {}, [(2, 2)]),
    ("Subtract", {}, [(2, 3, 1), (2, 2)]),
    ("Multiply", {}, [(2, 1, 2), (2, 2, 1), (2, 2)]),
    ("Average", {}, [(2, 2), (2, 1), (2, 2)]),
    ("Maximum", {}, [(2, 3), (2, 3), (2, 1)]),
    ("Minimum", {}, [(2, 3, 2), (2, 1, 2)]),
    ("Maximum", {}, TIED),
    ("Minimum", {}, TIED),
    ("Concatenate", {"axis": 1}, [(2, 1, 2), (2, 2, 2)]),
    ("SimpleRNN", READ, [(2, 3, 2)]),
    ("SimpleRNN", {**READ, "return_sequences": True, "go_backwards": True}, [(2, 3, 2)]),
    ("SimpleRNN", {**READ, "use_bias": False, "activation": "sigmoid"}, [(2, 2, 1)]),
    ("Embedding", {"input_dim": 4, "output_dim": 2}, [(2, 3)]),
    ("Embedding", {"input_dim": 3, "output_dim": 3}, [(4,)]),
]


def drawn(rng: np.random.Generator, shape: tuple | list, whole: bool = False) -> np.ndarray:
    """Return numbers that are short in the file: hundredths, or 0, 1 and 2."""
    if isinstance(shape, list):
        return np.array(shape, "float32")
    return (
        rng.integers(3, size=shape) if whole else rng.normal(size=shape).round(2).astype("float32")
    )


def numbers(tensor: torch.Tensor) -> list:
    return tensor.detach().numpy().astype(float).round(7).tolist()


def compute(layer: keras.Layer, xs: list[np.ndarray]) -> dict:
    """Return the output of a layer, and the gradients of Σ c·y."""
    inputs = [torch.tensor(x, requires_grad=x.dtype == np.float32) for x in xs]
    y = layer(inputs if hasattr(layer, "_merge_function") else inputs[0])
    c = np.random.default_rng(1).normal(size=tuple(y.shape)).round(2)
    (torch.tensor(c) * y).sum().backward()
    return {
        "c": c.tolist(),
        "y": numbers(y),
        "dx": [None if x.grad is None else numbers(x.grad) for x in inputs],
        "gradients": [numbers(v.value.grad) for v in layer.trainable_variables],
    }


def main() -> None:
    cases = []
    for name, options, shapes in CASES:
        rng = np.random.default_rng(0)
        xs = [drawn(rng, shape, name == "Embedding") for shape in shapes]
        layer = getattr(keras.layers, name)(**options)
        layer(xs if hasattr(layer, "_merge_function") else xs[0])
        layer.set_weights([abs(drawn(rng, w.shape)) for w in layer.get_weights()])
        case = {"class": name, "options": options, "x": [numbers(torch.tensor(x)) for x in xs]}
        case["weights"] = [numbers(v.value) for v in layer.weights]
        cases.append(case | compute(layer, xs))
    golden = {"keras": keras.__version__, "cases": cases}
    path = Path(__file__).with_name("layers.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
