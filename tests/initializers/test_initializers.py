"""How initializers are found, called and written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from course import config, initializers
from course.initializers import (
    Constant,
    Custom,
    HeNormal,
    Identity,
    Initializer,
    Orthogonal,
    RandomNormal,
    RandomUniform,
    VarianceScaling,
)

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "f1a.json").read_text(encoding="utf-8"))
RANDOM = [c for c in dict.fromkeys(initializers.TABLE.values()) if "seed" in c().get_config()]


@pytest.mark.parametrize("name", initializers.NAMES)
def test_names_classes_and_configs_are_found(name):
    made = initializers.get(name)
    cls = getattr(initializers, name)
    assert type(made) is cls is getattr(initializers, cls.__name__)
    assert initializers.get(made) is made
    assert initializers.get(cls) == made
    assert initializers.get(json.loads(json.dumps(initializers.serialize(made)))) == made
    assert cls.from_config(made.get_config()) == made


@pytest.mark.parametrize(
    ("alias", "cls"), [("uniform", RandomUniform), ("normal", RandomNormal), ("HENORMAL", HeNormal)]
)
def test_short_names(alias, cls):
    assert type(initializers.get(alias)) is cls


@pytest.mark.parametrize("golden", GOLDEN["initializers"], ids=lambda g: g["class_name"])
def test_configs_are_those_of_keras(golden):
    made = initializers.get(golden["class_name"])
    known = {k: v for k, v in golden["config"].items() if k not in ("input_axes", "output_axes")}
    config_here = made.get_config()
    assert {name: config_here[name] for name in known} == known


def test_gain_of_identity_is_kept_in_the_config():
    assert Identity(2).get_config() == {"gain": 2.0}


@pytest.mark.parametrize("cls", RANDOM)
def test_without_a_seed_every_call_draws_anew(cls):
    initializer = cls()
    assert not np.array_equal(initializer((4, 5)), initializer((4, 5)))


@pytest.mark.parametrize("cls", RANDOM)
@pytest.mark.parametrize("seed", [0, 7])
def test_with_a_seed_every_call_repeats(cls, seed):
    initializer = cls(seed=seed)
    first = initializer((4, 5))
    np.testing.assert_array_equal(first, initializer((4, 5)))
    np.testing.assert_array_equal(first, cls(seed=seed)((4, 5)))
    assert not np.array_equal(first, cls(seed=seed + 1)((4, 5)))


def test_the_package_seed_repeats_what_has_no_seed():
    initializer = RandomNormal()
    with config.seeded(3):
        first = initializer((2, 3)), initializer((2, 3))
    with config.seeded(3):
        again = initializer((2, 3)), initializer((2, 3))
    np.testing.assert_array_equal(first, again)


@pytest.mark.parametrize("name", initializers.NAMES)
def test_shape_and_type(name):
    w = initializers.get(name)((3, 4))
    assert w.shape == (3, 4)
    assert w.dtype == config.floatx()
    assert initializers.get(name)([3, 4], "float64").dtype == np.float64


def test_a_seed_draws_the_same_numbers_in_both_float_types():
    made = HeNormal(seed=1)
    np.testing.assert_array_equal(made((5, 4)), made((5, 4), "float64").astype("float32"))


def test_a_vector_may_be_asked_for_by_its_length():
    np.testing.assert_array_equal(initializers.Ones()(3), [1, 1, 1])


def test_constants():
    np.testing.assert_array_equal(initializers.Zeros()((2, 2)), 0)
    np.testing.assert_array_equal(Constant(1.5)((2, 2)), 1.5)
    np.testing.assert_array_equal(Identity(3)((2, 3)), [[3, 0, 0], [0, 3, 0]])


def test_a_function_of_the_shape_will_do():
    made = initializers.get(lambda shape, dtype=None: np.full(shape, 2))
    assert isinstance(made, Custom)
    assert made((2, 3)).dtype == config.floatx()
    np.testing.assert_array_equal(made((2, 3)), 2)


def test_a_class_of_ones_own():
    @dataclass
    class Alternating(Initializer):
        def draw(self, shape, rng):
            return (-1.0) ** np.arange(np.prod(shape)).reshape(shape)

    np.testing.assert_array_equal(initializers.get(Alternating)((2, 2)), [[1, -1], [1, -1]])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: initializers.get("he_norml"), ValueError, "Did you mean 'he_normal'"),
        (lambda: initializers.get(3), TypeError, "initializer must be a name such as 'glorot_"),
        (lambda: initializers.get(None), TypeError, "initializer must be a name"),
        (lambda: HeNormal(seed=1.5), TypeError, "seed must be a whole number, got 1.5"),
        (lambda: HeNormal(seed=-1), ValueError, "seed must be at least 0, got -1"),
        (lambda: HeNormal()((2, -1)), ValueError, "shape must be at least 0, got -1"),
        (lambda: HeNormal()((2, None)), TypeError, "shape must be a whole number, got None"),
        (lambda: VarianceScaling(0), ValueError, "scale must be above 0"),
        (lambda: VarianceScaling(mode="fan"), ValueError, "mode must be one of 'fan_in'"),
        (
            lambda: VarianceScaling(distribution="unifrom"),
            ValueError,
            "distribution must be one of .* Did you mean 'uniform'",
        ),
        (lambda: RandomUniform(1, 0), ValueError, "maxval must be at least 1, got 0"),
        (lambda: RandomUniform(None), TypeError, "minval must be a number"),
        (lambda: RandomNormal("0"), TypeError, "mean must be a number"),
        (lambda: RandomNormal(stddev=-1), ValueError, "stddev must be at least 0"),
        (lambda: Constant([1, 2]), TypeError, "value must be a number"),
        (lambda: Identity(np.inf), ValueError, "gain must be finite, got inf"),
        (lambda: Identity()((3,)), ValueError, r"Identity makes matrices.*got shape \(3,\)"),
        (lambda: Orthogonal("1"), TypeError, "gain must be a number"),
        (lambda: Orthogonal()((3,)), ValueError, r"two axes or more, got shape \(3,\)"),
        (lambda: Custom(3), TypeError, "function must be a function of a shape, got 3"),
        (lambda: Custom(lambda s: np.ones(2))((3,)), ValueError, r"shape \(3,\), got \(2,\)"),
        (lambda: Custom(np.ones).get_config(), TypeError, "cannot be written to a file"),
        (lambda: Initializer()((3,)), NotImplementedError, "Initializer must define draw"),
    ],
)
def test_wrong_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
