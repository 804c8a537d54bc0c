"""Lesson 06, the learning rate: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: step decay ------------------------------------------------------------------------


def step_decay(step: int, first: float, every: int) -> float:
    halvings = step // every  # rounded down: whole periods that are over
    return first / 2**halvings


def _gliding(step, first, every):
    return first / 2 ** (step / every)


def _in_turn(step, first, every):
    return first / (1 + step // every)


def _growing(step, first, every):
    return first * 2 ** (step // every)


def _one_early(step, first, every):
    return first / 2 ** ((step + 1) // every)


step_exercise = Exercise(
    "step_decay",
    step_decay,
    [(0, 0.8, 10), (10, 0.8, 10), (9, 0.8, 10), (35, 0.8, 10)],
    {
        "It glides: ⌊t/T⌋ counts whole periods only, step // every.": _gliding,
        "That divides by 1, 2, 3, ...; halving again and again divides by 1, 2, 4, ...": _in_turn,
        "It grows: divide by the power of 2.": _growing,
        "One update early: the steps 0 to every − 1 have the first rate.": _one_early,
    },
    hints=("How many whole periods are over?", "first / 2 ** (step // every)."),
    key="06.step_exercise",
)

# -- faded: warm-up, then half a cosine --------------------------------------------------------


def warm_cosine(step: int, top: float, warm: int, total: int) -> float:
    if step < warm:
        return top * step / warm
    done = (step - warm) / (total - warm)
    return top * (1 + np.cos(np.pi * done)) / 2


def _counted_from_zero(step, top, warm, total):
    return top * step / warm if step < warm else top * (1 + np.cos(np.pi * step / total)) / 2


def _never_done(step, top, warm, total):
    if step < warm:
        return top * step / warm
    return top * (1 + np.cos(np.pi * (step - warm) / total)) / 2


def _slow_start(step, top, warm, total):
    return top * step / total if step < warm else warm_cosine(step, top, warm, total)


def _cold_start(step, top, warm, total):
    return top if step < warm else warm_cosine(step, top, warm, total)


def _backwards(step, top, warm, total):
    return top * (1 - step / warm) if step < warm else warm_cosine(step, top, warm, total)


cosine_exercise = Exercise(
    "warm_cosine",
    warm_cosine,
    [(1, 0.6, 4, 20), (0, 0.6, 4, 20), (4, 0.6, 4, 20), (12, 0.6, 4, 20), (20, 0.6, 4, 20)],
    {
        "The cosine starts when the warm-up ends: count from there, step − warm.": (
            _counted_from_zero
        ),
        "It does not come down to 0: after the warm-up there are total − warm steps left.": (
            _never_done
        ),
        "The warm-up does not reach the top: it has `warm` steps for it, not `total`.": _slow_start,
        "There is no warm-up: it grows from 0, evenly, to top at step `warm`.": _cold_start,
        "The warm-up runs backwards: 0 at step 0.": _backwards,
    },
    hints=(
        "`done` is a share: 0 at step `warm`, 1 at step `total`.",
        "In the warm-up top * step / warm; then (step − warm) / (total − warm).",
    ),
    key="06.cosine_exercise",
)

# -- alone: reading a range test ---------------------------------------------------------------


def read_range_test(rates: np.ndarray, losses: np.ndarray) -> float:
    lowest = np.nanargmin(losses)
    return rates[lowest] / 10


def _at_the_lowest(rates, losses):
    return rates[np.nanargmin(losses)]


def _blinded(rates, losses):
    return rates[np.argmin(losses)] / 10


def _a_loss(rates, losses):
    return np.nanmin(losses) / 10


def _smallest_rate(rates, losses):
    return np.min(rates) / 10


def _last(rates, losses):
    return rates[-1] / 10


TESTED = np.array([0.001, 0.01, 0.1, 0.7, 2.0, 9.0])
CURVE = np.array([2.3, 2.2, 1.6, 1.1, 4.0, 8.0])

range_exercise = Exercise(
    "read_range_test",
    read_range_test,
    [
        (TESTED, CURVE),
        (TESTED, np.array([2.3, 1.9, 0.7, 2.4, 2.3, 2.3])),
        (TESTED, np.array([2.3, 2.2, 1.6, 1.1, np.nan, np.nan])),
    ],
    {
        "That is the rate at the edge: the curve was about to turn up there. Take a tenth.": (
            _at_the_lowest
        ),
        "A NaN is no lowest loss: np.nanargmin passes over it.": _blinded,
        "That is a loss; wanted is the rate at its place.": _a_loss,
        "The smallest rate is where the test began: look where the loss is lowest.": _smallest_rate,
        "The last rate is where the test ended: look where the loss is lowest.": _last,
    },
    hints=(
        "First the place of the lowest loss, then the rate at that place.",
        "np.nanargmin(losses) is the place; a tenth of the rate there.",
    ),
    key="06.range_exercise",
)

# -- predictions -------------------------------------------------------------------------------

predict_small = Prediction(
    "Digits, ten epochs: the rate 0.1 gets above 85 % of new digits right. What does 0.001 get?",
    "06.small",
    ("the same, more surely", "about 80 %", "below 30 %"),
)
BORDER = (
    "All 500 digits at once, rate 1.0. Rate × sharpness will climb above 2.5. What will the loss "
    "do in 200 updates?"
)
BORDER_CHOICES = (
    "go to infinity",
    "get stuck at guessing",
    "rise now and then, but come down",
    "fall at every update",
)
predict_border = Prediction(BORDER, "06.border", BORDER_CHOICES)
vote_border = Vote(
    "In class: how many hands for each?",
    BORDER_CHOICES,
    (0.45, 0.25, 0.2, 0.1),
    key="06.vote_border",
)
predict_schedule = Prediction(
    (
        "Each schedule with its own best rate, ten epochs. Which beats a constant rate, which has "
        "its own best, too?"
    ),
    "06.schedule",
    ("none", "the cosine only", "every decay", "warm-up alone"),
)
predict_adam = Prediction(
    "Adam, ten epochs: its default, 0.001, against the best of nine rates. How many points less?",
    "06.adam",
    ("none: it adapts", "about one", "four or more"),
)

# -- questions ---------------------------------------------------------------------------------

recall_step = Quiz(
    "A line, a direction of curvature λ. What does one update leave of the way down?",
    {
        "1 − η": (False, "The curvature counts as much as the rate: the slope is λ times the way."),
        "1 − ηλ": (True, "Its size is below 1 for ηλ between 0 and 2."),
        "λ/η": (False, "A larger rate takes more off, as long as ηλ is below 1."),
    },
    key="06.recall_step",
)
recall_chosen = Quiz(
    "A rate was chosen as the best of nine on ten seeds. Which runs may judge it?",
    {
        "The same ten: they are known already": (
            False,
            "The best of nine is lucky, too: on the runs that chose it, it looks too good.",
        ),
        "The best single run": (False, "That is luck twice over."),
        "Runs of other seeds, on digits that chose nothing": (
            True,
            "So the luck of being chosen stays behind.",
        ),
    },
    key="06.recall_chosen",
)
smaller = Quiz(
    "“If in doubt, take a smaller learning rate: it is safer, only slower.”",
    {
        "True": (
            False,
            "Time is the budget. At 0.001 ten epochs ended below 30 % in every run, with a curve "
            "that looked perfectly healthy.",
        ),
        "False: within a budget, too small fails as surely as too large": (
            True,
            "It only fails quietly: the loss falls at each epoch, and almost not at all.",
        ),
        "False: the largest rate that does not diverge is best": (
            False,
            "At a constant rate, batches of 32, 1.0 still learned, but ended lower than 0.2 and "
            "0.5: near the edge the noise of the batches stays.",
        ),
    },
    key="06.smaller",
)
adam = Quiz(
    "“Adam adapts its steps, so its learning rate needs no tuning.”",
    {
        "True": (
            False,
            "The default 0.001 lost more than four points in ten epochs; 0.3 ended below 60 %.",
        ),
        "False: it divides by the gradient's size, but the rate still sets the size of its step": (
            True,
            "Of nine rates from 0.0001 to 1 few were good; other ones than SGD's, though.",
        ),
        "True, if it has a schedule": (
            False,
            "A schedule changes a rate over time; how high it starts is still yours to choose.",
        ),
    },
    key="06.quiz_adam",
)
border = Quiz(
    "“A network whose rate × sharpness is above 2 diverges.”",
    {
        "True: it is so for a line": (
            False,
            "The curvature of a line stays. That of the network fell again: at 1.0 it learned.",
        ),
        "False: 2 means nothing for networks": (
            False,
            "Below 2 the loss fell at every update; above it a small shift grows in one update.",
        ),
        "Not always: above 2 it moves away from a sharp place, perhaps to a flatter one": (
            True,
            "At 1.0 it found one in 5 of 5 runs; at 3.0 in none.",
        ),
    },
    key="06.quiz_border",
)
transfer = Quiz(
    (
        "A new case: 10 times as many images, the same network, batch size and number of epochs. "
        "Your step decay halves every 64 updates, which were 2 epochs. What now?"
    ),
    {
        "Leave it: 64 updates are 64 updates": (
            False,
            "An epoch now has 10 times as many: after 2 of 10 epochs the rate would be a "
            "thousandth of the first.",
        ),
        "Halve every 640 updates": (True, "Schedules count updates: it is the epochs you meant."),
        "Divide the first rate by 10 as well": (
            False,
            "The curvature of the mean loss does not grow with the number of images.",
        ),
    },
    key="06.transfer",
)

recall = (recall_step, recall_chosen)
questions = (smaller, adam, border, transfer)
