"""Lesson 15, grid and random search: its predictions, exercises and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: how many trainings a grid costs ---------------------------------------------------


def trainings(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    count = 1
    for values in grid.values():
        count *= len(values)  # each value with each of all others
    return count * folds  # and each configuration once a fold


def _added(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    return sum(map(len, grid.values())) * folds


def _no_folds(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    return trainings(grid, 1)


def _names(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    return len(grid) * folds


def _folds_added(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    return trainings(grid, 1) + folds


def _power(grid: Mapping[str, Sequence[Any]], folds: int) -> int:
    return len(grid) ** len(next(iter(grid.values()))) * folds


trainings_exercise = Exercise(
    "trainings",
    trainings,
    [
        ({"learning_rate": (0.001, 0.01, 0.1), "units": (8, 16)}, 5),
        ({"learning_rate": (0.001, 0.01, 0.1), "units": (8, 16), "layers": (1, 2, 3, 4)}, 1),
        ({"units": (8, 16, 32)}, 10),
    ],
    {
        "Values are combined, each with each: multiply their numbers, do not add.": _added,
        "Each configuration is trained once a fold: the folds are missing.": _no_folds,
        "Count the values of each hyperparameter, not the hyperparameters.": _names,
        "Every configuration is trained `folds` times: multiply.": _folds_added,
        "Upside down: values to the power of hyperparameters, if all have equally many.": _power,
    },
    hints=("3 learning rates with 2 widths are 6 networks.", "A product of lengths, times folds."),
    key="15.trainings_exercise",
)

# -- faded: a random number, evenly over the decades -------------------------------------------


def log_uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
    start = np.log10(low)
    end = np.log10(high)
    return 10 ** (start + u * (end - start))


def _uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return low + u * (high - low)


def _exponent(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.log10(low) + u * (np.log10(high) - np.log10(low))


def _decades_from_one(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return 10 ** (u * np.log10(high))


def _wrong_base(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))


def _ends_as_they_are(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return 10 ** (low + u * (high - low))


def _backwards(u: np.ndarray, low: float, high: float) -> np.ndarray:
    return log_uniform(1 - u, low, high)


U = np.array([0.0, 0.2, 0.5, 0.75, 1.0])

log_uniform_exercise = Exercise(
    "log_uniform",
    log_uniform,
    [(U, 1e-4, 1e-1), (U, 0.5, 20.0), (np.array([0.31]), 1e-6, 1e2)],
    {
        "That is uniform: nine tenths fall into the largest decade. Use logarithms.": _uniform,
        "That is the exponent: 10 must be raised to it.": _exponent,
        "It must begin at `low`: the exponent goes from log10(low) to log10(high).": (
            _decades_from_one
        ),
        "Base ten on the way there, base e on the way back.": _wrong_base,
        "`low` and `high` are values, not exponents: take their logarithms first.": (
            _ends_as_they_are
        ),
        "u = 0 must give `low`, u = 1 `high`.": _backwards,
    },
    hints=("start and end are exponents.", "start = np.log10(low), and end alike."),
    key="15.log_uniform_exercise",
)

# -- alone: how many random trials -------------------------------------------------------------


def chance(p: float, n: int) -> float:
    return 1 - (1 - p) ** n


def _all_in(p: float, n: int) -> float:
    return p**n


def _sum(p: float, n: int) -> float:
    return p * n


def _none(p: float, n: int) -> float:
    return (1 - p) ** n


def _one_only(p: float, n: int) -> float:
    return n * p * (1 - p) ** (n - 1)


chance_exercise = Exercise(
    "chance",
    chance,
    [(0.05, 1), (0.05, 60), (0.1, 10), (0.5, 2)],
    {
        "That is the chance that all n trials are in the top share; one is enough.": _all_in,
        "Chances of several trials cannot be added: 60 × 0.05 is 3, more than certain.": _sum,
        "That is the chance that none is: now the opposite.": _none,
        "That is exactly one; two or more are welcome, too.": _one_only,
    },
    hints=("What is the chance that one trial misses? That all n miss?", "1 − P(all miss)."),
    key="15.chance_exercise",
)

# -- predictions -----------------------------------------------------------------------------

SHARES = ("about 35 %", "about 50 %", "about 70 %", "about 100 %")
predict_hand = Prediction(
    "By hand, from a random first network: one change at a time, kept if it was better; ten "
    "tries. How often does that beat a random search with ten tries?",
    "15.hand",
    SHARES,
)
IRRELEVANT = (
    "Nine trials each, 2,000 landscapes with one hill, y irrelevant. On how many is the best of "
    "nine random trials better than the best of a 3×3 grid?"
)
predict_irrelevant = Prediction(IRRELEVANT, "15.irrelevant", SHARES)
vote_irrelevant = Vote(
    "In class: how many hands for each?", SHARES, (0.1, 0.3, 0.4, 0.2), key="15.vote_irrelevant"
)
predict_both = Prediction(
    "The same, and now both matter equally. Random wins on ...", "15.both", SHARES[:3]
)
predict_folds = Prediction(
    "Rate and L2, wide ranges, 45 trainings on 100 digits: which finds the better network?",
    "15.folds",
    ("9 trials, 5 folds each", "45 trials, 1 fold each", "cannot tell"),
)

# -- questions -------------------------------------------------------------------------------

recall_best = Quiz(
    "You try 45 configurations and keep the one with the best validation score. That score is ...",
    {
        "what to expect on new data": (False, "The best of many is partly luck: lesson 03."),
        "too good, on average": (
            True,
            "Whoever chooses by a score cannot report it: other rows must judge.",
        ),
        "too good only if the network overfits": (
            False,
            "Choosing is enough: sixty equal runs had a best one, too.",
        ),
    },
    key="15.recall_best",
)
recall_rate = Quiz(
    "Three learning rates to try between 0.0001 and 0.1. Which?",
    {
        "0.0001, 0.05, 0.1": (False, "Two of them differ by a factor of 2, two by 500."),
        "0.0003, 0.003, 0.03": (True, "Equal factors: a rate acts by its size, lesson 06."),
        "0.02, 0.05, 0.08": (False, "Even steps leave the lower two decades out."),
    },
    key="15.recall_rate",
)
random_wins = Quiz(
    "“Random search beats grid search.”",
    {
        "True": (
            False,
            "Where both hyperparameters mattered, a well-placed grid won on about two hills of "
            "three.",
        ),
        "Where some hyperparameters hardly matter, usually": (
            True,
            "Then a grid repeats itself. One does not know beforehand: that is the argument.",
        ),
        "False: a grid is more systematic": (
            False,
            "Systematic in nine places, but it saw three learning rates.",
        ),
    },
    key="15.random_wins",
)
grid_finds = Quiz(
    "“I ran the whole grid, so I have the best configuration.”",
    {
        "True: nothing was left out": (
            False,
            "Everything between the grid points was. Most grids of 64 missed the best network.",
        ),
        "It is the best grid point, by this validation score": (
            True,
            "Other values, or other rows to validate on, could have another winner.",
        ),
        "True if the grid is fine enough": (
            False,
            "Finer is nearer, at k^d trainings; and the score is still a sample.",
        ),
    },
    key="15.grid_finds",
)
manual_worst = Quiz(
    "“Search by hand is unscientific; any automatic search does better.”",
    {
        "True": (
            False,
            "One change at a time beat two random searches in three; from what lesson 07 had "
            "found, nearly all.",
        ),
        "False: what one knows is worth trials, but write down each of them": (
            True,
            "And count them: a method that was given more tries by hand has an unfair advantage.",
        ),
        "False: by hand one always does better": (
            False,
            "Moving one notch at a time from a random start was about even.",
        ),
    },
    key="15.manual_worst",
)
transfer = Quiz(
    (
        "A new case: five hyperparameters, 60 trainings can be paid for, and nobody knows which "
        "matter. What do you do?"
    ),
    {
        "A grid with two values of each, 32 trainings": (
            False,
            "Two learning rates. If that is the one that matters, 30 trainings repeat.",
        ),
        "60 random trials, rates drawn evenly in the logarithm": (
            True,
            "60 values of whatever matters; then look at the winners, and narrow the ranges.",
        ),
        "A grid over the learning rate alone, 60 values": (
            False,
            "That bets all on one guess. If it is right it is fine; nobody knows, it says.",
        ),
    },
    key="15.transfer",
)

recall = (recall_best, recall_rate)
questions = (random_wins, grid_finds, manual_worst, transfer)
