"""Every activation against what Keras computes; see tests/golden/make_f1a.py."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course import activations, config

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "f1a.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _float64():
    config.set_floatx("float64")
    yield
    config.set_floatx("float32")


@pytest.mark.parametrize(("name", "options", "y"), GOLDEN["activations"])
def test_values_are_those_of_keras(name, options, y):
    f = getattr(activations, name)
    np.testing.assert_allclose(f(GOLDEN["x"], **options), y, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize(("name", "axis", "y"), GOLDEN["softmaxes"])
def test_softmaxes_are_those_of_keras_along_each_axis(name, axis, y):
    f = getattr(activations, name)
    np.testing.assert_allclose(f(GOLDEN["rows"], axis=axis), y, rtol=1e-12)


def test_every_name_is_covered():
    names = {name for name, *_ in GOLDEN["activations"] + GOLDEN["softmaxes"]}
    assert names == set(activations.NAMES)
