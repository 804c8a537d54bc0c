"""What layers say of wrong use, word for word: what came, what is wanted, and the fix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from course import Input, layers
from course.layers import (
    Add,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    LayerNormalization,
    Reshape,
    SimpleRNN,
    Softmax,
    Subtract,
)

X = np.ones((6, 2))
VECTOR, GRID, IMAGE = Input((2,)), Input((3, 2)), Input((8, 8, 1))
OPEN = Input((None,))


def built(layer: layers.Layer, *inputs: Any) -> None:
    """Call one layer on several inputs."""
    for x in inputs:
        layer(x)


MESSAGES: list[tuple[Callable[[], Any], str]] = [
    (lambda: BatchNormalization(axis=0),
     "BatchNormalization averages over the batch: axis must not be 0."),
    (lambda: BatchNormalization(axis=2)(VECTOR), "axis=2 does not fit inputs of shape (None, 2)."),
    (lambda: BatchNormalization(name="n")(OPEN),
     "BatchNormalization 'n' needs to know the number of features, axis=-1, got inputs of shape "
     "(None, None)."),
    (lambda: built(BatchNormalization(name="n"), VECTOR, GRID),
     "BatchNormalization 'n' was built for inputs of rank 2, batch included, got (None, 3, 2)."),
    (lambda: LayerNormalization(axis=()),
     "LayerNormalization works within each sample: axis=() must name at least one axis, and not "
     "the batch (0)."),
    (lambda: LayerNormalization(axis=(1, -1))(VECTOR),
     "axis=(1, -1) does not fit inputs of shape (None, 2): it must name different axes, the batch "
     "left out."),
    (lambda: LayerNormalization(name="n")(OPEN),
     "LayerNormalization 'n' needs to know the sizes along axis=-1, got inputs of shape "
     "(None, None)."),
    (lambda: built(LayerNormalization(name="n"), GRID, Input((3, 4))),
     "LayerNormalization 'n' was built for inputs of shape (None, None, 2), got (None, 3, 4)."),
    (lambda: Conv2D(4, 3, groups=2),
     "Conv2D has windows without gaps over all channels: dilation_rate and groups must be 1, got "
     "dilation_rate=(1, 1), groups=2. Leave them out; a larger kernel_size sees as far as dilated "
     "windows do."),
    (lambda: Conv2D(4, 3, name="c")(Input((8, 8, None))),
     "Conv2D 'c' needs a known number of channels, got inputs of shape (None, 8, 8, None)."),
    (lambda: Conv2D(4, (3, 3, 3)),
     "kernel_size must be a whole number or a pair (along height, along width), got (3, 3, 3)."),
    (lambda: Conv2D(4, 3, data_format="channels_first"),
     "data_format must be 'channels_last', images of shape (batch, height, width, channels), got "
     "'channels_first'. Channels that come first are moved by np.moveaxis(x, 1, -1)."),
    (lambda: Conv2D(4, 3, name="c")([IMAGE, IMAGE]),
     "Conv2D 'c' takes one input, got 2. Merge them first."),
    (lambda: Conv2D(4, 3, name="c")(Input((28, 20))),
     "Conv2D 'c' takes images of shape (batch, height, width, channels), got inputs of shape "
     "(None, 28, 20). Add a channel axis: x[..., np.newaxis], and Input((28, 20, 1))."),
    (lambda: Conv2D(4, 3, name="c")(VECTOR),
     "Conv2D 'c' takes images of shape (batch, height, width, channels), got inputs of shape "
     "(None, 2). Flat rows become images by Reshape((height, width, channels))."),
    (lambda: Conv2D(4, 3, name="c")(Input((2, 8, 8, 1))),
     "Conv2D 'c' takes images of shape (batch, height, width, channels), got inputs of shape "
     "(None, 2, 8, 8, 1)."),
    (lambda: Conv2D(4, (8, 9), name="c")(IMAGE),
     "Conv2D 'c' has windows of (8, 9) cells, but its input of shape (None, 8, 8, 1) is only 8 "
     "wide. Use padding='same', smaller windows, or fewer layers that shrink the image."),
    (lambda: Dense(3, name="d")([VECTOR, VECTOR]),
     "Dense 'd' takes one input, got 2, of shapes [(None, 2), (None, 2)]. Merge them first, for "
     "instance by Concatenate()([a, b])."),
    (lambda: Dense(3, name="d")(OPEN),
     "Dense 'd' needs inputs of shape (batch, features) with a known number of features, got "
     "(None, None)."),
    (lambda: Dropout(0.5, noise_shape=3),
     "noise_shape must be a tuple such as (None, 1, 8), None standing for the size of the input, "
     "got 3."),
    (lambda: Dropout(0.5, noise_shape=(None, 3))(VECTOR),
     "noise_shape=(None, 3) does not fit inputs of shape (None, 2): each entry must be None, 1 or "
     "the size there."),
    (lambda: Embedding(9, 2, mask_zero=True),
     "mask_zero=True is not supported: every layer would have to know of the mask. Leave it out; "
     "the vector of word 0 is learned like the others."),
    (lambda: Embedding(9, 2, name="e")([[0, 9]]),
     "Embedding 'e' takes whole numbers in [0, 9), got 9 at [0, 1]. Number the words from 0, or "
     "give a larger input_dim."),
    (lambda: Input((2,), batch_shape=(None, 2)),
     "Give either batch_shape, or shape and batch_size, not both."),
    (lambda: Input((2,), dtype="string"),
     "dtype must name real numbers, such as 'float32' or 'int32', got 'string'. Encode text as "
     "numbers first."),
    (lambda: Input(2), "Input(shape=...) takes a tuple such as (2,) for two features, got 2."),
    (lambda: Input(batch_shape=2),
     "Input(batch_shape=...) takes a tuple such as (None, 2) for any batch of two features, got "
     "2."),
    (lambda: Input(batch_shape=()),
     "batch_shape starts with the batch, such as (None, 2), got ()."),
    (lambda: Add(name="a")(VECTOR),
     "Add 'a' merges a list of tensors, got one of shape (None, 2). Call it on a list: "
     "Add()([a, b])."),
    (lambda: Add(name="a")([X, X[:3]]), "Add 'a' needs inputs of one batch size, got [6, 3]."),
    (lambda: Add(name="a")([VECTOR, Input((3,))]),
     "Add 'a' needs inputs of one shape, save for axes of size 1, got [(None, 2), (None, 3)]."),
    (lambda: Subtract(name="s")([VECTOR] * 3),
     "Subtract 's' takes exactly two inputs, got 3. Add up what is to be subtracted first: "
     "Subtract()([a, Add()([b, c])])."),
    (lambda: Concatenate(axis=0),
     "Concatenate joins features, not samples: axis must not be 0."),
    (lambda: Concatenate(axis=2)([VECTOR, VECTOR]),
     "axis=2 does not fit inputs of shape (None, 2)."),
    (lambda: Concatenate(name="c")([GRID, Input((4, 2))]),
     "Concatenate 'c' needs inputs that differ along axis -1 only, got "
     "[(None, 3, 2), (None, 4, 2)]."),
    (lambda: Reshape(4), "target_shape must be a tuple such as (3, 4) or (-1,), got 4."),
    (lambda: Reshape((0, 2)),
     "target_shape takes sizes of at least 1, of which one may be left open with -1, got (0, 2)."),
    (lambda: Reshape((4,), name="r")(GRID),
     "Reshape 'r' cannot turn inputs of shape (None, 3, 2), 6 numbers in a sample, into "
     "target_shape=(4,), which needs 4."),
    (lambda: Reshape((-1, 4), name="r")(GRID),
     "Reshape 'r' cannot turn inputs of shape (None, 3, 2), 6 numbers in a sample, into "
     "target_shape=(-1, 4), which needs a multiple of 4."),
    (lambda: SimpleRNN(4, name="r")(VECTOR),
     "SimpleRNN 'r' needs inputs of shape (batch, time, features) with a known number of features, "
     "got (None, 2). For one feature, add an axis: x[..., None]."),
    (lambda: built(SimpleRNN(4, name="r"), GRID, VECTOR),
     "SimpleRNN 'r' needs inputs of shape (batch, time, features), got (None, 2)."),
    (lambda: SimpleRNN(4, return_state=True),
     "return_state=True is not supported: a layer returns one array. The last state is what the "
     "layer returns without return_sequences; with it, it is y[:, -1]."),
    (lambda: SimpleRNN(4, stateful=True),
     "stateful=True is not supported: a layer keeps nothing between two batches. Give whole "
     "sequences as samples."),
    (lambda: Softmax(axis=0),
     "Softmax works within each sample: axis must not be 0, which is the batch."),
    (lambda: Softmax(axis=2)(VECTOR),
     "axis=2 does not fit inputs of shape (None, 2), whose first axis is the batch."),
]  # fmt: skip


TO_ONE, POSITIVE = "must be at least 0 and at most 1, got", "must be above 0, got"
COUNT = "must be at least 1, got"


@pytest.mark.parametrize(
    ("make", "argument", "within", "outside", "message"),
    [
        (BatchNormalization, "momentum", [0, 1], [-0.1, 1.5], TO_ONE),
        (BatchNormalization, "epsilon", [0.1, 9], [0, -1], POSITIVE),
        (LayerNormalization, "epsilon", [0.1, 9], [0, -1], POSITIVE),
        (Dropout, "rate", [0, 1], [-0.1, 1.5], TO_ONE),
        (layers.GaussianNoise, "stddev", [0, 1], [-0.1, 1.5], TO_ONE),
        (partial(SimpleRNN, 3), "dropout", [0, 1], [-0.1, 1.5], TO_ONE),
        (partial(SimpleRNN, 3), "recurrent_dropout", [0, 1], [-0.1, 1.5], TO_ONE),
        (SimpleRNN, "units", [1, 9], [0, -1], COUNT),
        (Dense, "units", [1, 9], [0, -1], COUNT),
        (partial(Conv2D, kernel_size=3), "filters", [1, 9], [0, -1], COUNT),
        (partial(Conv2D, 3), "kernel_size", [(1, 9), (9, 1)], [(0, 1), (1, 0)], COUNT),
        (partial(Conv2D, 3, 3), "strides", [(1, 9), (9, 1)], [(0, 1), (1, 0)], COUNT),
        (partial(Embedding, output_dim=3), "input_dim", [1, 9], [0, -1], COUNT),
        (partial(Embedding, 3), "output_dim", [1, 9], [0, -1], COUNT),
    ],
)
def test_the_range_of_each_argument(
    make: Callable[..., Any], argument: str, within: list, outside: list, message: str
) -> None:
    for value in within:
        assert getattr(make(**{argument: value}), argument) == value
    for value in outside:
        with pytest.raises(ValueError, match=f"^{argument} {message}"):
            make(**{argument: value})


@pytest.mark.parametrize(("call", "message"), MESSAGES, ids=lambda value: None)
def test_a_message_in_full(call: Callable[[], Any], message: str) -> None:
    with pytest.raises((TypeError, ValueError)) as error:
        call()
    assert str(error.value) == message
