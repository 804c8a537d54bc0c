"""Lesson 19, clinic and capstone: its predictions, exercises, questions and patients."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: the loss before training --------------------------------------------------------


def initial_loss(z: np.ndarray, y: np.ndarray) -> float:
    rows = np.arange(len(y))
    log_sum = np.log(np.exp(z).sum(axis=1))  # one number a row
    return np.mean(log_sum - z[rows, y])


def _summed(z, y):
    return np.sum(np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), y])


def _always_ln(z, y):
    return np.log(z.shape[1])


def _base_ten(z, y):
    return initial_loss(z, y) / np.log(10)


def _unnormalised(z, y):
    return np.mean(-z[np.arange(len(y)), y])


def _sign(z, y):
    return -initial_loss(z, y)


initial_loss_exercise = Exercise(
    "initial_loss",
    initial_loss,
    [
        (np.zeros((3, 10)), np.array([0, 4, 9])),
        (np.array([[2.0, 0.0, -1.0], [0.0, 3.0, 1.0]]), np.array([2, 1])),
    ],
    {
        "A mean over the rows, not a sum: otherwise it grows with their number.": _summed,
        "ln C holds where all logits of a row are equal; here they are not.": _always_ln,
        "The natural logarithm: losses are in nats.": _base_ten,
        "The softmax also divides by the sum of exp(z): its logarithm is missing.": _unnormalised,
        "The sign: a loss of a probability below 1 is positive.": _sign,
    },
    hints=("−ln softmax(z)[y] = ln Σ exp(z) − z[y].", "z[np.arange(len(y)), y], then the mean."),
    key="19.initial_loss",
)

# -- faded: how far a step goes --------------------------------------------------------------


def update_ratio(before: np.ndarray, after: np.ndarray) -> float:
    step = after - before
    return np.linalg.norm(step) / np.linalg.norm(before)


def _norms(before, after):
    return np.linalg.norm(after) / np.linalg.norm(before)


def _lengths(before, after):
    return (np.linalg.norm(after) - np.linalg.norm(before)) / np.linalg.norm(before)


def _each(before, after):
    return np.mean(np.abs((after - before) / before))


def _squares(before, after):
    return np.sum((after - before) ** 2) / np.sum(before**2)


def _new_weights(before, after):
    return np.linalg.norm(after - before) / np.linalg.norm(after)


update_ratio_exercise = Exercise(
    "update_ratio",
    update_ratio,
    [
        (np.array([3.0, 4.0]), np.array([3.0, 4.5])),
        (np.array([[1.0, -2.0], [0.1, 2.0]]), np.array([[2.0, -1.0], [0.1, 2.2]])),
    ],
    {
        "That compares two sets of weights: the step is their difference.": _norms,
        "A difference of lengths: a step that turns the weights would count as none.": _lengths,
        "Weight by weight, one that is nearly 0 decides it all: take two norms.": _each,
        "Squares are not norms: take the roots.": _squares,
        "Divide by the weights from before the step.": _new_weights,
    },
    hints=("The step is after − before.", "np.linalg.norm of the step, by that of `before`."),
    key="19.update_ratio",
)

# -- alone: an honest interval ---------------------------------------------------------------


def wilson(right: int, n: int) -> tuple[float, float]:
    z, p = 1.96, right / n
    middle = p + z**2 / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


def _wald(right, n):
    p = right / n
    half = 1.96 * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


def _undivided(right, n):
    return tuple(end * (1 + 1.96**2 / n) for end in wilson(right, n))


def _unmoved(right, n):
    low, high = wilson(right, n)
    half, p = (high - low) / 2, right / n
    return p - half, p + half


def _variance(right, n):
    p, z = right / n, 1.96
    half = z * (p * (1 - p) / n + z**2 / (4 * n**2))
    return tuple((p + z**2 / (2 * n) + s * half) / (1 + z**2 / n) for s in (-1, 1))


def _swapped(right, n):
    return wilson(right, n)[::-1]


wilson_exercise = Exercise(
    "wilson",
    wilson,
    [(8, 10), (436, 450), (45, 45)],
    {
        "That is p ± 1.96 √(p(1 − p)/n): with 45 of 45 right it has no width at all.": _wald,
        "Both ends are still to be divided by 1 + z²/n.": _undivided,
        "The middle is not p: it is moved towards one half by z²/2n.": _unmoved,
        "A root is missing: half the width is z times a standard deviation.": _variance,
        "The low end comes first.": _swapped,
    },
    hints=(
        "p = right / n and z = 1.96; the formula is above.",
        "Two numbers: (middle − half) / (1 + z²/n) and (middle + half) / (1 + z²/n).",
    ),
    key="19.wilson",
)

# -- predictions -----------------------------------------------------------------------------

predict_raw = Prediction(
    "Ten classes, ReLU, softmax, fresh weights. Pixels from 0 to 255. Loss before training?",
    "19.raw",
    ("about 2.3, which is ln 10", "about 1", "above 20", "NaN"),
)
predict_bigger = Prediction(
    (
        "Twelve faults harm the network itself. Each keeps its fault, its rate and its epochs, and "
        "gets ten times the hidden units. How many come within three points of the sound small "
        "network?"
    ),
    "19.bigger",
    ("one or none", "two or three", "about half", "ten or more"),
)
vote_first = Vote(
    "A network guesses: 10 % on ten classes. What do you try first?",
    ("a bigger network", "more epochs", "another optimizer", "look at the loss before training"),
    (0.3, 0.3, 0.2, 0.2),
    key="19.vote_first",
)

# -- questions -------------------------------------------------------------------------------

recall_evidence = Quiz(
    "One run with dropout: 96.2 %. One without: 95.1 %. Is dropout better here?",
    {
        "Yes: more is more": (False, "Another seed can turn it round: runs differ by as much."),
        "Unknown: repeat with paired seeds, look at the interval for the mean difference": (
            True,
            "And the setting is chosen on validation rows, not on those that report.",
        ),
        "Unknown: repeat until one of them is clearly best": (
            False,
            "The best of many runs rises by luck alone.",
        ),
    },
    key="19.recall_evidence",
)
recall_silent = Quiz(
    "A ReLU unit answers 0 to every digit. What gradient do its incoming weights get?",
    {
        "Exactly 0": (
            True,
            "The derivative is 0 for each row: it stays silent, unless rows change.",
        ),
        "A small one": (False, "Small is what a saturated sigmoid gets; here it is 0."),
        "A large one, as the unit is wrong": (
            False,
            "A gradient is the slope, not the error; on the flat side of ReLU there is none.",
        ),
    },
    key="19.recall_silent",
)
bigger = Quiz(
    "“A poor result wants a bigger network.”",
    {
        "True: more units fit more": (
            False,
            "With ten times the units one of twelve came within three points of a sound network.",
        ),
        "False: a bigger network never changes anything": (
            False,
            "Frozen layers, heavy dropout and a doubled softmax got better by much.",
        ),
        "Look for a fault first; size comes when ten rows are learned and training stays poor": (
            True,
            "Mending the fault cost no unit at all.",
        ),
    },
    key="19.bigger_quiz",
)
ten_rows = Quiz(
    "“It learned ten rows by heart, so data and labels are right.”",
    {
        "True": (False, "Ten rows with shuffled labels were learned by heart, too."),
        "False: it shows that loss, gradients and steps work together": (
            True,
            "Whether the labels are true is for validation rows to say.",
        ),
        "False: it shows that the network is too large": (
            False,
            "A network that cannot learn ten rows is broken, or much too small.",
        ),
    },
    key="19.ten_rows",
)
covers = Quiz(
    "“The 95 % interval for the accuracy on 450 digits is where accuracy will be in use.”",
    {
        "True, in 95 of 100 uses": (
            False,
            "New writers, other scanners: these digits say nothing of them.",
        ),
        "It allows for the luck of drawing 450, for this one network and this source": (
            True,
            "Not for another training seed, other writers, or a choice made on these rows.",
        ),
        "It allows for the luck of training, too": (
            False,
            "One network was judged; another seed gives another network.",
        ),
    },
    key="19.covers",
)
transfer = Quiz(
    (
        "1,000 species. Loss before training 6.91. Ten pictures are learned, ratios 0.001, "
        "training reaches 60 %, validation 0.1 %. What now?"
    ),
    {
        "More units, or more layers": (False, "Training goes well: size is not what is missing."),
        "Dropout: it overfits": (
            False,
            "Overfitting to true labels leaves something. Guessing, beside 60 %, is a break.",
        ),
        "Compare the labels of the two parts: how are the species numbered?": (
            True,
            "Start and steps are right; the parts disagree. The confusion matrix tells another "
            "numbering, a pattern, from shuffled labels, which leave none.",
        ),
        "A smaller learning rate": (False, "The ratios are ordinary, and the loss falls."),
    },
    key="19.transfer",
)

recall = (recall_evidence, recall_silent)
questions = (bigger, ten_rows, covers, transfer)
