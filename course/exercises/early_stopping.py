"""Lesson 14, early stopping: its predictions, exercises and questions."""

from __future__ import annotations

from math import nan

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: the table of decisions ------------------------------------------------------------


def decision_table(losses: list[float], patience: int) -> list[tuple[float, int]]:
    best, wait, rows = np.inf, 0, []
    for loss in losses:
        wait = wait + 1
        if loss < best:  # strictly
            best, wait = loss, 0
        rows.append((best, wait))
        if wait >= max(patience, 1):  # patience 0 behaves as 1
            break
    return rows


def _never_reset(losses, patience):
    best, rows = np.inf, []
    for wait, loss in enumerate(losses):
        best = min(best, loss)
        rows.append((best, wait))
        if wait >= max(patience, 1):
            break
    return rows


def _against_previous(losses, patience):
    best, wait, rows = np.inf, 0, []
    for epoch, loss in enumerate(losses):
        wait = 0 if epoch == 0 or loss < losses[epoch - 1] else wait + 1
        best = min(best, loss)
        rows.append((best, wait))
        if wait >= max(patience, 1):
            break
    return rows


def _one_too_late(losses, patience):
    return decision_table(losses, patience + 1)


def _never_stops(losses, patience):
    return decision_table(losses, len(losses) + 1)


FALLING = [0.9, 0.7, 0.8, 0.75, 0.72, 0.74, 0.6]
FLAT = [0.5, 0.5, 0.6, 0.4]

table_exercise = Exercise(
    "decision_table",
    decision_table,
    [(FALLING, 5), (FALLING, 3), (FLAT, 2), (FLAT, 0)],
    {
        "`wait` starts anew at every improvement.": _never_reset,
        "A value is compared with the best so far, not with the one before.": _against_previous,
        "It stops in the epoch in which wait reaches patience, not one later.": _one_too_late,
        "Nothing stops it: leave the loop once wait has reached patience.": _never_stops,
    },
    hints=(
        "Add 1 first; an improvement sets wait back to 0.",
        "Stop when wait ≥ max(patience, 1).",
    ),
    key="14.table_exercise",
)

# -- faded: the counter, with min_delta ---------------------------------------------------------


def next_wait(wait: int, value: float, best: float, min_delta: float) -> int:
    target = best - abs(min_delta)
    waited = wait + 1
    return 0 if value < target else waited


def _no_delta(wait, value, best, min_delta):
    return 0 if value < best else wait + 1


def _wrong_side(wait, value, best, min_delta):
    return 0 if value < best + abs(min_delta) else wait + 1


def _signed(wait, value, best, min_delta):
    return 0 if value < best - min_delta else wait + 1


def _stands(wait, value, best, min_delta):
    return 0 if value < best - abs(min_delta) else wait


def _one(wait, value, best, min_delta):
    return 0 if value < best - abs(min_delta) else 1


wait_exercise = Exercise(
    "next_wait",
    next_wait,
    [
        (2, 0.30, 0.50, 0.125),
        (2, 0.60, 0.50, 0.125),
        (2, 0.45, 0.50, 0.125),
        (0, 0.375, 0.50, 0.125),
        (1, 0.60, 0.50, -0.125),
    ],
    {
        "The count stands still: an epoch without improvement adds 1.": _stands,
        "The count goes on from `wait`; it does not begin with 1.": _one,
        "min_delta is missing: a hair better is not an improvement.": _no_delta,
        "Only the size of min_delta counts, not its sign: abs().": _signed,
        "The other side: the value must be below best by more than min_delta.": _wrong_side,
    },
    hints=(
        "How low must `value` be? `best` minus something.",
        "abs(min_delta); wait + 1.",
    ),
    key="14.wait_exercise",
)

# -- alone: where it stops, what it restores ----------------------------------------------------


