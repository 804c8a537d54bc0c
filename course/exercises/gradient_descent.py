"""Lesson 04, gradient descent: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: one update, from one item -------------------------------------------------------


def one_update(w: float, b: float, x: float, y: float, learning_rate: float) -> tuple[float, float]:
    e = w * x + b - y  # how far the answer is too high
    dw, db = 2 * e * x, 2 * e  # both from the old w and b
    return w - learning_rate * dw, b - learning_rate * db


def _uphill(w, b, x, y, learning_rate):
    return one_update(w, b, x, y, -learning_rate)


def _without_x(w, b, x, y, learning_rate):
    e = w * x + b - y
    return w - learning_rate * 2 * e, b - learning_rate * 2 * e


def _one_after_the_other(w, b, x, y, learning_rate):
    w = w - learning_rate * 2 * (w * x + b - y) * x
    return w, b - learning_rate * 2 * (w * x + b - y)


def _without_two(w, b, x, y, learning_rate):
    return one_update(w, b, x, y, learning_rate / 2)


update_exercise = Exercise(
    "one_update",
    one_update,
    [(0.0, 0.0, 2.0, 7.0, 0.1), (1.0, -1.0, 3.0, 1.0, 0.01)],
    {
        "Uphill: the gradient says where the cost grows, so subtract.": _uphill,
        "The factor x is missing in the step of w: e grows by x when w grows by 1.": _without_x,
        "b moves with the new w: take both gradients first, then both steps.": (
            _one_after_the_other
        ),
        "The 2 is missing: the derivative of e² is 2e.": _without_two,
    },
    hints=("First e, then both gradients, then both steps.", "dw = 2·e·x and db = 2·e."),
    key="04.update_exercise",
)

# -- faded: the gradient of the mean squared error -------------------------------------------


def gradient(w: float, b: float, x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    e = w * x + b - y  # one error an item
    dw = np.mean(2 * e * x)
    db = np.mean(2 * e)
    return dw, db


def _wrong_sign(w, b, x, y):
    dw, db = gradient(w, b, x, y)
    return -dw, -db


def _summed(w, b, x, y):
    e = w * x + b - y
    return np.sum(2 * e * x), np.sum(2 * e)


def _errors_alone(w, b, x, y):
    _, db = gradient(w, b, x, y)
    return db, db


def _halved(w, b, x, y):
    dw, db = gradient(w, b, x, y)
    return dw / 2, db / 2


def _means_apart(w, b, x, y):
    _, db = gradient(w, b, x, y)
    return db * np.mean(x), db


X, Y = np.array([1.0, 2.0, 4.0, -1.0, 3.0]), np.array([3.0, 4.0, 9.0, -2.0, 5.0])

gradient_exercise = Exercise(
    "gradient",
    gradient,
    [(0.0, 0.0, X, Y), (1.5, -0.5, X, Y)],
    {
        "The signs are turned: e is the answer minus the target, ŷ − y.": _wrong_sign,
        "Summed, not averaged: the cost is a mean over the items.": _summed,
        "The factor x is missing in dw: each error counts times its x.": _errors_alone,
        "The 2 is missing: the derivative of e² is 2e.": _halved,
        "The mean of a product is not the product of means: multiply item by item, then average.": (
            _means_apart
        ),
    },
    hints=(
        "e is an array: w * x + b - y. By how much does e grow with w? And with b?",
        "dw = np.mean(2 * e * x); db is the same with 1 in place of x.",
    ),
    key="04.gradient_exercise",
)

# -- alone: how many updates -----------------------------------------------------------------


def updates(items: int, batch_size: int, epochs: int) -> int:
    return int(np.ceil(items / batch_size)) * epochs


updates_exercise = Exercise(
    "updates",
    updates,
    [(200, 20, 1), (200, 32, 1), (200, 32, 10), (7, 10, 3)],
    {
        "The smaller batch at the end counts, too: round up.": (
            lambda items, batch_size, epochs: items // batch_size * epochs
        ),
        "A number of updates is whole: round up, epoch by epoch.": (
            lambda items, batch_size, epochs: items / batch_size * epochs
        ),
        "Round up first, then multiply: a batch does not reach into the next epoch.": (
            lambda items, batch_size, epochs: int(np.ceil(items * epochs / batch_size))
        ),
        "That is one epoch; there are several.": (
            lambda items, batch_size, epochs: int(np.ceil(items / batch_size))
        ),
        "One update an epoch would be the full batch only.": (
            lambda items, batch_size, epochs: epochs
        ),
    },
    hints=("How many batches hold 7 items, 3 at a time?", "np.ceil rounds up."),
    key="04.updates_exercise",
)

# -- alone: the loop -------------------------------------------------------------------------


def one_epoch(
    x: np.ndarray, y: np.ndarray, w: float, b: float, learning_rate: float, batch_size: int
) -> tuple[float, float]:
    for i in range(0, len(x), batch_size):
        some_x, some_y = x[i : i + batch_size], y[i : i + batch_size]
        e = w * some_x + b - some_y
        dw, db = np.mean(2 * e * some_x), np.mean(2 * e)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


def _all_items_each_time(x, y, w, b, learning_rate, batch_size):
    for _ in range(0, len(x), batch_size):
        w, b = one_epoch(x, y, w, b, learning_rate, len(x))
    return w, b


def _no_last_batch(x, y, w, b, learning_rate, batch_size):
    whole = len(x) // batch_size * batch_size
    return one_epoch(x[:whole], y[:whole], w, b, learning_rate, batch_size)


def _one_batch(x, y, w, b, learning_rate, batch_size):
    return one_epoch(x[:batch_size], y[:batch_size], w, b, learning_rate, batch_size)


def _summed_batches(x, y, w, b, learning_rate, batch_size):
    for i in range(0, len(x), batch_size):
        some_x, some_y = x[i : i + batch_size], y[i : i + batch_size]
        w, b = one_epoch(some_x, some_y, w, b, learning_rate * len(some_x), batch_size)
    return w, b


def _from_the_start(x, y, w, b, learning_rate, batch_size):
    moves = np.zeros(2)
    for i in range(0, len(x), batch_size):
        batch = x[i : i + batch_size], y[i : i + batch_size]
        moves += np.subtract(one_epoch(*batch, w, b, learning_rate, batch_size), (w, b))
    return w + moves[0], b + moves[1]


def _b_after_w(x, y, w, b, learning_rate, batch_size):
    for i in range(0, len(x), batch_size):
        some_x, some_y = x[i : i + batch_size], y[i : i + batch_size]
        w = w - learning_rate * np.mean(2 * (w * some_x + b - some_y) * some_x)
        b = b - learning_rate * np.mean(2 * (w * some_x + b - some_y))
    return w, b


loop_exercise = Exercise(
    "one_epoch",
    one_epoch,
    [(X[:4], Y[:4], 0.0, 0.0, 0.1, 4), (X, Y, 0.5, 0.0, 0.05, 2)],
    {
        "Each update sees all items: take the slice of the batch for x and for y.": (
            _all_items_each_time
        ),
        "The smaller batch at the end is missing: 5 items, 2 at a time, are 3 updates.": (
            _no_last_batch
        ),
        "Only the first batch: is the `return` inside the loop?": _one_batch,
        "Summed over the batch, not averaged.": _summed_batches,
        "Every gradient is from the start: w and b must change within the loop.": _from_the_start,
        "b moves with the new w: take both gradients first, then both steps.": _b_after_w,
    },
    hints=(
        "for i in range(0, len(x), batch_size): the batch is x[i : i + batch_size], and so for y.",
        "In the loop: e, dw and db of the batch as in `gradient`, then both steps.",
    ),
    key="04.loop_exercise",
)

# -- predictions -----------------------------------------------------------------------------

predict_iterations = Prediction(
    "200 markets, batch_size=32: how many updates are in one epoch?",
    "04.iterations",
    ("1", "6", "7", "32"),
)
predict_batches = Prediction(
    (
        "Learning rate 0.05, five epochs each: after the last update, which is farthest from the "
        "lowest point?"
    ),
    "04.batches",
    ("all 200 at once", "20 at a time", "one by one"),
)
ANGLES = ("0°: downhill leads there", "about 30°", "about 60°", "almost 90°")
predict_angle = Prediction(
    (
        "Raw budgets, start at w = 0, b = 0. What is the angle between the steepest way down and "
        "the straight way to the lowest point?"
    ),
    "04.angle",
    ANGLES,
)
vote_angle = Vote(
    "In class: how many hands for each?", ANGLES, (0.45, 0.3, 0.15, 0.1), key="04.vote_angle"
)
predict_rate = Prediction(
    "Raw budgets, all 200 at once. Learning rate 3e-5 brings the cost down. And 4e-5?",
    "04.rate",
    ("a little faster", "about the same", "a little slower", "it shoots out of the picture"),
)

# -- questions -------------------------------------------------------------------------------

recall_line = Quiz(
    "Dense(1) on one feature: how many numbers does it learn?",
    {
        "One: the weight": (False, "And the bias: ŷ = w·x + b."),
        "Two: w and b": (True, "Two, so that the cost over all of them fits on a picture."),
        "As many as there are samples": (False, "The samples share them; that is the point."),
    },
    key="04.recall_line",
)
recall_pull = Quiz(
    "Squared error of one sample, e = ŷ − y. By how much does it grow if ŷ grows by a tiny d?",
    {
        "By e² · d": (False, "e² is the loss itself; asked is its slope."),
        "By 2e · d": (True, "The slope of e² is 2e: a larger error pulls more."),
        "By ± d": (False, "That is absolute error, which pulls equally hard at any distance."),
    },
    key="04.recall_pull",
)
points_at = Quiz(
    "“The negative gradient points at the minimum.”",
    {
        "True: it is the steepest way down": (
            False,
            (
                "Steepest *here*, for the next tiny step. On raw budgets it was almost at right "
                "angles to the way to the minimum."
            ),
        ),
        "Only where the curvature is the same in every direction": (
            True,
            "Or from a point on an axis of the ellipses. Standardized: 0°; raw: almost 90°.",
        ),
        "Never": (False, "On standardized budgets it did, from everywhere: circles, not ellipses."),
    },
    key="04.points_at",
)
settles = Quiz(
    "“One by one, at a constant learning rate, w and b settle at the lowest point.”",
    {
        "True, if one waits long enough": (
            False,
            "Each item pulls towards its own line. At the lowest point only the mean pull is 0.",
        ),
        "False: they keep moving about around it": (
            True,
            "With our rate, at a mean distance of about 1. A smaller rate makes the cloud smaller.",
        ),
        "False: they never come near": (
            False,
            "They were there within the first epoch: 200 updates.",
        ),
    },
    key="04.settles",
)
too_large = Quiz(
    "“It diverged at 4e-5. So 4e-5 is a large learning rate.”",
    {
        "True: 4e-5 and more diverges": (
            False,
            "On standardized budgets 0.95 was fine, and at 3e-5 hardly anything moved.",
        ),
        "False: only rate times curvature has a size": (
            True,
            "Here 4e-5 · 55,908 = 2.24, above 2. Standardized, the curvature is 2.",
        ),
        "False: it was bad luck": (False, "All 200 at once: there is no chance in it."),
    },
    key="04.too_large",
)
transfer = Quiz(
    (
        "A new case: the same budgets in dollars instead of thousands of dollars, all x times "
        "1,000. What happens to the critical learning rate?"
    ),
    {
        "Nothing: it is the same money": (
            False,
            "The line is the same; the landscape over w is not: w shrinks to a thousandth.",
        ),
        "It becomes about 1,000 times smaller": (
            False,
            "x enters twice: the error grows with x, and the step is multiplied by x again.",
        ),
        "It becomes about 1,000,000 times smaller": (
            True,
            "λmax is close to 2 · mean of x², which grows by 1,000². Units decide; see lesson 05.",
        ),
    },
    key="04.transfer",
)

recall = (recall_line, recall_pull)
questions = (points_at, settles, too_large, transfer)
