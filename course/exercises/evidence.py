"""Lesson 03, evidence: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote
from course.experiments.leaks import strongest


def interval(d: np.ndarray, t: float) -> tuple[float, float]:
    s = d.std(ddof=1)  # spread of single runs
    half = t * s / np.sqrt(len(d))  # t standard errors of their mean
    return d.mean() - half, d.mean() + half


def paired_interval(a: np.ndarray, b: np.ndarray, t: float) -> tuple[float, float]:
    d = a - b  # pair by pair
    half = t * d.std(ddof=1) / np.sqrt(len(d))
    return d.mean() - half, d.mean() + half


def honest_score(validation: np.ndarray, test: np.ndarray) -> float:
    return test[np.argmax(validation)]


def prepare(x: np.ndarray, y: np.ndarray, train: np.ndarray, k: int) -> np.ndarray:
    z = (x - x[train].mean(0)) / x[train].std(0)
    best = strongest(z[train], y[train], k)
    return z[:, best]


def _around(middle: float, half: float) -> tuple[float, float]:
    return middle - half, middle + half


def _spread(d: np.ndarray, ddof: int = 1) -> float:
    return d.std(ddof=ddof)


def _scaled(x: np.ndarray, rows: np.ndarray | slice) -> np.ndarray:
    return (x - x[rows].mean(0)) / x[rows].std(0)


def _leaky(x: np.ndarray, y: np.ndarray, k: int, scaled: object, chosen: object) -> np.ndarray:
    z = _scaled(x, scaled)
    return z[:, strongest(z[chosen], y[chosen], k)]


def _each_by_itself(x: np.ndarray, y: np.ndarray, train: np.ndarray, k: int) -> np.ndarray:
    z = _scaled(x, ~train)
    z[train] = _scaled(x, train)[train]
    return z[:, strongest(z[train], y[train], k)]


def _pipeline_case(seed: int, k: int) -> tuple:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(3, 2, (20, 30)), rng.integers(0, 2, 20)
    return x, y, np.arange(20) % 2 == 0, k


FIVE = np.array([1.0, 3.0, 0.0, 2.0, 4.0])
TEN = np.array([0.4, 1.2, -0.3, 0.8, 0.1, 0.9, 1.7, -0.6, 0.5, 1.1])
interval_exercise = Exercise(
    "interval",
    interval,
    [(FIVE, 2.776), (TEN, 2.262)],
    {
        "That is the spread of single runs: their mean is √n times surer.": (
            lambda d, t: _around(d.mean(), t * _spread(d))
        ),
        "Divide by √n, not by n: variances add up, spreads do not.": (
            lambda d, t: _around(d.mean(), t * _spread(d) / len(d))
        ),
        "ddof=1 is missing: the mean came from the same numbers, so divide by n − 1.": (
            lambda d, t: _around(d.mean(), t * _spread(d, 0) / np.sqrt(len(d)))
        ),
        "t is missing: one standard error to each side covers too seldom.": (
            lambda d, t: _around(d.mean(), _spread(d) / np.sqrt(len(d)))
        ),
    },
    hints=("The standard error is s/√n, with s = d.std(ddof=1).", "Go t of them to each side."),
    key="03.interval_exercise",
)
paired_exercise = Exercise(
    "paired_interval",
    paired_interval,
    [(80 + 3 * TEN, 79 + 2 * TEN[::-1], 2.262), (FIVE**2, FIVE, 2.776)],
    {
        "That is b − a: here the difference is a − b.": (
            lambda a, b, t: interval(np.asarray(b) - a, t)
        ),
        "That forgets the pairs: subtract first, then take the spread of the differences.": (
            lambda a, b, t: _around(
                np.mean(a - b), t * np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))
            )
        ),
        "Spreads do not subtract: take the spread of a − b.": (
            lambda a, b, t: _around(
                np.mean(a - b), t * (a.std(ddof=1) - b.std(ddof=1)) / np.sqrt(len(a))
            )
        ),
        "Keep the signs: a pair in which b wins counts against a.": (
            lambda a, b, t: interval(np.abs(a - b), t)
        ),
        "ddof=1 is missing: the mean came from the same numbers, so divide by n − 1.": (
            lambda a, b, t: _around(np.mean(a - b), t * _spread(a - b, 0) / np.sqrt(len(a)))
        ),
        "√n is missing: the interval is for the mean, not for the next run.": (
            lambda a, b, t: _around(np.mean(a - b), t * _spread(a - b))
        ),
        "t is missing: one standard error to each side covers too seldom.": (
            lambda a, b, t: _around(np.mean(a - b), _spread(a - b) / np.sqrt(len(a)))
        ),
    },
    hints=(
        "Two lists become one: the difference of each pair.",
        "d = a - b; half is that of `interval` above.",
    ),
    key="03.paired_exercise",
)
honest_exercise = Exercise(
    "honest_score",
    honest_score,
    [
        (np.array([0.86, 0.94, 0.90]), np.array([0.88, 0.89, 0.91])),
        (np.array([0.92, 0.84, 0.90, 0.88]), np.array([0.85, 0.90, 0.87, 0.83])),
    ],
    {
        "That is the winner's validation score: the luck that made it win is still in it.": (
            lambda validation, test: validation.max()
        ),
        "That chooses by the test. A score that chooses is no test any more.": (
            lambda validation, test: test.max()
        ),
        "You will use the winner, not the average run.": lambda validation, test: test.mean(),
        "That is the worst on validation.": lambda validation, test: test[np.argmin(validation)],
        "That is the winner's place; asked is its test score.": (
            lambda validation, test: np.argmax(validation)
        ),
    },
    hints=("Who may choose? Validation. Who may judge? Test.", "np.argmax gives a place."),
    key="03.honest_exercise",
)
prepare_exercise = Exercise(
    "prepare",
    prepare,
    [_pipeline_case(0, 3), _pipeline_case(1, 5)],
    {
        "Two leaks: the scale, and the choice of columns, know the test rows.": (
            lambda x, y, train, k: _leaky(x, y, k, slice(None), slice(None))
        ),
        "One leak is left: the columns are chosen with the labels of the test rows.": (
            lambda x, y, train, k: _leaky(x, y, k, train, slice(None))
        ),
        "One leak is left: mean and spread come from all rows.": (
            lambda x, y, train, k: _leaky(x, y, k, slice(None), train)
        ),
        "Chosen from the test rows only: fit everything on `train`.": (
            lambda x, y, train, k: _leaky(x, y, k, train, ~train)
        ),
        "The test rows were scaled by themselves: use mean and spread of the training rows.": (
            _each_by_itself
        ),
        "Return all rows: the test rows are treated alike, they only have no say.": (
            lambda x, y, train, k: prepare(x, y, train, k)[train]
        ),
        "The columns are right, but not standardized.": (
            lambda x, y, train, k: x[:, strongest(x[train], y[train], k)]
        ),
    },
    hints=(
        "Look for every number that is computed from data: whose rows is it computed from?",
        "x[train].mean(0), x[train].std(0), and strongest(z[train], y[train], k).",
    ),
    key="03.prepare_exercise",
)

predict_spread = Prediction(
    "The same network, the same 100 digits, five seeds: how far apart are the best and the worst?",
    "03.spread",
    ("not at all", "less than half a point", "1 to 10 points", "more than 10 points"),
)
BEST = (
    "One run has 88 % on average. Of 60 you keep the one with the best score on 50 validation "
    "digits: on average 94 %. What does it have on digits that nobody looked at?"
)
BEST_CHOICES = (
    "about 94 %: it is a good run",
    "about 91 %: half of the gain is luck",
    "about 89 %: most of the gain is luck",
    "about 82 %: it has overfitted",
)
predict_best = Prediction(BEST, "03.best", BEST_CHOICES)
vote_best = Vote(
    "In class: how many hands for each?", BEST_CHOICES, (0.3, 0.35, 0.2, 0.15), key="03.vote_best"
)
predict_leak = Prediction(
    "1,000 features of noise, labels by coin toss. A pipeline keeps the 20 features that go best "
    "with the labels of all rows, then splits, trains and tests. What test accuracy on average?",
    "03.leak",
    ("about 50 %", "about 60 %", "about 80 %", "about 100 %"),
)

recall_seed = Quiz(
    "Lesson 00: the learning rate was chosen on other draws than those that judged it. Why?",
    {
        "To use more data": (False, "The same number of points would have done; but other ones."),
        "Chosen and judged by the same points, it would look too good": (
            True,
            "Today: by how much, and why.",
        ),
        "Because draws must be independent of the network": (
            False,
            "They always were. But the choice would have depended on the points that judge.",
        ),
    },
    key="03.recall_seed",
)
recall_accuracy = Quiz(
    "Lesson 02: accuracy counts. In which steps can it move on 50 validation digits?",
    {
        "Any number between 0 and 1": (False, "That is the loss. Accuracy is a count over 50."),
        "2 points": (True, "1/50. A single digit, right or wrong by luck, moves it by 2 %."),
        "1 point": (False, "That would be a digit in 100; here there are 50."),
    },
    key="03.recall_accuracy",
)
best_is_expected = Quiz(
    "“Of 60 runs the best had 96 % in validation. So we can promise 96 %.”",
    {
        "Yes: it was measured on digits that it never saw": (
            False,
            "The network never saw them, but you did: they chose it among 60.",
        ),
        "No: promise what it has on digits that took no part in the choice": (
            True,
            "On average 94 % became 89 %: the luck that won does not come again.",
        ),
        "No: promise the average of the 60 runs": (
            False,
            "Near, but the winner is a little better than the average run: about a point here.",
        ),
    },
    key="03.best_is_expected",
)
overlap = Quiz(
    "“A: 85.4 to 88.0. B: 86.6 to 88.8. The intervals overlap, so there is no difference.”",
    {
        "True": (
            False,
            "Those were the two settings of section 5; in pairs the difference was clear.",
        ),
        "False: look at the interval of the paired difference": (
            True,
            "What both share, data and seed, cancels in the difference.",
        ),
        "False: the larger mean wins": (
            False,
            "Then any two settings would differ. The interval must stay away from 0.",
        ),
    },
    key="03.overlap",
)
covers_runs = Quiz(
    "“The interval for B − A is +0.3 to +1.7. So B wins with 95 % of the seeds.”",
    {
        "True": (False, "In that comparison B won 8 pairs of 10, not 95 %."),
        "False: it is for the mean, not for the next run": (
            True,
            "With more seeds it shrinks around the mean, whatever the spread of single runs.",
        ),
        "False: B wins with 5 % of the seeds": (False, "95 % speaks of intervals, not of seeds."),
    },
    key="03.covers_runs",
)
transfer = Quiz(
    "A new case: an automatic search tried 500 settings, each cross-validated in five folds. The "
    "best has 93 %. What do you report?",
    {
        "93 %: cross-validation is unbiased": (
            False,
            "Nearly so for one setting fixed beforehand. This one won against 499 by that score.",
        ),
        "The winner's score on data that no trial has seen": (
            True,
            "Cross-validation may choose; then something fresh must judge.",
        ),
        "The average over the 500": (False, "Nobody will use the average setting."),
    },
    key="03.transfer",
)

recall = (recall_seed, recall_accuracy)
questions = (best_is_expected, overlap, covers_runs, transfer)
