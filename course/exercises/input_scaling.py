"""Lesson 05, input scaling: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: standardize by hand -------------------------------------------------------------


def standardize(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    mean = train.mean(axis=0)  # one number a feature
    deviation = train.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1)  # a constant feature
    return (x - mean) / deviation


def _centred(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return x - train.mean(axis=0)


def _one_mean(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return (x - train.mean()) / train.std()


def _rows(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    spread = x.std(axis=1, keepdims=True)
    return (x - x.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)


def _own(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return standardize(x, x)


def _variance(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    variance = train.var(axis=0)
    return (x - train.mean(axis=0)) / np.where(variance > 0, variance, 1)


TRAIN = np.array([[1.0, 200.0], [3.0, 600.0], [7.0, 100.0], [4.0, 300.0]])
NEW = np.array([[2.0, 700.0], [9.0, 250.0]])
CONSTANT = np.column_stack([TRAIN, np.full(4, 5.0)])

standardize_exercise = Exercise(
    "standardize",
    standardize,
    [(TRAIN, TRAIN), (TRAIN, NEW), (CONSTANT, np.array([[2.0, 700.0, 6.0]]))],
    {
        "The division is missing: the spread must become 1, too.": _centred,
        "One mean for all features mixes their units: axis=0 gives one a feature.": _one_mean,
        "That is per sample: axis=0 goes down the column of a feature.": _rows,
        "`x` is judged by its own statistics: take them from `train`.": _own,
        "That is the variance; divide by its root.": _variance,
    },
    hints=("axis=0 goes down a column.", "Mean and deviation of `train`, applied to `x`."),
    key="05.standardize_exercise",
)

# -- faded: min-max with the limits of the training part ------------------------------------


def min_max(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    low = train.min(axis=0)
    high = train.max(axis=0)
    return (x - low) / (high - low)


def _own_limits(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return min_max(x, x)


def _all_limits(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return min_max(np.concatenate([train, x]), x)


def _by_largest(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return (x - train.min(axis=0)) / train.max(axis=0)


def _unshifted(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return x / (train.max(axis=0) - train.min(axis=0))


def _one_range(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return (x - train.min()) / (train.max() - train.min())


def _clipped(train: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.clip(min_max(train, x), 0, 1)


min_max_exercise = Exercise(
    "min_max",
    min_max,
    [(TRAIN, NEW), (TRAIN, TRAIN)],
    {
        "The limits are those of `x` itself: take them from `train`.": _own_limits,
        "Limits of both parts together: the training must not know the new rows.": _all_limits,
        "Divide by the range, high − low, not by the largest value.": _by_largest,
        "The lowest value must go to 0: subtract `low` first.": _unshifted,
        "One pair of limits for all features mixes their units: axis=0.": _one_range,
        "Nothing has to be cut off: a new value beyond the limits may lie beyond 0 or 1.": _clipped,
    },
    hints=("Two rows of limits, one number a feature: train.min(axis=0) ...", "(x − low)/range."),
    key="05.min_max_exercise",
)

# -- alone: weights for raw features --------------------------------------------------------


def raw_weights(
    w: np.ndarray, b: float, mean: np.ndarray, deviation: np.ndarray
) -> tuple[np.ndarray, float]:
    w_raw = w / deviation
    b_raw = b - np.sum(w_raw * mean)
    return w_raw, b_raw


def _multiplied(w, b, mean, deviation):
    return w * deviation, b - np.sum(w * deviation * mean)


def _bias_kept(w, b, mean, deviation):
    return w / deviation, b


def _bias_up(w, b, mean, deviation):
    return w / deviation, b + np.sum(w * mean / deviation)


def _undivided(w, b, mean, deviation):
    return w / deviation, b - np.sum(w * mean)


def _unsummed(w, b, mean, deviation):
    return w / deviation, b - w * mean / deviation


def _unscaled_features(w, b, mean, deviation):
    return w * deviation + mean, b


raw_exercise = Exercise(
    "raw_weights",
    raw_weights,
    [
        (np.array([2.0]), 10.0, np.array([3.0]), np.array([4.0])),
        (np.array([2.0, -1.0]), 0.5, np.array([3.0, 100.0]), np.array([0.5, 20.0])),
    ],
    {
        "Upside down: z = (x − mean)/deviation, so w·z = (w/deviation)·(x − mean).": _multiplied,
        "The bias changes, too: w·z also holds −w·mean/deviation, which no x changes.": _bias_kept,
        "The sign of the bias: (x − mean) brings a minus.": _bias_up,
        "In the bias, w must be divided by the deviation, too.": _undivided,
        "There is one bias: sum over the features.": _unsummed,
        "That undoes the scaling of features; a weight is scaled the other way.": (
            _unscaled_features
        ),
    },
    hints=(
        "Write w·(x − mean)/deviation + b and sort: what multiplies x, what does not?",
        "w_raw = w / deviation; b_raw collects b and −w_raw·mean of every feature.",
    ),
    key="05.raw_exercise",
)

# -- predictions -----------------------------------------------------------------------------

UNIT = (
    "Budgets in hundreds of thousands of dollars; the rate 0.1 works. Now the same budgets in "
    "thousands, the same rate. What happens?"
)
UNIT_CHOICES = ("the same", "it is slower", "it is faster", "it diverges")
predict_unit = Prediction(UNIT, "05.unit", UNIT_CHOICES)
vote_unit = Vote(
    "In class: how many hands for each?", UNIT_CHOICES, (0.35, 0.3, 0.1, 0.25), key="05.vote_unit"
)
predict_sample = Prediction(
    (
        "Morning and evening temperature, fever or not. Each person's two numbers are "
        "standardized with their own mean and deviation. Accuracy?"
    ),
    "05.sample",
    ("about 98 %, as per feature", "about 90 %", "about 75 %", "about 50 %"),
)
predict_digits = Prediction(
    (
        "Digits, 64-32-10, every scale with its own tuned rate. What costs most against "
        "standardized pixels?"
    ),
    "05.digits",
    ("pixels from 0 to 16", "pixels / 16", "every pixel in another unit", "all do equally well"),
)

# -- questions -------------------------------------------------------------------------------

recall_border = Quiz(
    "Full batch, a line. When does gradient descent diverge?",
    {
        "When the learning rate is above 1": (
            False,
            "On raw budgets 4e-5 was too much: a rate alone has no size.",
        ),
        "When learning rate × largest curvature is above 2": (
            True,
            "Then each step lands further away on the other side.",
        ),
        "When learning rate × smallest curvature is above 2": (
            False,
            "The steepest direction gives out first.",
        ),
    },
    key="05.recall_border",
)
recall_leak = Quiz(
    "What makes a leak?",
    {
        "Training learns something from the rows that judge": (
            True,
            "Whatever is fitted, also a mean, is fitted on the training part.",
        ),
        "A network with too many weights": (False, "That can memorise its own rows only."),
        "Looking at the test score once, at the end": (False, "That is what it is for."),
    },
    key="05.recall_leak",
)
cosmetic = Quiz(
    "“Scaling is cosmetic: the best line is the same in dollars and in millions.”",
    {
        "True": (
            False,
            "The best line is the same. The way to it had condition 14 in one unit, 110,000 in "
            "another.",
        ),
        "False: another unit gives another best line": (
            False,
            "Least squares gave the same answers in each unit; only w changes its name.",
        ),
        "The first half is wrong, the second right": (
            True,
            "What is representable stays; what gradient descent finds in time does not.",
        ),
    },
    key="05.cosmetic",
)
good_unit = Quiz(
    "“With the right unit for each feature there is no need to subtract the mean.”",
    {
        "True": (
            False,
            "For the budgets no unit came below condition 13: w and the bias pull together.",
        ),
        "False: a mean away from 0 ties the weight to the bias": (
            True,
            "Centred, the condition was 1. No unit can do that.",
        ),
        "False: the mean is all that matters": (
            False,
            "Centred budgets in dollars still have a curvature of billions beside one of 2.",
        ),
    },
    key="05.good_unit",
)
own_statistics = Quiz(
    "“New rows come one at a time. I standardize each with its own mean and deviation.”",
    {
        "Right: nothing leaks": (
            False,
            "Nothing leaks, and nothing is left: the level, which told a fever, is gone.",
        ),
        "Wrong: take mean and deviation of the training part": (
            True,
            "They belong to the model, like its weights: keep them with it.",
        ),
        "Wrong: wait until there are enough rows": (
            False,
            "With rows of one class, however many, their level was still subtracted.",
        ),
    },
    key="05.own_statistics",
)
transfer = Quiz(
    (
        "A new case: sound recordings, some close to the microphone, some far. What is said does "
        "not depend on loudness. Standardize how?"
    ),
    {
        "Per recording: loudness is not the question": (
            True,
            "Here the level is a nuisance, as with darker digits. To tell shouting from talking "
            "it would be the answer.",
        ),
        "Never per recording": (
            False,
            "It throws the level away. That is harm or help: it depends on the question.",
        ),
        "Not at all: a network learns any scale": (
            False,
            "Digits with mixed units were not learned in the same time, at any of eleven rates.",
        ),
    },
    key="05.transfer",
)

recall = (recall_border, recall_leak)
questions = (cosmetic, good_unit, own_statistics, transfer)
