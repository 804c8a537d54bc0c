"""The layers over images beside Keras: outputs and gradients, also where maxima tie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import layers

GOLDEN = Path(__file__).parents[1] / "golden" / "convolution.json"
CASES = json.loads(GOLDEN.read_text())["cases"]
TOLERANCE = 1e-7  # Keras takes the mean over an image in float32


def title(case: dict[str, Any]) -> str:
    """Return ``Conv2D-2-3``."""
    return case["layer"] + "".join(f"-{value}" for value in case["arguments"].values())


@pytest.mark.parametrize("case", CASES, ids=title)
@pytest.mark.usefixtures("float64")
def test_outputs_and_gradients_are_those_of_keras(case: dict[str, Any]) -> None:
    layer = getattr(layers, case["layer"])(**case["arguments"])
    x = np.array(case["x"])
    y = layer(x)
    if case["weights"]:
        layer.set_weights(case["weights"])
    y, cache = layer.forward(x)
    np.testing.assert_allclose(y, case["y"], rtol=TOLERANCE, atol=TOLERANCE)
    dx = layer.backward(np.cos(np.arange(y.size)).reshape(y.shape), cache)
    np.testing.assert_allclose(dx, case["dx"], rtol=TOLERANCE, atol=TOLERANCE)
    for v, gradient in zip(layer.weights, case["gradients"], strict=True):
        np.testing.assert_allclose(v.grad, gradient, rtol=TOLERANCE, atol=TOLERANCE)
