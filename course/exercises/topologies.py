"""Lesson 17, topologies: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote
from course.experiments.sobel import SOBEL_X, SOBEL_Y

# -- worked: Sobel by hand -------------------------------------------------------------------


def sobel(image: np.ndarray) -> np.ndarray:
    rows, columns = image.shape[0] - 2, image.shape[1] - 2
    G = np.zeros((rows, columns))
    for r in range(rows):
        for s in range(columns):
            window = image[r : r + 3, s : s + 3]
            gx = np.sum(window * SOBEL_X)
            gy = np.sum(window * SOBEL_Y)
            G[r, s] = np.sqrt(gx**2 + gy**2)
    return G


def _both(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))
    return np.sum(windows * SOBEL_X, axis=(2, 3)), np.sum(windows * SOBEL_Y, axis=(2, 3))


def _sum(image: np.ndarray) -> np.ndarray:
    gx, gy = _both(image)
    return np.sqrt((gx + gy) ** 2)


def _absolute(image: np.ndarray) -> np.ndarray:
    gx, gy = _both(image)
    return np.abs(gx) + np.abs(gy)


def _no_root(image: np.ndarray) -> np.ndarray:
    gx, gy = _both(image)
    return gx**2 + gy**2


def _only_x(image: np.ndarray) -> np.ndarray:
    return np.abs(_both(image)[0])


def _padded(image: np.ndarray) -> np.ndarray:
    return sobel(np.pad(image, 1))


EDGE = np.array([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]], float)
CORNER = np.array([[0, 0, 0, 0, 2], [0, 1, 3, 1, 0], [5, 0, 1, 0, 1], [1, 1, 0, 2, 0.0]])

sobel_exercise = Exercise(
    "sobel",
    sobel,
    [(EDGE,), (CORNER,)],
    {
        "Square each of the two first, then add: opposite signs must not cancel.": _sum,
        "That is |Gx| + |Gy|; the length of (Gx, Gy) is √(Gx² + Gy²).": _absolute,
        "The root is missing.": _no_root,
        "Only edges in one direction are found: use both filters.": _only_x,
        "Windows stay within the image here ('valid'): the result is smaller by 2.": _padded,
    },
    hints=("window * SOBEL_X, summed, is one number.", "G is the length of (gx, gy)."),
    key="17.sobel_exercise",
)

# -- faded: how large is the output? ---------------------------------------------------------


def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    if padding == "same":
        return -(-size // stride)  # rounded up
    return (size - kernel) // stride + 1


def _no_one(size: int, kernel: int, stride: int, padding: str) -> int:
    return -(-size // stride) if padding == "same" else (size - kernel) // stride


def _rounded_up(size: int, kernel: int, stride: int, padding: str) -> int:
    return -(-size // stride) if padding == "same" else -(-(size - kernel) // stride) + 1


def _no_stride(size: int, kernel: int, stride: int, padding: str) -> int:
    return size if padding == "same" else size - kernel + 1


def _same_size(size: int, kernel: int, stride: int, padding: str) -> int:
    return size if padding == "same" else (size - kernel) // stride + 1


def _cut_off(size: int, kernel: int, stride: int, padding: str) -> int:
    return size // stride if padding == "same" else (size - kernel) // stride + 1


def _fraction(size: int, kernel: int, stride: int, padding: str) -> float:
    return size / stride if padding == "same" else (size - kernel) / stride + 1


size_exercise = Exercise(
    "output_size",
    output_size,
    [(14, 5, 1, "valid"), (8, 3, 2, "valid"), (10, 2, 2, "valid"), (7, 3, 2, "same"),
     (9, 3, 1, "same")],
    {
        "Fencepost: the window's first place counts, too. Add 1.": _no_one,
        "A window that would stick out is not used: round down.": _rounded_up,
        "'same' keeps the size at stride 1 only; otherwise divide by the stride.": _same_size,
        "With stride 2 only every second place is used: divide.": _no_stride,
        "'same' rounds up: zeros are added for the last window.": _cut_off,
        "A size is a whole number: // rounds down.": _fraction,
    },
    hints=(
        "valid: the window can start at 0, stride, 2·stride, ..., at most at size − kernel.",
        "same: zeros around the image, so that only the stride makes it smaller; round up.",
    ),
    key="17.size_exercise",
)  # fmt: skip

# -- alone: how many numbers does Conv2D learn? ----------------------------------------------


def conv_parameters(kernel: int, channels: int, filters: int) -> int:
    return (kernel * kernel * channels + 1) * filters


def _no_bias(kernel: int, channels: int, filters: int) -> int:
    return kernel * kernel * channels * filters


def _one_bias(kernel: int, channels: int, filters: int) -> int:
    return kernel * kernel * channels * filters + 1


def _one_channel(kernel: int, channels: int, filters: int) -> int:
    return (kernel * kernel + 1) * filters


def _one_side(kernel: int, channels: int, filters: int) -> int:
    return (kernel * channels + 1) * filters


def _bias_a_channel(kernel: int, channels: int, filters: int) -> int:
    return (kernel * kernel + 1) * channels * filters


parameters_exercise = Exercise(
    "conv_parameters",
    conv_parameters,
    [(3, 1, 12), (5, 3, 9), (1, 4, 2)],
    {
        "Each filter has a bias, too.": _no_bias,
        "Not one bias in all: one for each filter.": _one_bias,
        "A filter reaches through all channels of its input: the kernel times channels.": (
            _one_channel
        ),
        "A window has kernel rows and kernel columns: kernel · kernel.": _one_side,
        "One bias a filter, not one for each channel that it sees.": _bias_a_channel,
    },
    hints=(
        "How many numbers are in one window of an image with so many channels?",
        "That many weights and one bias a filter; the size of the image does not occur.",
    ),
    key="17.parameters_exercise",
)

# -- predictions -----------------------------------------------------------------------------

predict_filters = Prediction(
    (
        "Four filters of 3×3, ReLU, one dense layer. The filters are Sobel's (1968), random, or "
        "learned from 1,000 digits. How do learned ones and Sobel's compare on new digits?"
    ),
    "17.filters",
    (
        "learned, by more than 1 point over Sobel",
        "Sobel, by more than 1 point over learned",
        "Sobel and learned within 1 point",
    ),
)
SHIFT = (
    "A CNN and an MLP of one size learned digits in the middle of 14×14 pixels. Now the digits "
    "stand one pixel further right. What becomes of the CNN's accuracy, about 98 %?"
)
SHIFT_CHOICES = (
    "it stays: convolution is invariant",
    "it falls by less than 10 points",
    "it falls by more than 20 points",
)
predict_shift = Prediction(SHIFT, "17.shift", SHIFT_CHOICES)
vote_shift = Vote(
    "In class: how many hands for each?", SHIFT_CHOICES, (0.5, 0.35, 0.15), key="17.vote_shift"
)
predict_counter = Prediction(
    (
        "An Elman network learned to count the ones in sequences of 12. The same weights serve at "
        "every step, so now it reads 18. Does it count?"
    ),
    "17.counter",
    ("yes, with tanh and with ReLU", "with tanh only", "with ReLU only", "with neither"),
)

# -- questions -------------------------------------------------------------------------------

recall_size = Quiz(
    "A layer Dense(16) reads images of 14×14 pixels, flattened. How many numbers does it learn?",
    {
        "3,152": (True, "196 weights and a bias for each of the 16 units: 197 · 16."),
        "3,136": (False, "The 16 biases are missing."),
        "212": (False, "Each unit has a weight of its own for every pixel: 197 · 16."),
    },
    key="17.recall_size",
)
recall_gain = Quiz(
    "A signal passes thirty layers that each multiply it by about 0.5. What is left?",
    {
        "About 10⁻⁹": (True, "Depth is an exponent: 0.5³⁰."),
        "About 1/60": (False, "That divides by 2·30; layers multiply."),
        "About a half": (False, "Every layer takes its half, not only the last."),
    },
    key="17.recall_gain",
)
invariant = Quiz(
    "“A convolutional layer gives the same output wherever the digit is: it is invariant.”",
    {
        "True": (False, "Its map moved along with the digit, to the pixel; it did not stay."),
        "False: it is equivariant; the map moves along": (
            True,
            "What comes behind decides: a dense layer reads places, a global maximum does not.",
        ),
        "False: it is neither": (
            False,
            "In the interior the moved map was equal, number by number.",
        ),
    },
    key="17.invariant",
)
learned_best = Quiz(
    "“Learned filters beat engineered ones.”",
    {
        "Always: they fit the task": (
            False,
            "On these digits Sobel's four did as well: the two came within a point.",
        ),
        "Measure: it depends on task and data": (
            True,
            "Four filters from 1968 did as well here; on photographs, learned ones win.",
        ),
        "Never with 1,000 images": (
            False,
            "A tie on one set of digits is no rule for others; learned ones did beat random ones.",
        ),
    },
    key="17.learned_best",
)
depth_alone = Quiz(
    "“34 layers work as soon as there are residual connections.”",
    {
        "True": (
            False,
            "Without normalization and with He's weights in every block they failed here.",
        ),
        "The start matters as well: each block should begin as a small change": (
            True,
            "Zeros in the second layer of each block, or identity matrices without any road.",
        ),
        "False: 34 layers never work": (
            False,
            "Begun at F = 0, residual ones did, with every seed.",
        ),
    },
    key="17.depth_alone",
)
transfer = Quiz(
    (
        "A new case: a table of patients, with columns age, weight, pulse, in any order. Somebody "
        "slides a convolution over the columns. What does that assume?"
    ),
    {
        "That neighbouring columns belong together, and that a pattern means the same in each": (
            True,
            "For pixels that is so. For columns in any order it is not: use Dense.",
        ),
        "Nothing: fewer weights are always safer": (
            False,
            "Sharing weights is a claim about the data, and here a false one.",
        ),
        "That patients are independent": (
            False,
            "That is about rows; a filter slides over columns.",
        ),
    },
    key="17.transfer",
)

recall = (recall_size, recall_gain)
questions = (invariant, learned_best, depth_alone, transfer)
