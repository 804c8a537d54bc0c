"""Lesson 10, activations: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: the slope of the sigmoid from its output -----------------------------------------


def slope_from_output(y: np.ndarray) -> np.ndarray:
    return y * (1 - y)


def _of_tanh(y: np.ndarray) -> np.ndarray:
    return 1 - y**2


def _twice(y: np.ndarray) -> np.ndarray:
    s = 1 / (1 + np.exp(-y))
    return s * (1 - s)


def _signs(y: np.ndarray) -> np.ndarray:
    return y * (y - 1)


slope_exercise = Exercise(
    "slope_from_output",
    slope_from_output,
    [(0.5,), (0.9,), (np.array([0.01, 0.3, 1.0]),)],
    {
        "That is the slope of tanh from its output.": _of_tanh,
        "`y` is already the output of the sigmoid: it must not go through it once more.": _twice,
        "The sign: σ rises everywhere, its slope is positive.": _signs,
    },
    hints=(
        "y = 1/(1 + e⁻ˣ); differentiate, then write e⁻ˣ with y.",
        "y times what is missing to 1.",
    ),
    key="10.slope_exercise",
)

# -- faded: how wide the first weights are ----------------------------------------------------


def weight_std(fan_in: int, fan_out: int, name: str) -> float:
    if name == "lecun":
        variance = 1 / fan_in
    if name == "he":
        variance = 2 / fan_in
    if name == "glorot":
        variance = 2 / (fan_in + fan_out)
    return np.sqrt(variance)


def _variance(fan_in: int, fan_out: int, name: str) -> float:
    return weight_std(fan_in, fan_out, name) ** 2


def _half_lost(fan_in: int, fan_out: int, name: str) -> float:
    return weight_std(fan_in, fan_out, "lecun" if name == "he" else name)


def _half_once_more(fan_in: int, fan_out: int, name: str) -> float:
    return weight_std(fan_in, fan_out, name) / (2 if name == "he" else 1)


def _where_it_goes(fan_in: int, fan_out: int, name: str) -> float:
    return weight_std(fan_out if name == "he" else fan_in, fan_out, name)


def _sum_for_mean(fan_in: int, fan_out: int, name: str) -> float:
    return weight_std(fan_in, fan_out, name) / np.sqrt(2 if name == "glorot" else 1)


def _limit(fan_in: int, fan_out: int, name: str) -> float:
    return np.sqrt(3) * weight_std(fan_in, fan_out, name)


std_exercise = Exercise(
    "weight_std",
    weight_std,
    [(50, 300, "he"), (50, 300, "glorot"), (50, 300, "lecun"), (8, 8, "glorot"), (64, 32, "he")],
    {
        "That is the variance: the standard deviation is its root.": _variance,
        "ReLU sets half of the square to 0: He makes up for it with a factor of 2.": _half_lost,
        "The wrong way: half is lost, so the variance is doubled, not halved.": _half_once_more,
        "He counts the inputs of a unit, fan_in: the sum is over them.": _where_it_goes,
        "Glorot has the mean of both fans, (fan_in + fan_out)/2: a 2 is missing.": _sum_for_mean,
        "That is the limit a of U(−a, a); its standard deviation is a/√3.": _limit,
    },
    hints=(
        "n · variance · (the share of the square that f lets through) = 1.",
        "He: 2 over fan_in. Glorot: 1 over the mean of fan_in and fan_out.",
    ),
    key="10.std_exercise",
)

# -- alone: the share of dead units -----------------------------------------------------------


def dead_share(z: np.ndarray) -> float:
    return np.mean(np.all(z <= 0, axis=0))


def _values(z: np.ndarray) -> float:
    return np.mean(z <= 0)


def _sometimes(z: np.ndarray) -> float:
    return np.mean(np.any(z <= 0, axis=0))


def _rows(z: np.ndarray) -> float:
    return np.mean(np.all(z <= 0, axis=1))


def _count(z: np.ndarray) -> float:
    return np.sum(np.all(z <= 0, axis=0))


def _on_average(z: np.ndarray) -> float:
    return np.mean(z.mean(axis=0) <= 0)


def _strictly(z: np.ndarray) -> float:
    return np.mean(np.all(z < 0, axis=0))


def _which(z: np.ndarray) -> np.ndarray:
    return np.all(z <= 0, axis=0)


SUMS = np.array(
    [
        [-1.0, 2.0, -0.5, 0.9, -2.0, 1.0],
        [-3.0, -1.0, -0.1, 0.2, -4.0, 2.0],
        [-2.0, -5.0, -1.0, -0.3, 0.7, 3.0],
    ]
)
dead_exercise = Exercise(
    "dead_share",
    dead_share,
    [(SUMS,), (SUMS[:, :4],), (np.minimum(SUMS, 0),), (SUMS[:1],)],
    {
        "That is the share of values that are off; a unit is dead if all its values are.": _values,
        "Off for some rows is what a ReLU unit is for; dead is off for all of them.": _sometimes,
        "axis=1 asks whether a row finds all units off; go down the column of a unit.": _rows,
        "That is the number of dead units; divide by how many there are.": _count,
        "That says which units are dead; their share is the mean of it.": _which,
        "On for a few rows is alive, even if the mean of the sums is negative.": _on_average,
        "At exactly 0 the unit gives 0 and its slope counts as 0: it is off there, too.": _strictly,
    },
    hints=("A unit is a column of z.", "np.all(..., axis=0), then the mean."),
    key="10.dead_exercise",
)

# -- predictions ------------------------------------------------------------------------------

SIX = (
    "Digits, hidden layers of 32 sigmoids, the usual first weights, the best of eight learning "
    "rates. One hidden layer, or six: which learns?"
)
SIX_CHOICES = ("both learn", "one layer only", "six layers only", "neither learns")
predict_six = Prediction(SIX, "10.six", SIX_CHOICES)
vote_six = Vote(
    "In class: how many hands for each?", SIX_CHOICES, (0.35, 0.4, 0.2, 0.05), key="10.vote_six"
)
predict_twin = Prediction(
    (
        "Six layers of sigmoids again, at their own tuned rate. Only the first weights differ: "
        "they give the answers of a tanh network. What will it do?"
    ),
    "10.twin",
    ("guess, as before", "get about half right", "learn, close to tanh", "beat tanh by far"),
)
predict_dead = Prediction(
    (
        "32 hidden units, all off for every digit at the start. ReLU or leaky ReLU, five epochs. "
        "Which come back?"
    ),
    "10.dead",
    ("both come back", "leaky only", "ReLU only", "neither"),
)

# -- questions --------------------------------------------------------------------------------

recall_linear = Quiz(
    "Ten Dense layers without an activation. What can they compute?",
    {
        "Ten times as much as one": (False, "A product of ten matrices is one matrix."),
        "What one layer can": (True, "So something has to bend between two layers."),
        "Any function, if they are wide": (False, "However wide: a product of matrices."),
    },
    key="10.recall_linear",
)
recall_centred = Quiz(
    "A line learns from inputs whose mean is far from 0. What is wrong with that?",
    {
        "The best line is another one": (False, "It is the same line, written differently."),
        "Weight and bias pull together: the condition number grows": (
            True,
            "Centred, it was 1. Outputs of a layer are inputs of the next.",
        ),
        "Nothing": (False, "Uncentred budgets never came below condition 14, centred ones had 1."),
    },
    key="10.recall_centred",
)
near_one = Quiz(
    "“Good first weights are near 1: then a layer passes on what it gets.”",
    {
        "True": (
            False,
            "A unit adds 100 of them: the gain was 10, and 4 of 5 tanh values were saturated.",
        ),
        "False: their spread should be about 1/√n": (
            True,
            "n products of variance 1/n add up to 1. ReLU needs 2/n.",
        ),
        "False: the nearer to 0, the better": (
            False,
            "At gain 0.5 ten tanh layers left about 0.002 of the differences.",
        ),
    },
    key="10.near_one",
)
flexible = Quiz(
    "“Six layers of sigmoids guess because sigmoids cannot express what tanh can.”",
    {
        "True": (False, "The twin gives the very answers of the tanh network."),
        "False: from the twin's first weights they learned": (
            True,
            "It was the start: everything the inputs share drowned what tells them apart.",
        ),
        "False: the learning rate was too small": (
            False,
            "Each of eight rates, from 0.003 to 10, was tried.",
        ),
    },
    key="10.flexible",
)
never = Quiz(
    "“The sigmoid is never right.”",
    {
        "True": (False, "With one hidden layer and its own rate it came close to all others."),
        "False: a yes-or-no output needs it": (
            True,
            "A probability lies between 0 and 1, and with the cross-entropy saturation is no trap.",
        ),
        "False: with enough layers it wins": (False, "It was the deep network that guessed."),
    },
    key="10.never",
)
transfer = Quiz(
    (
        "A new case: an activation lets a quarter of the square through, E[f(z)²] = ¼ Var z. "
        "Which variance of the weights holds the signal, for n inputs?"
    ),
    {
        "1/n": (False, "Then each layer leaves a quarter: after ten layers a millionth."),
        "2/n": (False, "That makes up for a half, as with ReLU."),
        "4/n": (True, "n · (4/n) · ¼ = 1."),
        "1/(4n)": (False, "The wrong way: what is lost must be made up for."),
    },
    key="10.transfer",
)

recall = (recall_linear, recall_centred)
questions = (near_one, flexible, never, transfer)
