"""Lesson 01, the dense layer: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: how many numbers does an image network learn? -----------------------------------


def image_parameters(side: int, channels: int, window: int, filters: int, units: int) -> int:
    conv = (window * window * channels + 1) * filters  # each filter has a bias
    flat = side * side * filters  # padding="same" keeps the sides
    dense = (flat + 1) * units  # each unit has one, too
    return conv + dense


def _one_channel(side: int, channels: int, window: int, filters: int, units: int) -> int:
    return image_parameters(side, 1, window, filters, units)


def _shrunk(side: int, channels: int, window: int, filters: int, units: int) -> int:
    less = side - window + 1
    return (window * window * channels + 1) * filters + (less * less * filters + 1) * units


def _channels_remain(side: int, channels: int, window: int, filters: int, units: int) -> int:
    return (window * window * channels + 1) * filters + (side * side * channels + 1) * units


def _weights_alone(side: int, channels: int, window: int, filters: int, units: int) -> int:
    return window * window * channels * filters + side * side * filters * units


def _one_bias_a_layer(side: int, channels: int, window: int, filters: int, units: int) -> int:
    return _weights_alone(side, channels, window, filters, units) + 2


image_exercise = Exercise(
    "image_parameters",
    image_parameters,
    [(20, 3, 3, 2, 2), (8, 1, 3, 4, 10), (28, 1, 5, 6, 10)],
    {
        "A filter looks at all channels at once: its window has window² · channels weights.": (
            _one_channel
        ),
        "padding='same' keeps the sides: the image does not shrink.": _shrunk,
        "After the filters an image has as many channels as there are filters.": _channels_remain,
        "These are the weights alone; each filter and each unit has a bias, too.": _weights_alone,
        "One bias a layer is too few: each filter and each unit has its own.": _one_bias_a_layer,
    },
    hints=(
        "Count one filter with its bias, then one unit with its bias.",
        "A filter has window² · channels weights, a unit side² · filters.",
    ),
)

# -- faded: what a Dense layer computes ------------------------------------------------------


def dense_relu(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    z = x @ W + b  # one column a unit
    return np.maximum(z, 0)


def _dense_case() -> tuple[np.ndarray, ...]:
    x = np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, -1.0, 0.5]])
    W = np.array([[1.0, -2.0, 0.5], [2.0, 1.0, -1.0], [-1.0, 3.0, 2.0]])
    return x, W, np.array([0.5, -1.0, 2.0])


def _sigmoid(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(x @ W + b)))


dense_exercise = Exercise(
    "dense_relu",
    dense_relu,
    [_dense_case()],
    {
        "The activation is missing: ReLU turns what is negative into 0.": (
            lambda x, W, b: x @ W + b
        ),
        "The bias is missing: each unit adds its own b before the activation.": (
            lambda x, W, b: np.maximum(x @ W, 0)
        ),
        "The bias comes too late: first x·W + b, then the activation.": (
            lambda x, W, b: np.maximum(x @ W, 0) + b
        ),
        "The bias is subtracted: it is x·W plus b.": lambda x, W, b: np.maximum(x @ W - b, 0),
        "W is turned over: it has a row for each input and a column for each unit, so x @ W.": (
            lambda x, W, b: np.maximum(x @ W.T + b, 0)
        ),
        "The order is turned round: each row of x is a sample, so x @ W.": (
            lambda x, W, b: np.maximum(W @ x + b, 0)
        ),
        "* multiplies number by number; a weighted sum is @.": (
            lambda x, W, b: np.maximum(x * W + b, 0)
        ),
        "The activation kept the negative side: ReLU is the larger of z and 0.": (
            lambda x, W, b: np.minimum(x @ W + b, 0)
        ),
        "This is the absolute value: ReLU gives 0 where z is negative.": (
            lambda x, W, b: np.abs(x @ W + b)
        ),
        "This is the sigmoid: here the activation is ReLU.": _sigmoid,
    },
    hints=(
        "x @ W has a row for each sample and a column for each unit; b has one number a unit.",
        "z = x @ W + b; then np.maximum(z, 0).",
    ),
)

# -- alone: two linear layers are one --------------------------------------------------------


def collapse(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    return W1 @ W2, b1 @ W2 + b2


def _linear_case() -> tuple[np.ndarray, ...]:
    W1, W2 = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[2.0, 0.0], [1.0, -2.0]])
    return W1, np.array([1.0, -3.0]), W2, np.array([0.5, 2.0])


collapse_exercise = Exercise(
    "collapse",
    collapse,
    [_linear_case()],
    {
        "W2 @ W1 is the wrong way round: the data meets W1 first, so W1 @ W2.": (
            lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2)
        ),
        "b1 goes through the second layer as well: it is multiplied by W2.": (
            lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2)
        ),
        "b2 is missing: the second layer adds it.": lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2),
        "b1 is missing: the second layer multiplies it by W2, it does not vanish.": (
            lambda W1, b1, W2, b2: (W1 @ W2, b2)
        ),
        "b1 is a row, like a sample: b1 @ W2, not W2 @ b1.": (
            lambda W1, b1, W2, b2: (W1 @ W2, W2 @ b1 + b2)
        ),
        "Only b1 passes through W2; b2 is added after it.": (
            lambda W1, b1, W2, b2: (W1 @ W2, (b1 + b2) @ W2)
        ),
        "* multiplies number by number; one layer after the other is @.": (
            lambda W1, b1, W2, b2: (W1 * W2, b1 @ W2 + b2)
        ),
        "Layers follow each other: their weights multiply, they do not add.": (
            lambda W1, b1, W2, b2: (W1 + W2, b1 + b2)
        ),
    },
    hints=(
        "Write it out: (x @ W1 + b1) @ W2 + b2. Multiply out the bracket.",
        "x @ W1 @ W2 + b1 @ W2 + b2: what multiplies x is W, the rest is b.",
    ),
)

# -- predictions -----------------------------------------------------------------------------

SCALE_CHOICES = (
    "it moves, five times as far from the origin",
    "it turns",
    "it stays, and so do all answers",
    "it stays, and the answer changes more steeply across it",
)
predict_scale = Prediction(
    "A sigmoid unit. Multiply w1, w2 and b by 5: what becomes of the line where it answers ½?",
    "01.scale",
    SCALE_CHOICES,
)
vote_scale = Vote("In class: how many hands for each?", SCALE_CHOICES, (0.35, 0.15, 0.15, 0.35))

predict_count = Prediction(
    "Images of 20×20×3 → two 3×3 filters, padding 'same' → Flatten → 2 units. "
    "How many numbers does it learn?",
    "01.count",
    ("1,354", "1,622", "1,658", "2,458"),
)
DEPTH_CHOICES = (
    "a closed curve around the inner circle",
    "a polygon of ten edges",
    "one straight line",
)
predict_depth = Prediction(
    "Ten Dense layers of 8 units without activation, then a sigmoid unit, trained on two circles: "
    "which boundary can it draw?",
    "01.depth",
    DEPTH_CHOICES,
)
predict_equal = Prediction(
    "2-8-1, and all weights start at 0.5. After training, how many of its 8 hidden units still "
    "have the same weights as the first one?",
    "01.equal",
    ("1: each has found a job of its own", "about half of them", "all 8"),
)

# -- questions -------------------------------------------------------------------------------

recall_units = Quiz(
    "Dense(3): what is the 3, and what are the weights?",
    {
        "Both are parameters": (False, "The 3 is set by you and left alone by fit."),
        "The 3 is a hyperparameter, the weights are parameters": (
            True,
            "You set the 3; fit changes the weights. Today: how many weights that makes.",
        ),
        "The 3 is a parameter, the weights are hyperparameters": (
            False,
            "The other way round: parameters are what fit changes.",
        ),
    },
)
recall_line = Quiz(
    "Two ReLU units could not enclose a disc, three could. What does one unit contribute?",
    {
        "A straight line, and a side of it": (
            True,
            "It is on where w1·x1 + w2·x2 + b > 0. Three lines can surround a disc.",
        ),
        "A small circle": (False, "x1 and x2 come to the power of one: that makes a line."),
        "One point of the data": (False, "A unit answers over the whole plane."),
    },
)
depth_bends = Quiz(
    "“One Dense layer without activation draws a straight line. Ten of them draw a curve.”",
    {
        "True: depth bends": (
            False,
            "Measured: ten layers gave the answers of one matrix and one bias.",
        ),
        "True, once they are trained long enough": (
            False,
            "Training changes the ten matrices; their product is one matrix all the same.",
        ),
        "False: without an activation between them they are one layer": (
            True,
            "(x·W₁ + b₁)·W₂ + b₂ = x·(W₁·W₂) + (b₁·W₂ + b₂), and so on.",
        ),
    },
)
scaling_moves = Quiz(
    "“All weights and the bias of a sigmoid unit were doubled: its boundary has moved.”",
    {
        "True: w says where the line is": (
            False,
            "Only the ratios of w1, w2 and b do: 2z = 0 where z = 0.",
        ),
        "False: the line stays, the unit is surer": (
            True,
            "z doubles everywhere; the step from 0.1 to 0.9 takes half as long.",
        ),
        "False: nothing changes at all": (False, "Off the line every answer moved towards 0 or 1."),
    },
)
start_at_zero = Quiz(
    "“Start all weights at 0: then no unit is favoured.”",
    {
        "Good: it is fair": (
            False,
            "So fair that all units stay the same. At 0 not even that: behind a weight of 0 no "
            "error gets through, and in front of it the unit answers 0.",
        ),
        "Bad: units that start equal stay equal; start at random": (
            True,
            "Equal units get equal gradients. Biases may start at 0: the weights differ.",
        ),
        "It does not matter: the order of the data tells them apart": (
            False,
            "All units see the same sample at the same time. Measured: all 8 stayed one.",
        ),
    },
)
transfer = Quiz(
    "A new case: sentences of 100 words, each word 512 numbers, so x has shape (batch, 100, 512). "
    "How many numbers does Dense(64) learn?",
    {
        "32,832": (
            True,
            "512·64 + 64. Dense works along the last axis: the same W and b for every word.",
        ),
        "3,276,864": (
            False,
            "That is a unit that sees all 51,200 numbers at once: it would take a Flatten first.",
        ),
        "3,283,200": (False, "That is one layer for each word; they share a single one."),
    },
)

recall = (recall_units, recall_line)
questions = (depth_bends, scaling_moves, start_at_zero, transfer)
