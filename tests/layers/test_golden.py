"""Layers against Keras 3: outputs, and gradients with respect to inputs and weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import layers

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "layers.json").read_text())
NUMBERED = [f"{case['class']}-{i}" for i, case in enumerate(GOLDEN["cases"])]


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=NUMBERED)
@pytest.mark.usefixtures("float64")
def test_outputs_and_gradients_are_those_of_keras(case: dict[str, Any]) -> None:
    layer = getattr(layers, case["class"])(**case["options"])
    xs = [np.array(x, float) for x in case["x"]]
    x = xs if len(xs) > 1 or isinstance(layer, layers.Add) else xs[0]
    layer(x)
    layer.set_weights(case["weights"])
    y, cache = layer.forward(x, training=False)
    np.testing.assert_allclose(y, case["y"], rtol=1e-5, atol=2e-6)
    dx = layer.backward(np.array(case["c"]), cache)
    for actual, expected in zip(dx if isinstance(x, list) else [dx], case["dx"], strict=True):
        if expected is None:
            assert actual is None
        else:
            np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=2e-6)
    for v, expected in zip(layer.trainable_weights, case["gradients"], strict=True):
        np.testing.assert_allclose(v.grad, expected, rtol=1e-5, atol=2e-6)
