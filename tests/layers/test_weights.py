"""Every weight has the starting value, the penalty and the projection that were given for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from course import Input, layers
from course.constraints import MaxNorm
from course.initializers import Constant
from course.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    Embedding,
    LayerNormalization,
    SimpleRNN,
)
from course.regularizers import L2

KERNEL_AND_BIAS = {"kernel": "kernel", "bias": "bias"}
GAMMA_AND_BETA = {"gamma": "gamma", "beta": "beta"}


@pytest.mark.parametrize(
    ("make", "shape", "names"),
    [
        (partial(Dense, 3), (2,), KERNEL_AND_BIAS),
        (partial(Conv2D, 3, 2), (4, 4, 1), KERNEL_AND_BIAS),
        (partial(SimpleRNN, 3), (4, 2), KERNEL_AND_BIAS | {"recurrent": "recurrent_kernel"}),
        (partial(Embedding, 9, 3), (4,), {"embeddings": "embeddings"}),
        (BatchNormalization, (2,), GAMMA_AND_BETA),
        (LayerNormalization, (2,), GAMMA_AND_BETA),
    ],
)
def test_what_is_given_for_a_weight_is_for_that_weight(
    make: Callable[..., layers.Layer], shape: tuple[int, ...], names: dict[str, str]
) -> None:
    numbers = dict(zip(names, range(1, 9), strict=False))
    initial = {f"{name}_initializer": Constant(i) for name, i in numbers.items()}
    penalties = {f"{name}_regularizer": L2(i) for name, i in numbers.items()}
    projections = {f"{name}_constraint": MaxNorm(i) for name, i in numbers.items()}
    layer = make(**initial, **penalties, **projections)
    layer(Input(shape))
    for name, attribute in names.items():
        weight = getattr(layer, attribute)
        assert (weight.name, set(weight.value.ravel())) == (attribute, {numbers[name]})
        assert weight.regularizer is penalties[f"{name}_regularizer"]
        assert weight.constraint is projections[f"{name}_constraint"]
        assert weight.trainable


def test_where_moving_averages_start() -> None:
    layer = BatchNormalization(
        moving_mean_initializer=Constant(3), moving_variance_initializer=Constant(5)
    )
    layer(Input((2,)))
    averages = (layer.moving_mean, layer.moving_variance)
    assert [a.name for a in averages] == ["moving_mean", "moving_variance"]
    assert [a.value.tolist() for a in averages] == [[3, 3], [5, 5]]
    assert not any(a.trainable for a in averages)