def stop_and_restore(values: list[float], patience: int, mode: str) -> tuple[int, int]:
    best, best_epoch, wait = None, None, 0
    for epoch, value in enumerate(values, 1):
        wait += 1
        better = best is None or (value < best if mode == "min" else value > best)
        if better and not np.isnan(value):
            best, best_epoch, wait = value, epoch, 0
        elif wait >= patience and epoch > 1:
            break
    return epoch, best_epoch or epoch


def _always_min(values, patience, mode):
    return stop_and_restore(values, patience, "min")


def _nan_first(values, patience, mode):
    best, best_epoch, wait = values[0], 1, 0
    for epoch, value in enumerate(values[1:], 2):
        wait += 1
        if value < best if mode == "min" else value > best:
            best, best_epoch, wait = value, epoch, 0
        elif wait >= patience:
            return epoch, best_epoch
    return len(values), best_epoch


def _nan_skipped(values, patience, mode):
    epochs = [epoch for epoch, value in enumerate(values, 1) if value == value]
    stop, kept = stop_and_restore([values[epoch - 1] for epoch in epochs], patience, mode)
    return epochs[stop - 1], epochs[kept - 1]


def _from_zero(values, patience, mode):
    stop, kept = stop_and_restore(values, patience, mode)
    return stop - 1, kept - 1


def _last(values, patience, mode):
    stop, _ = stop_and_restore(values, patience, mode)
    return stop, stop


def _only_if_stopped(values, patience, mode):
    stop, kept = stop_and_restore(values, patience, mode)
    wait = stop - kept
    return stop, kept if wait >= patience else stop


def _best_of_all(values, patience, mode):
    stop, _ = stop_and_restore(values, patience, mode)
    best = np.nanargmin(values) if mode == "min" else np.nanargmax(values)
    return stop, int(best) + 1


def _equal_is_better(values, patience, mode):
    sign = 1 if mode == "min" else -1
    best, best_epoch, wait = np.inf, len(values), 0
    for epoch, value in enumerate(values, 1):
        wait += 1
        if sign * value <= best:
            best, best_epoch, wait = sign * value, epoch, 0
        elif wait >= patience and epoch > 1:
            return epoch, best_epoch
    return len(values), best_epoch


restore_exercise = Exercise(
    "stop_and_restore",
    stop_and_restore,
    [
        ([0.9, 0.5, 0.6, 0.7, 0.4], 2, "min"),
        ([0.9, 0.5, 0.6, 0.7], 5, "min"),
        ([0.2, 0.6, 0.8, 0.7, 0.7, 0.9], 2, "max"),
        ([0.6, 0.8, 0.8, 0.8, 0.9], 2, "max"),
        ([0.9, nan, 0.6, nan, nan, 0.5], 2, "min"),
        ([nan, 0.7, 0.6, 0.8, 0.9], 2, "min"),
    ],
    {
        "Epochs are counted from 1 here.": _from_zero,
        "The best comes after the stop: it was never trained.": _best_of_all,
        "The best weights are restored at the end even where nothing stopped it.": (
            _only_if_stopped
        ),
        "What is restored is the best epoch, not the last.": _last,
        "In mode 'max' more is better.": _always_min,
        "An equal value is no improvement: better means strictly better.": _equal_is_better,
        "An epoch with NaN was trained, too: it counts as waiting.": _nan_skipped,
        "NaN became the best, and nothing is better than NaN: leave it out.": _nan_first,
    },
    hints=(
        "As in the table, with `best = None` until a number comes; comparisons with NaN are False.",
        "Keep best_epoch beside best; return it in both places where the function ends.",
    ),
    key="14.restore_exercise",
)

# -- predictions --------------------------------------------------------------------------------

