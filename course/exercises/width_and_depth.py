"""Lesson 09, width and depth: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote


def relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


# -- worked: a hat from three ReLU units ----------------------------------------------------


def hat(x, left, top, right):
    up, down = 1 / (top - left), -1 / (right - top)  # the two slopes
    return up * relu(x - left) + (down - up) * relu(x - top) - down * relu(x - right)


def _two_units(x, left, top, right):
    up, down = 1 / (top - left), -1 / (right - top)
    return up * relu(x - left) + (down - up) * relu(x - top)


def _slope_not_change(x, left, top, right):
    up, down = 1 / (top - left), -1 / (right - top)
    return up * relu(x - left) + down * relu(x - top) - down * relu(x - right)


def _always_symmetric(x, left, top, right):
    up = 1 / (top - left)
    return up * relu(x - left) - 2 * up * relu(x - top) + up * relu(x - right)


def _slope_one(x, left, top, right):
    return relu(x - left) - 2 * relu(x - top) + relu(x - right)


X = np.array([-3.0, -1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0])

hat_exercise = Exercise(
    "hat",
    hat,
    [(X, -1.0, 0.0, 1.0), (X, 0.0, 0.5, 2.0), (X, -1.0, 1.0, 1.5)],
    {
        "It never comes to rest: a third unit must bend the line flat again.": _two_units,
        "An output weight is the *change* of slope at its bend: down − up.": _slope_not_change,
        "That works where both sides are equally steep only.": _always_symmetric,
        "Its height must be 1: divide by the lengths of the sides.": _slope_one,
    },
    hints=("One unit for each bend.", "Output weights: up, down − up, −down."),
    key="09.hat_exercise",
)

# -- faded: compose folds -------------------------------------------------------------------


def fold(x, folds):
    for _ in range(folds):
        h1 = relu(x)
        h2 = relu(x - 0.5)
        x = 2 * h1 - 4 * h2
    return x


def _once(x, folds):
    return 2 * relu(x) - 4 * relu(x - 0.5)


def _half_bend(x, folds):
    for _ in range(folds):
        x = 2 * relu(x) - 2 * relu(x - 0.5)
    return x


def _bend_at_one(x, folds):
    for _ in range(folds):
        x = 2 * relu(x) - 4 * relu(x - 1)
    return x


def _scaled(x, folds):
    return folds * _once(x, folds)


def _slope_one_fold(x, folds):
    for _ in range(folds):
        x = relu(x) - 2 * relu(x - 0.5)
    return x


def _one_too_many(x, folds):
    return fold(x, folds + 1)


S = np.arange(17) / 16

fold_exercise = Exercise(
    "fold",
    fold,
    [(S, 1), (S, 3), (np.array([0.3, 0.7]), 2)],
    {
        "One fold only: the result must go back in, so x itself must change.": _once,
        "Slope 2 must become −2: a change of −4.": _half_bend,
        "The tent bends in its middle, at ½.": _bend_at_one,
        "More folds are no higher tent: put the tent into the tent.": _scaled,
        "The tent rises from 0 to 1 on [0, ½]: slope 2.": _slope_one_fold,
        "One fold too many.": _one_too_many,
    },
    hints=(
        "The bends: relu(x) begins at 0, the other one at ½.",
        "t(x) = 2 relu(x) − 4 relu(x − ½), and x becomes t(x).",
    ),
    key="09.fold_exercise",
)

# -- alone: weights of a step ---------------------------------------------------------------


def step_weights(start, slope):
    biases = np.array([-start, -(start + 1 / slope)])
    outputs = np.array([slope, -slope])
    return biases, outputs


def _bends_not_biases(start, slope):
    return np.array([start, start + 1 / slope]), np.array([slope, -slope])


def _slope_as_width(start, slope):
    return np.array([-start, -(start + slope)]), np.array([slope, -slope])


def _never_flat(start, slope):
    return np.array([-start, -(start + 1 / slope)]), np.array([slope, slope])


def _falls(start, slope):
    return np.array([-start, -(start + 1 / slope)]), np.array([slope, -2 * slope])


def _height_of_slope(start, slope):
    return np.array([-start, -(start + 1)]), np.array([slope, -slope])


def _order(start, slope):
    return np.array([-(start + 1 / slope), -start]), np.array([-slope, slope])


def _four_numbers(start, slope):
    return -start, -(start + 1 / slope), slope, -slope


step_exercise = Exercise(
    "step_weights",
    step_weights,
    [(0.25, 2.0), (-0.5, 10.0), (1.5, 4.0)],
    {
        "A unit with weight 1 bends where x + b = 0, at x = −b.": _bends_not_biases,
        "At slope s the way up to 1 is 1/s long, not s.": _slope_as_width,
        "Two slopes add up: the second unit must take the first one's slope away.": _never_flat,
        "That falls after the top: the change of slope is from s to 0.": _falls,
        "It must stop at height 1: after 1/s.": _height_of_slope,
        "Almost: the unit that bends first comes first.": _order,
        "The right four numbers; return two pairs: biases, outputs.": _four_numbers,
    },
    hints=(
        "Where does it begin to rise, where does it stop? A unit for each.",
        "It rises with `slope` from `start` to start + 1/slope.",
    ),
    key="09.step_exercise",
)

# -- predictions ----------------------------------------------------------------------------

predict_width = Prediction(
    "Twice as many equally long pieces for sin(πx). The largest error becomes about ...",
    "09.width",
    ("as before", "a half", "a quarter", "a sixteenth"),
)
TRAIN = (
    "The tent map with 4 folds, 2 units a fold, as many layers as it needs. Weights random, "
    "Adam at four rates, ten seeds each: how many of the 40 runs find it?"
)
TRAIN_CHOICES = ("nearly all", "about half", "a few", "none")
predict_train = Prediction(TRAIN, "09.train", TRAIN_CHOICES)
vote_train = Vote(
    "In class: how many hands for each?", TRAIN_CHOICES, (0.2, 0.35, 0.35, 0.1), key="09.vote_train"
)
predict_noisy = Prediction(
    (
        "Twenty noisy points. From 16 hidden units (49 parameters) to 1,024 (3,073), each at its "
        "own tuned rate. The error on new points becomes ..."
    ),
    "09.noisy",
    ("less than half", "about as before, within a third", "at least double", "ten times as large"),
)

# -- questions ------------------------------------------------------------------------------

recall_linear = Quiz(
    "Ten Dense layers, one after another, all without activation. What can they draw?",
    {
        "Only what one such layer can": (
            True,
            "Their weights multiply to one matrix. Depth counts with a bend in between only.",
        ),
        "Anything with up to ten bends": (False, "No layer bends: a line of a line is a line."),
        "More than one layer, but only after training": (
            False,
            "For all weights, trained ones too, they are one matrix.",
        ),
    },
    key="09.recall_linear",
)
recall_tuned = Quiz(
    "Two networks are compared, each at its own best learning rate. Which seeds choose the rate?",
    {
        "The same that judge, so that the choice fits": (
            False,
            "Then the best of several rates looks better than it is.",
        ),
        "Others than those that judge": (
            True,
            "And the seeds that judge are the same for both networks: pairs.",
        ),
        "None: both take the same rate": (
            False,
            "One rate may suit one network only; then the rate is judged, not the network.",
        ),
    },
    key="09.recall_tuned",
)
representable = Quiz(
    "“Universal approximation says: a large enough network will learn my function.”",
    {
        "True": (
            False,
            "It says that weights exist. The tent network's exist, and from random weights no "
            "run of ours found those of 4 folds.",
        ),
        "False: it promises weights, not a way to them": (
            True,
            "Nor a number of units in advance, nor anything outside the set.",
        ),
        "False: it holds for one hidden layer only": (
            False,
            "Deeper networks have it, too. The gap is between existing and being found.",
        ),
    },
    key="09.representable",
)
must_overfit = Quiz(
    "“More parameters than points: it must overfit.”",
    {
        "True: it can pass through every point": (
            False,
            "It *can*. Which of the many fitting curves it becomes is up to the training.",
        ),
        "False: it is to be measured": (
            True,
            "With 3,073 parameters for 20 points the error was no higher than with 13. Other "
            "data, other answer.",
        ),
        "False: large networks never overfit": (
            False,
            "Their error on the twenty was far below that on new points: a gap is there.",
        ),
    },
    key="09.must_overfit",
)
deeper_better = Quiz(
    "“One fold doubles the teeth for two units. So deeper networks are better.”",
    {
        "True: more pieces for each parameter": (
            False,
            "Pieces are no aim. On digits, at equal size, more layers did not help.",
        ),
        "It depends on the task: compare at equal size": (
            True,
            "Spirals gained by a second layer, digits did not. Each had its own rate.",
        ),
        "False: deep networks cannot be trained": (
            False,
            "Four layers learned the spirals. What failed was one very wiggly target.",
        ),
    },
    key="09.deeper_better",
)
transfer = Quiz(
    (
        "A new case: your network predicts tomorrow's prices badly. On ten rows, trained for "
        "long, its loss stays where it began. What next?"
    ),
    {
        "More layers": (False, "It has far more weights than ten rows ask for."),
        "Look for a fault in data, loss, output or step size": (
            True,
            "A network that cannot learn ten rows by heart is broken, whatever its size.",
        ),
        "More data": (False, "It cannot use even ten rows yet."),
        "Dropout": (False, "That is against overfitting. It does not even fit."),
    },
    key="09.transfer",
)

recall = (recall_linear, recall_tuned)
questions = (representable, must_overfit, deeper_better, transfer)
