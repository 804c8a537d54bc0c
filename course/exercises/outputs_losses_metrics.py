"""Lesson 02, outputs, losses and metrics: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z)  # all above 0
    return e / e.sum()  # together 1


def crossentropy(z: np.ndarray, c: int) -> float:
    m = np.max(z)  # then no exponent is above 0
    log_sum = m + np.log(np.sum(np.exp(z - m)))
    return log_sum - z[c]


def f1(tp: int, fp: int, fn: int) -> float:
    if tp == 0:
        return 0.0
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    return 2 * precision * recall / (precision + recall)


def _quiet(z: np.ndarray, c: int) -> float:
    """The textbook form, which overflows, without NumPy's warning."""
    with np.errstate(all="ignore"):
        return -np.log(np.exp(z) / np.exp(z).sum())[c]


def _share(above: float, below: float) -> float:
    return above / below if below else 0.0


def _mean_of_both(tp: int, fp: int, fn: int) -> float:
    return (_share(tp, tp + fp) + _share(tp, tp + fn)) / 2


SLIDE = np.array([-3.44, 1.16, -0.81, 3.91])
softmax_exercise = Exercise(
    "softmax",
    softmax,
    [(SLIDE,), (np.zeros(4),), (np.array([0.0, np.log(3)]),)],
    {
        "These do not add up to 1: divide by their sum.": np.exp,
        "Divide the exponentials, not the logits: a logit can be negative.": lambda z: z / z.sum(),
        "Divide by the sum, not by the largest: together they must be 1.": (
            lambda z: np.exp(z) / np.exp(z).max()
        ),
        "A sigmoid looks at one logit only; these do not add up to 1.": (
            lambda z: 1 / (1 + np.exp(-z))
        ),
    },
    hints=("First make all of them positive: np.exp.", "Then divide by the sum."),
    key="02.softmax_exercise",
)
crossentropy_exercise = Exercise(
    "crossentropy",
    crossentropy,
    [(SLIDE, 0), (SLIDE, 3), (np.array([1000.0, 0.0]), 1), (np.array([-1000.0, -1001.0]), 0)],
    {
        "m is missing: what was taken out of the exponents comes back in front of the log.": (
            lambda z, c: np.log(np.sum(np.exp(z - z.max()))) - z[c]
        ),
        "The sign is turned over: a loss is at least 0.": (
            lambda z, c: z[c] - z.max() - np.log(np.sum(np.exp(z - z.max())))
        ),
        "That is log Σ eᶻ; subtract the logit of the right class.": (
            lambda z, c: z.max() + np.log(np.sum(np.exp(z - z.max())))
        ),
        "That is the probability: the loss is minus its logarithm.": (
            lambda z, c: np.exp(z[c] - z.max()) / np.sum(np.exp(z - z.max()))
        ),
        "The largest logit instead of that of class c.": (
            lambda z, c: np.log(np.sum(np.exp(z - z.max())))
        ),
        "Right for small logits, but e¹⁰⁰⁰ overflows: take the largest out of the exponents.": (
            _quiet
        ),
    },
    hints=(
        "Σ eᶻ = eᵐ · Σ eᶻ⁻ᵐ for every m. Which m leaves no exponent above 0?",
        "m = np.max(z). Then log Σ eᶻ = m + log Σ eᶻ⁻ᵐ; the loss is that minus z_c.",
    ),
    key="02.crossentropy_exercise",
)
f1_exercise = Exercise(
    "f1",
    f1,
    [(20, 2, 23), (8, 2, 2), (3, 0, 9), (0, 4, 5), (0, 0, 5)],
    {
        "That is their ordinary mean; F1 is the harmonic one, nearer to the smaller.": (
            _mean_of_both
        ),
        "That is precision: what was missed counts, too.": lambda tp, fp, fn: _share(tp, tp + fp),
        "That is recall: false alarms count, too.": lambda tp, fp, fn: _share(tp, tp + fn),
        "TP counts twice, above and below: 2·TP / (2·TP + FP + FN).": (
            lambda tp, fp, fn: _share(tp, tp + fp + fn)
        ),
        "The factor 2 is missing: with precision = recall = 1 it must give 1.": (
            lambda tp, fp, fn: _share(tp, 2 * tp + fp + fn)
        ),
        "0/0: where no yes is right, say 0.": (
            lambda tp, fp, fn: f1(tp, fp, fn) if tp else float("nan")
        ),
    },
    hints=(
        "precision = TP/(TP + FP), recall = TP/(TP + FN); then 2 · product / sum.",
        "In one fraction: 2·TP / (2·TP + FP + FN), and 0 where TP is 0.",
    ),
    key="02.f1_exercise",
)

