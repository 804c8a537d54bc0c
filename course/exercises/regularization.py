"""Lesson 13, regularization: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: one step with an L2 penalty shrinks -----------------------------------------------


def l2_step(w: np.ndarray, gradient: np.ndarray, learning_rate: float, l2: float) -> np.ndarray:
    shrunk = (1 - 2 * learning_rate * l2) * w  # the penalty's part
    return shrunk - learning_rate * gradient  # the data's part


def _without_two(w, gradient, learning_rate, l2):
    return (1 - learning_rate * l2) * w - learning_rate * gradient


def _without_rate(w, gradient, learning_rate, l2):
    return (1 - 2 * l2) * w - learning_rate * gradient


def _growing(w, gradient, learning_rate, l2):
    return (1 + 2 * learning_rate * l2) * w - learning_rate * gradient


def _after(w, gradient, learning_rate, l2):
    return (1 - 2 * learning_rate * l2) * (w - learning_rate * gradient)


def _signs(w, gradient, learning_rate, l2):
    return w - learning_rate * (gradient + l2 * np.sign(w))


l2_exercise = Exercise(
    "l2_step",
    l2_step,
    [
        (np.array([2.0, -1.0]), np.array([0.0, 0.0]), 0.1, 0.5),
        (np.array([2.0, -1.0, 0.3]), np.array([0.5, -4.0, 1.0]), 0.2, 0.25),
    ],
    {
        "The derivative of λw² is 2λw: there is no ½ in this penalty.": _without_two,
        "The penalty's gradient, too, is multiplied by the learning rate.": _without_rate,
        "That makes w longer: a step goes against the gradient.": _growing,
        "Both gradients belong to the old w: shrink w, not the result of the step.": _after,
        "λ·sign(w) is the gradient of L1; that of L2 grows with w.": _signs,
    },
    hints=("Write w − η(g + 2λw) and sort by w.", "(1 − 2ηλ)·w − η·g."),
    key="13.l2_exercise",
)

# -- faded: inverted dropout -------------------------------------------------------------------


def inverted_dropout(x: np.ndarray, uniform: np.ndarray, rate: float) -> np.ndarray:
    kept = uniform >= rate
    return x * kept / (1 - rate)


def _others_kept(x, uniform, rate):
    return x * (uniform < rate) / (1 - rate)


def _unscaled(x, uniform, rate):
    return x * (uniform >= rate)


def _by_rate(x, uniform, rate):
    return x * (uniform >= rate) / rate


def _old(x, uniform, rate):
    return x * (uniform >= rate) * (1 - rate)


def _keep_rate(x, uniform, rate):
    return x * (uniform < rate) / rate


X = np.array([[1.0, -2.0, 3.0, 4.0], [5.0, 6.0, -7.0, 8.0]])
UNIFORM = np.array([[0.1, 0.3, 0.55, 0.9], [0.7, 0.05, 0.35, 0.6]])

dropout_exercise = Exercise(
    "inverted_dropout",
    inverted_dropout,
    [(X, UNIFORM, 0.2), (X, UNIFORM, 0.5), (X, UNIFORM, 0.75)],
    {
        "The wrong ones fall: uniform < rate happens with probability rate.": _others_kept,
        "The average became smaller: divide by the probability of being kept.": _unscaled,
        "Divide by the probability of being kept, not of being dropped.": _by_rate,
        "That is the scaling of old papers, for test time. In training, divide.": _old,
        "That takes `rate` as the probability of being kept, as old slides do.": _keep_rate,
    },
    hints=(
        "uniform is below 0.2 in one of five cases: with rate 0.2 these are dropped.",
        "Kept with probability 1 − rate: dividing by it gives the mean back.",
    ),
    key="13.dropout_exercise",
)

# -- alone: the longest length of the weights into a unit --------------------------------------


def max_norm(W: np.ndarray, longest: float) -> np.ndarray:
    lengths = np.linalg.norm(W, axis=0)  # one for each unit: a unit is a column
    return W * longest / np.maximum(lengths, longest)


def _rows(W, longest):
    return max_norm(W.T, longest).T


def _whole(W, longest):
    return W * longest / max(np.linalg.norm(W), longest)


def _all_equal(W, longest):
    lengths = np.linalg.norm(W, axis=0)
    return W * longest / np.where(lengths > 0, lengths, 1)


def _clipped(W, longest):
    return np.clip(W, -longest, longest)


def _squared(W, longest):
    return W * longest / np.maximum(np.sum(W**2, axis=0), longest)


max_norm_exercise = Exercise(
    "max_norm",
    max_norm,
    [
        (np.array([[3.0, 0.6, 0.0], [4.0, 0.8, 0.0]]), 2.0),
        (np.array([[1.0, -2.0, 5.0], [0.5, 2.0, 12.0], [2.0, 1.0, 0.0]]), 2.5),
    ],
    {
        "Those are rows, the weights out of an input. Into a unit: a column, axis=0.": _rows,
        "One length for the whole matrix; each unit has its own.": _whole,
        "A unit that is short enough stays as it is: never make one longer.": _all_equal,
        "That limits single weights; the length of the whole column counts.": _clipped,
        "That is the squared length: take its root.": _squared,
    },
    hints=(
        "np.linalg.norm(W, axis=0) has one length for each unit.",
        "Multiply column j by min(1, longest / length j); mind a length of 0.",
    ),
    key="13.max_norm_exercise",
)

# -- predictions -------------------------------------------------------------------------------

SHUFFLED = (
    "All 200 labels are shuffled: nothing is left to learn. After 100 epochs, which share of its "
    "training digits does 64-128-10 answer as labelled?"
)
SHUFFLED_CHOICES = ("about 10 %: guessing", "about 50 %", "more than 95 %")
predict_shuffled = Prediction(SHUFFLED, "13.shuffled", SHUFFLED_CHOICES)
vote_shuffled = Vote(
    "In class: how many hands for each?", SHUFFLED_CHOICES, (0.45, 0.3, 0.25),
    key="13.vote_shuffled",
)  # fmt: skip
predict_zeros = Prediction(
    "L1, λ = 0.003, 100 epochs with Adam: how many of the 8,192 hidden weights are exactly 0?",
    "13.zeros",
    ("most of them", "about a third", "none, or next to none"),
)
predict_true = Prediction(
    (
        "200 digits, all labels TRUE, every method at its own best strength and learning rate. "
        "The best of them gains how much accuracy over no regularization?"
    ),
    "13.true",
    ("more than 5 points", "2 to 5 points", "less than 2 points"),
)

# -- questions ---------------------------------------------------------------------------------

recall_judge = Quiz(
    "Forty settings were compared on the same 600 digits. May these digits judge the best one?",
    {
        "Yes: no network has learned from them": (
            False,
            "The choice has: the best of forty looks better than it is.",
        ),
        "No: other seeds and digits must judge": (
            True,
            "So it is done below: chosen on five seeds, judged on ten others and other digits.",
        ),
        "Yes, if the interval is given": (False, "No interval repairs a biased choice."),
    },
    key="13.recall_judge",
)
recall_mode = Quiz(
    "Batch normalization computes one thing in fit and another in predict. What differs?",
    {
        "The weights": (False, "γ and β are the same; what they are applied to is not."),
        "In training it uses the batch's mean and spread, later the moving ones": (
            True,
            "A layer with two modes. Today's second one: dropout.",
        ),
        "Nothing: that is only for speed": (False, "The outputs differ, most with small batches."),
    },
    key="13.recall_mode",
)
deletes = Quiz(
    "“L2 deletes neurons that are not needed.”",
    {
        "True: that is its purpose": (
            False,
            "Its purpose is small weights, all of them: some idle units fade on the way.",
        ),
        "Roughly: it shrinks all weights, and units that hardly answer fade": (
            True,
            "The data's gradient holds a weight that is used; an idle unit gets next to none.",
        ),
        "No: it sets single weights to exactly 0": (
            False,
            "Next to none was exactly 0, with L2 or with L1.",
        ),
    },
    key="13.deletes",
)
ensemble = Quiz(
    "“Dropout trains an ensemble of independent networks.”",
    {
        "True: each mask is a network of its own": (
            False,
            "Each mask is a network, but all share one set of weights.",
        ),
        "False: the networks share their weights": (
            True,
            "A step taken for one mask changes every network that keeps the same units.",
        ),
        "False: there is one network, so nothing is averaged": (
            False,
            "There is an average: the output without a mask stands for that of many masks.",
        ),
    },
    key="13.ensemble",
)
convention = Quiz(
    "“The 2014 paper recommends p = 0.8 for the inputs: I write Dropout(0.8).”",
    {
        "Right": (False, "Then four of five pixels are dropped; the paper keeps four of five."),
        "Wrong: Dropout(0.2)": (
            True,
            "Their p is the probability of keeping; `rate` is the share dropped, 1 − p.",
        ),
        "Wrong: Dropout(1.25)": (False, "1/0.8 = 1.25 is the factor on what is kept."),
    },
    key="13.convention",
)
transfer = Quiz(
    (
        "A new case: 2,000 photographs labelled by volunteers, about one label in ten is wrong. "
        "With dropout: training accuracy 0.90, on 500 carefully checked photographs 0.94."
    ),
    {
        "A bug: training must be better than validation": (
            False,
            "Not where training labels are wrong: with 30 % shuffled, good networks had a gap "
            "below 0.",
        ),
        "Plausible: it refuses to learn the wrong labels": (
            True,
            "About 0.9 is what a network gets that sees through all of them. (And `fit` measures "
            "training accuracy with the masks on.)",
        ),
        "Underfitting: less dropout until training reaches 1.0": (
            False,
            "Then it has the wrong labels by heart, too; ours lost more than 10 points so.",
        ),
    },
    key="13.transfer",
)

recall = (recall_judge, recall_mode)
questions = (deletes, ensemble, convention, transfer)
