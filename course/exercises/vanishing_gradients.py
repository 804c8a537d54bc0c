"""Lesson 11, vanishing gradients: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote


def gain(width: int, maxval: float) -> float:
    return np.sqrt(width) * maxval / np.sqrt(3)


def backward_step(delta: np.ndarray, W: np.ndarray, h: np.ndarray) -> np.ndarray:
    dz = delta * (1 - h**2)  # back through tanh
    return dz @ W.T  # back through the weights


def balanced_maxval(width: int) -> float:
    return np.sqrt(3 / width)


def _step_case() -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(0)
    return rng.normal(size=(4, 3)), rng.normal(size=(3, 3)), rng.uniform(-1, 1, (4, 3))


gain_exercise = Exercise(
    "gain",
    gain,
    [(12, 0.5), (3, 0.5), (50, 0.2)],
    {
        "n instead of √n: variances add, standard deviations do not.": (
            lambda width, maxval: width * maxval / np.sqrt(3)
        ),
        "The √3 is missing: the standard deviation of U(−a, a) is a/√3.": (
            lambda width, maxval: np.sqrt(width) * maxval
        ),
        "The number of inputs is missing: a sum of n terms is √n times as wide.": (
            lambda width, maxval: maxval / np.sqrt(3)
        ),
    },
    hints=("Variances of independent terms add.", "The variance of U(−a, a) is a²/3."),
    key="11.gain_exercise",
)
step_exercise = Exercise(
    "backward_step",
    backward_step,
    [_step_case()],
    {
        "W instead of its transpose: going back, weights lead from output to input.": (
            lambda delta, W, h: (delta * (1 - h**2)) @ W
        ),
        "The slope of tanh is missing: going back through it multiplies by 1 − h².": (
            lambda delta, W, h: delta @ W.T
        ),
        "1 − h instead of 1 − h²: tanh′ is one minus the square of tanh.": (
            lambda delta, W, h: (delta * (1 - h)) @ W.T
        ),
        "h is tanh(z) already: its slope is 1 − h², not 1 − tanh(h)².": (
            lambda delta, W, h: (delta * (1 - np.tanh(h) ** 2)) @ W.T
        ),
        "h instead of its slope: going back, tanh multiplies by 1 − h².": (
            lambda delta, W, h: (delta * h) @ W.T
        ),
        "The slope comes too late: first times 1 − h², then through the weights.": (
            lambda delta, W, h: (delta @ W.T) * (1 - h**2)
        ),
        "That is dz, before the weights: go on through Wᵀ.": (
            lambda delta, W, h: delta * (1 - h**2)
        ),
    },
    hints=(
        "Forward it was h = tanh(x @ W). Undo the last thing first: which slope has tanh at h?",
        "dz = delta * (1 - h**2); then each input sums over the weights that leave it: W.T.",
    ),
    key="11.step_exercise",
)
balance_exercise = Exercise(
    "balanced_maxval",
    balanced_maxval,
    [(12,), (3,), (50,)],
    {
        "1/√n is the standard deviation that is needed; a is √3 times as large.": (
            lambda width: 1 / np.sqrt(width)
        ),
        "Upside down: more inputs need smaller weights.": lambda width: np.sqrt(width / 3),
        "3/n is a²: take the root.": lambda width: 3 / width,
        "n is under the root, too: a = √(3/n).": lambda width: np.sqrt(3) / width,
        "0.5 balances 12 inputs; for another number it must change.": lambda width: 0.5,
    },
    hints=("Set √n · a/√3 equal to 1.", "Check: at n = 12 it is 0.5."),
    key="11.balance_exercise",
)

TWENTY = "The same network with 20 hidden layers instead of one: what will it do, on five seeds?"
TWENTY_CHOICES = (
    "it learns better",
    "it learns about as well",
    "it learns on some seeds",
    "it guesses",
)
predict_twenty = Prediction(TWENTY, "11.twenty", TWENTY_CHOICES)
vote_twenty = Vote(
    "In class: how many hands for each?",
    TWENTY_CHOICES,
    (0.2, 0.15, 0.4, 0.25),
    key="11.vote_twenty",
)
predict_width = Prediction(
    "20 tanh layers of 100 units from U(−0.5, 0.5): do they learn?",
    "11.width",
    (
        "yes: wider always rescues",
        "only with a small learning rate",
        "only with a large learning rate",
        "never",
    ),
)

recall_update = Quiz(
    (
        "One step of SGD: w ← w − 0.1 · g. The gradient g of a weight is 10⁻⁶. By how much does "
        "the weight move?"
    ),
    {
        "By 0.1": (False, "That would be a gradient of 1: the step is rate times gradient."),
        "By 10⁻⁷": (
            True,
            "Rate times gradient. In 1,000 steps it moves by about 10⁻⁴: not at all.",
        ),
        "Not at all: it has converged": (
            False,
            (
                "A small gradient can mean that, or that the error did not get through. The step "
                "itself is 10⁻⁷."
            ),
        ),
    },
    key="11.recall_update",
)
recall_slope = Quiz(
    "What are the steepest slopes of the sigmoid and of tanh?",
    {
        "¼ and 1": (True, "Both at 0; everywhere else they are flatter."),
        "1 and 1": (False, "The sigmoid is flatter: σ′ = σ(1 − σ), at most ½ · ½."),
        "½ and 1": (False, "½ is the sigmoid's value at 0; its slope there is ½ · ½."),
    },
    key="11.recall_slope",
)
only_the_slope = Quiz(
    "“Gradients vanish because σ′ is small. With a slope of 1 there is no problem.”",
    {
        "True: the slopes are the only factors": (
            False,
            (
                "Look at the product: each slope comes with a weight. tanh has slope 1 at 0, and "
                "at width 8 the error still fell below a tenth."
            ),
        ),
        "False: the weights multiply too": (
            True,
            "Slope × weight counts; with n weights of U(−a, a), about √n·a/√3 a layer.",
        ),
        "False: a slope of 1 makes it explode": (
            False,
            "Only where the gain is above 1. A linear layer has slope 1 and can do either.",
        ),
    },
    key="11.only_the_slope",
)
wider_rescues = Quiz(
    "“20 tanh layers from U(−0.5, 0.5) do not learn: make them wider.”",
    {
        "Good advice: wider is always better": (
            False,
            (
                "From 8 to 20 units it helped. At 100 units the error at the front was hundreds "
                "of times larger than at the end, and of four rates only the smallest worked well."
            ),
        ),
        "Useless: width does not matter": (
            False,
            "It moves the gain: √8 · 0.289 = 0.82, √20 · 0.289 = 1.29.",
        ),
        "It helps up to a point, then the gain is too large": (
            True,
            (
                "A window around the gain 1, and it depends on the learning rate. An "
                "initializer that knows the width (He, Glorot) keeps the gain where it belongs."
            ),
        ),
    },
    key="11.wider_rescues",
)
remedies_add_up = Quiz(
    "“ReLU with He weights helps. Residual connections help. Both together help most.”",
    {
        "Of course": (
            False,
            (
                "Measured: at 20 layers none of 40 runs learned. Each layer adds a He-sized "
                "signal to what it got, and after 20 layers the activations were above 1,000."
            ),
        ),
        "Not without something that keeps the sum in size": (
            True,
            "With batch normalization inside, the same network learned.",
        ),
        "Residual connections replace the initializer": (
            False,
            "No: each branch still has weights, and their size decides how fast the sum grows.",
        ),
    },
    key="11.remedies_add_up",
)
transfer = Quiz(
    (
        "A new case: a recurrent network reads 50 words with the same weights at every word. At "
        "start-up its gain is 0.9. What do you expect?"
    ),
    {
        "It forgets the first words: 0.9⁵⁰ is about 0.005": (
            True,
            "Time is depth. Little error reaches the beginning of the sentence.",
        ),
        "Nothing special: it has one layer": (
            False,
            "One layer, used 50 times: the same factor 50 times in the product.",
        ),
        "It explodes": (False, "0.9 is below 1. With 1.1 it would grow by a factor of about 117."),
    },
    key="11.transfer",
)

recall = (recall_update, recall_slope)
questions = (only_the_slope, wider_rescues, remedies_add_up, transfer)