PATIENCE_CHOICES = ("nothing", "about 1 point", "2 points or more", "it gains")
predict_patience = Prediction(
    (
        "Monitor val_accuracy; patience 0 against 20, each at its own best learning rate. What "
        "does patience 0 lose in test accuracy, on average?"
    ),
    "14.patience",
    PATIENCE_CHOICES,
)
vote_patience = Vote(
    "In class: how many hands for each?",
    PATIENCE_CHOICES,
    (0.25, 0.4, 0.25, 0.1),
    key="14.vote_patience",
)
predict_peak = Prediction(
    (
        "20 trainings. In how many is the epoch with the lowest val_loss also one with the highest "
        "val_accuracy?"
    ),
    "14.peak",
    ("in all", "in more than half", "in less than half"),
)
predict_baseline = Prediction(
    "baseline=0.5, patience=2, and a val_loss of 0.6, 0.4, 0.3, 0.2, 0.1. When does it stop?",
    "14.baseline",
    ("once 0.5 is reached", "after 2 epochs: 0.6 is above", "never"),
)
predict_resume = Prediction(
    (
        "A training is killed, its checkpoint loaded, and it goes on to the same epoch as one that "
        "was never killed (shuffle=False, no dropout). How near are the two?"
    ),
    "14.resume",
    ("equal, bit for bit", "equal but for rounding", "similar scores, other weights"),
)

# -- questions ----------------------------------------------------------------------------------

recall_optimism = Quiz(
    "You pick the best of 60 validation scores. What does it say about new data?",
    {
        "It is what to expect": (False, "Chosen for being high, it is partly lucky."),
        "It is optimistic": (True, "The more scores to choose from, the more luck is chosen."),
        "It is pessimistic": (False, "Nobody picks the unlucky ones."),
    },
    key="14.recall_optimism",
)
recall_accuracy = Quiz(
    "Between two epochs the loss fell and the accuracy stood still. How?",
    {
        "A mistake in the metric": (False, "It is what a metric that counts answers does."),
        "No answer changed, only how sure the network is": (
            True,
            "So one can have its best epoch where the other has not.",
        ),
        "The learning rate is 0": (False, "Then the loss would stand still, too."),
    },
    key="14.recall_accuracy",
)
together = Quiz(
    "“Loss and accuracy peak together; it does not matter which one I monitor.”",
    {
        "True": (False, "In 20 trainings their best epochs were usually far apart."),
        "False: they can be best in different epochs": (
            True,
            "Know which one you monitor: a count of answers jumps, and asks for more patience.",
        ),
        "False: accuracy always peaks later": (
            False,
            "Here it was best earlier, as a rule. Which comes first depends on data and network.",
        ),
    },
    key="14.together",
)
safe = Quiz(
    "“Patience 0 is safe: it stops before anything gets worse.”",
    {
        "True": (False, "It stopped at the first hiccup of a noisy curve, far from the best."),
        "False: one epoch without improvement is mostly noise": (
            True,
            "A better one came in 20 of 20: it lost about 13 points on accuracy, 1 on the loss.",
        ),
        "False: patience 0 means that it never stops": (False, "0 behaves as 1."),
    },
    key="14.safe",
)
report = Quiz(
    "“The weights of the best epoch are restored, so I report their validation accuracy.”",
    {
        "Right: it belongs to these weights": (
            False,
            "It does, but they were chosen by it. On average it was too high.",
        ),
        "Wrong: report the accuracy on digits that chose nothing": (
            True,
            "Stopping is a choice, like any other hyperparameter.",
        ),
        "Wrong: report the last epoch's": (False, "Those are not the weights that you keep."),
    },
    key="14.report",
)
transfer = Quiz(
    (
        "A new case: with a warm-up of 10 epochs the loss rises before it falls. Its curve is "
        "noisy, an epoch is dear. What do you set?"
    ),
    {
        "patience=0, to save epochs": (False, "It stops in the warm-up."),
        "start_from_epoch=10, a patience of several epochs, restored weights": (
            True,
            "Blind in the warm-up, patient with noise, and it keeps the best epoch.",
        ),
        "baseline at the loss that would please you": (
            False,
            "It stops nothing when it is reached: it only ends trainings that fall short.",
        ),
    },
    key="14.transfer",
)

recall = (recall_optimism, recall_accuracy)
questions = (together, safe, report, transfer)
