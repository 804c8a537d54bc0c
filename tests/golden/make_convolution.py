"""Write ``convolution.json``: what Keras' layers over images give, and their gradients.

    KERAS_BACKEND=jax JAX_ENABLE_X64=1 python tests/golden/make_convolution.py

needs Keras and JAX. Kept for each case: the layer and its arguments, the input x, the weights,
the output y, and the gradients of Σ c·y, with c = cos(0, 1, 2, ...), by x and by the weights.
"""

from __future__ import annotations

import json
from pathlib import Path

import jax
import keras
import numpy as np

SAME = {"padding": "same"}
CASES = [
    ("Conv2D", {"filters": 2, "kernel_size": 3}, (1, 4, 5, 2)),
    ("Conv2D", {"filters": 2, "kernel_size": [2, 3], **SAME}, (1, 3, 4, 1)),
    ("Conv2D", {"filters": 1, "kernel_size": 2, "strides": 2, **SAME}, (1, 5, 4, 1)),
    (
        "Conv2D",
        {"filters": 1, "kernel_size": 3, "strides": [2, 1], **SAME},
        (1, 4, 3, 2),
    ),
    (
        "Conv2D",
        {"filters": 2, "kernel_size": 2, "strides": [1, 2], "use_bias": False},
        (2, 3, 5, 1),
    ),
    ("Conv2D", {"filters": 1, "kernel_size": 1, "strides": 3, **SAME}, (1, 5, 6, 1)),
    ("MaxPooling2D", {}, (1, 4, 5, 2)),
    ("MaxPooling2D", {"pool_size": 3, "strides": 2, **SAME}, (1, 4, 5, 1)),
    ("MaxPooling2D", {"pool_size": [2, 3], "strides": [1, 2]}, (1, 4, 5, 1)),
    ("MaxPooling2D", {"pool_size": 2, "strides": 3, **SAME}, (1, 4, 5, 1)),
    ("AveragePooling2D", {"pool_size": 2}, (1, 4, 5, 2)),
    ("AveragePooling2D", {"pool_size": 3, "strides": 2, **SAME}, (1, 4, 5, 1)),
    ("AveragePooling2D", {"pool_size": [2, 3], "strides": 1, **SAME}, (1, 3, 4, 1)),
    ("GlobalAveragePooling2D", {}, (2, 2, 3, 2)),
    ("GlobalAveragePooling2D", {"keepdims": True}, (2, 2, 3, 2)),
    ("UpSampling2D", {}, (1, 2, 3, 2)),
    ("UpSampling2D", {"size": [2, 3], "interpolation": "bilinear"}, (1, 3, 2, 2)),
    ("UpSampling2D", {"size": [1, 4], "interpolation": "bilinear"}, (1, 2, 3, 1)),
]


def rounded(array: object) -> list:
    """Return nested lists with ten significant digits."""
    array = np.asarray(array)
    if array.ndim:
        return [rounded(part) for part in array]
    return float(f"{float(array):.10g}")


def case(name: str, arguments: dict, shape: tuple[int, ...], rng: np.random.Generator) -> dict:
    """Return what one layer gives for an input of few digits, with ties for the maximum."""
    x = (
        rng.integers(-3, 4, shape) / 4
        if name == "MaxPooling2D"
        else rng.normal(size=shape).round(2)
    )
    layer = getattr(keras.layers, name)(**arguments)
    layer.build(shape)
    weights = [rng.normal(size=v.shape).round(2) for v in layer.weights]

    def y_of(x: object, weights: list) -> object:
        return layer.stateless_call(weights, [], x)[0]

    y = np.asarray(y_of(x, weights))
    c = np.cos(np.arange(y.size)).reshape(y.shape)
    dx, dw = jax.grad(lambda x, w: (y_of(x, w) * c).sum(), argnums=(0, 1))(x, weights)
    return {
        "layer": name,
        "arguments": arguments,
        "x": rounded(x),
        "weights": [rounded(w) for w in weights],
        "y": rounded(y),
        "dx": rounded(dx),
        "gradients": [rounded(g) for g in dw],
    }


def main() -> None:
    keras.config.set_floatx("float64")
    rng = np.random.default_rng(0)
    cases = [case(*what, rng) for what in CASES]
    path = Path(__file__).with_name("convolution.json")
    path.write_text(json.dumps({"keras": keras.__version__, "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