NO_TO_ALL = "A program answers “no eight” to every digit, unseen. How often is it right?"
predict_no = Prediction(
    NO_TO_ALL, "02.no_to_all", ("about 10 %", "about 50 %", "about 75 %", "about 90 %")
)
TIMES_THREE = "All weights, and the bias, times 3. What do accuracy and loss do?"
TIMES_THREE_CHOICES = (
    "both get better",
    "both get worse",
    "accuracy stays, loss changes",
    "both stay",
)
predict_scale = Prediction(TIMES_THREE, "02.times_three", TIMES_THREE_CHOICES)
vote_scale = Vote(
    "In class: how many hands for each?",
    TIMES_THREE_CHOICES,
    (0.15, 0.3, 0.3, 0.25),
    key="02.vote_scale",
)
predict_typo = Prediction(
    "One of 200 sales figures gets a 0 too many. Which fitted line moves more?",
    "02.typo",
    ("the one with mean squared error", "the one with mean absolute error", "both about equally"),
)

recall_parameter = Quiz(
    "Playground: a detector says yes where p > 0.5. Training never changes that 0.5. What is it?",
    {
        "A parameter": (False, "Parameters are what fit changes: weights and biases."),
        "A number that you choose": (
            True,
            "As a hyperparameter is; and this one you may choose anew after training.",
        ),
        "A result": (False, "Results are measured: loss, accuracy. This one you set."),
    },
    key="02.recall_parameter",
)
recall_dense = Quiz(
    "Dense layers: x has 64 features, Dense(10) follows. How many numbers does it learn?",
    {
        "640": (False, "Those are the weights; each unit has a bias as well."),
        "650": (True, "64 · 10 weights and 10 biases; ten outputs, each any real number."),
        "74": (False, "Every unit has a weight for every feature: a product, not a sum."),
    },
    key="02.recall_dense",
)
metric_as_loss = Quiz(
    "“Accuracy is what we want. So let training minimise the share of wrong answers.”",
    {
        "Right: aim at what you want": (
            False,
            "Tried: in 5 of 5 runs no weight moved. Its gradient is 0 at every point that has one.",
        ),
        "It would work with a larger learning rate": (
            False,
            "A rate multiplies the gradient, and any rate times 0 is 0.",
        ),
        "No: its gradient is 0, so no weight moves": (
            True,
            "Minimise a loss with a slope, and judge by the metric.",
        ),
    },
    key="02.metric_as_loss",
)
loss_is_accuracy = Quiz(
    "“The loss fell, so more answers are right now.”",
    {
        "Yes: the two say the same": (
            False,
            "From scale 0.3 to 1 the loss fell from 0.50 to 0.35, and not one answer changed.",
        ),
        "Not necessarily": (
            True,
            "The same answers, only surer or less sure, have another loss.",
        ),
        "No: they go in opposite directions": (
            False,
            "Training lowers the loss, and usually raises the accuracy on the way.",
        ),
    },
    key="02.loss_is_accuracy",
)
high_accuracy = Quiz(
    "“Our detector of eights has an accuracy of 94 %: it finds nearly all of them.”",
    {
        "True: 94 of 100 eights": (
            False,
            "That would be recall. Accuracy counts the easy noes, nine tenths of all digits.",
        ),
        "False: look at its recall": (
            True,
            "Measured: 20 of 43 eights. Saying no to everything has 90 % accuracy.",
        ),
        "False: look at its precision": (
            False,
            "Precision was 91 %: its yes can be trusted. What it lacks is recall.",
        ),
    },
    key="02.high_accuracy",
)
transfer = Quiz(
    (
        "A new case: translations are judged by the share of sentences that experts call perfect. "
        "What do you let the network minimise?"
    ),
    {
        "One minus that share": (
            False,
            "A share of whole sentences moves in steps: gradient 0, as with accuracy.",
        ),
        "The cross-entropy of each next word": (
            True,
            "It has a slope everywhere. Perfect sentences remain what you judge by.",
        ),
        "Nothing: such a metric cannot be improved by training": (
            False,
            "It can, indirectly: a smooth loss that goes the same way is enough.",
        ),
    },
    key="02.transfer",
)

recall = (recall_parameter, recall_dense)
questions = (metric_as_loss, loss_is_accuracy, high_accuracy, transfer)
