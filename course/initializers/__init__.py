"""Initializers: where the weights start."""

from __future__ import annotations

from typing import Any

from course import lookup, serialization
from course.initializers.base import Initializer
from course.initializers.constant import Constant, Identity, Ones, Zeros
from course.initializers.custom import Custom
from course.initializers.orthogonal import Orthogonal
from course.initializers.presets import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    LecunNormal,
    LecunUniform,
)
from course.initializers.random import RandomNormal, RandomUniform, TruncatedNormal
from course.initializers.variance_scaling import VarianceScaling, fans

glorot_uniform = GlorotUniform
glorot_normal = GlorotNormal
he_uniform = HeUniform
he_normal = HeNormal
lecun_uniform = LecunUniform
lecun_normal = LecunNormal
variance_scaling = VarianceScaling
random_uniform = RandomUniform
random_normal = RandomNormal
truncated_normal = TruncatedNormal
orthogonal = Orthogonal
identity = Identity
zeros = Zeros
ones = Ones
constant = Constant

NAMES: dict[str, type[Initializer]] = {
    "glorot_uniform": GlorotUniform,
    "glorot_normal": GlorotNormal,
    "he_uniform": HeUniform,
    "he_normal": HeNormal,
    "lecun_uniform": LecunUniform,
    "lecun_normal": LecunNormal,
    "variance_scaling": VarianceScaling,
    "random_uniform": RandomUniform,
    "random_normal": RandomNormal,
    "truncated_normal": TruncatedNormal,
    "orthogonal": Orthogonal,
    "identity": Identity,
    "zeros": Zeros,
    "ones": Ones,
    "constant": Constant,
}

TABLE: dict[str, type[Initializer]] = {
    **NAMES,
    **{initializer.__name__: initializer for initializer in NAMES.values()},
    "uniform": RandomUniform,
    "normal": RandomNormal,
    "zero": Zeros,
    "one": Ones,
    "OrthogonalInitializer": Orthogonal,
    "IdentityInitializer": Identity,
}


def get(identifier: Any) -> Initializer:
    """Return an initializer for a name, a class, a config, an instance or a function.

    Parameters
    ----------
    identifier : str, type, dict, Initializer or callable
        ``'he_normal'``, ``HeNormal``, ``HeNormal(seed=1)``, ``{'class_name': 'HeNormal',
        'config': {'seed': 1}}``, or a function of the shape.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else.
    """
    identifier = serialization.custom(identifier)
    if callable(identifier) and not isinstance(identifier, Initializer | type):
        return Custom(identifier)
    return lookup.resolve(identifier, TABLE, "initializer", Initializer)


def serialize(initializer: Initializer) -> dict[str, Any]:
    """Return an entry for a file, see :mod:`course.serialization`; :func:`get` understands it."""
    thing = initializer.function if isinstance(initializer, Custom) else initializer
    return serialization.entry(thing, "keras.initializers", TABLE)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the initializer that :func:`serialize`, here or in Keras, described.

    Parameters
    ----------
    config : dict, str or None
        What `serialize` returned.
    custom_objects : dict of str to object, optional
        Classes and functions of one's own, by name.
    """
    with serialization.custom_object_scope(custom_objects):
        return get(config)


__all__ = [
    "Constant",
    "Custom",
    "GlorotNormal",
    "GlorotUniform",
    "HeNormal",
    "HeUniform",
    "Identity",
    "Initializer",
    "LecunNormal",
    "LecunUniform",
    "Ones",
    "Orthogonal",
    "RandomNormal",
    "RandomUniform",
    "TruncatedNormal",
    "VarianceScaling",
    "Zeros",
    "constant",
    "deserialize",
    "fans",
    "get",
    "glorot_normal",
    "glorot_uniform",
    "he_normal",
    "he_uniform",
    "identity",
    "lecun_normal",
    "lecun_uniform",
    "ones",
    "orthogonal",
    "random_normal",
    "random_uniform",
    "serialize",
    "truncated_normal",
    "variance_scaling",
    "zeros",
]
