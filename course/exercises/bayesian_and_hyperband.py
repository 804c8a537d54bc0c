"""Lesson 16, Bayesian optimization and Hyperband: predictions, exercises and questions."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr as Phi

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote


def phi(z: np.ndarray) -> np.ndarray:
    """Return the density of the standard normal distribution."""
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


# -- worked: the rounds of a bracket ---------------------------------------------------------


def bracket(R: int, eta: int, s: int, s_max: int) -> list:
    n = -(-(s_max + 1) * eta**s // (s + 1))  # rounded up, in whole numbers
    return [(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)]


def _down(R, eta, s, s_max):
    n = (s_max + 1) * eta**s // (s + 1)
    return [(n // eta**i, R // eta ** (s - i)) for i in range(s + 1)]


def _survivors_up(R, eta, s, s_max):
    n = -(-(s_max + 1) * eta**s // (s + 1))
    return [(-(-n // eta**i), R // eta ** (s - i)) for i in range(s + 1)]


def _unshared(R, eta, s, s_max):
    return [(eta**s // eta**i, R // eta ** (s - i)) for i in range(s + 1)]


def _full_at_once(R, eta, s, s_max):
    return [(trials, R) for trials, _ in bracket(R, eta, s, s_max)]


bracket_exercise = Exercise(
    "bracket",
    bracket,
    [(9, 3, 2, 2), (9, 3, 1, 2), (9, 3, 0, 2), (81, 3, 3, 4)],
    {
        "The first number of trials is rounded up, not down.": _down,
        "Survivors are rounded down: of 5 trials one is kept, not two.": _survivors_up,
        "The factor (s_max + 1)/(s + 1) is missing: it shares the epochs among brackets.": (
            _unshared
        ),
        "Each round has its own epochs: R/η^(s−i) in round i.": _full_at_once,
    },
    hints=("-(-a // b) rounds a/b up.", "Round i: n // eta**i trials, R // eta**(s-i) epochs."),
    key="16.bracket_exercise",
)

# -- faded: expected improvement -------------------------------------------------------------


def expected_improvement(mean: np.ndarray, std: np.ndarray, best: float) -> np.ndarray:
    z = (best - mean) / std
    exploit = (best - mean) * Phi(z)
    explore = std * phi(z)
    return exploit + explore


def _for_maximum(mean, std, best):
    z = (mean - best) / std
    return (mean - best) * Phi(z) + std * phi(z)


def _unscaled(mean, std, best):
    z = best - mean
    return (best - mean) * Phi(z) + std * phi(z)


def _gain_only(mean, std, best):
    return (best - mean) * Phi((best - mean) / std)


def _probability(mean, std, best):
    return Phi((best - mean) / std)


def _bare_density(mean, std, best):
    z = (best - mean) / std
    return (best - mean) * Phi(z) + phi(z)


improvement_exercise = Exercise(
    "expected_improvement",
    expected_improvement,
    [
        (np.array([3.0]), np.array([1.0]), 3.0),
        (np.array([2.0, 4.0, 6.0]), np.array([0.5, 2.0, 3.0]), 3.0),
    ],
    {
        "That is for a maximum: here an error is to become small, so f* − μ.": _for_maximum,
        "z is counted in standard deviations: divide by std.": _unscaled,
        "The second term is missing: what is uncertain may be better than its mean.": _gain_only,
        "That is the probability of an improvement; how large it is counts, too.": _probability,
        "φ(z) has no unit: multiply it by std.": _bare_density,
    },
    hints=("Both blanks are in the formula above.", "z = (best − mean)/std; std · φ(z)."),
    key="16.improvement_exercise",
)

# -- alone: who goes on? ---------------------------------------------------------------------


def survivors(accuracies: list, eta: int) -> list:
    keep = max(1, len(accuracies) // eta)
    order = sorted(range(len(accuracies)), key=lambda i: -accuracies[i])
    return order[:keep]


def _worst(accuracies, eta):
    order = sorted(range(len(accuracies)), key=lambda i: accuracies[i])
    return order[: max(1, len(accuracies) // eta)]


def _values(accuracies, eta):
    return sorted(accuracies, reverse=True)[: max(1, len(accuracies) // eta)]


def _eta_of_them(accuracies, eta):
    return sorted(range(len(accuracies)), key=lambda i: -accuracies[i])[:eta]


def _nobody(accuracies, eta):
    return sorted(range(len(accuracies)), key=lambda i: -accuracies[i])[: len(accuracies) // eta]


def _rounded_up(accuracies, eta):
    order = sorted(range(len(accuracies)), key=lambda i: -accuracies[i])
    return order[: -(-len(accuracies) // eta)]


survivors_exercise = Exercise(
    "survivors",
    survivors,
    [
        ([0.3, 0.9, 0.5, 0.7, 0.1, 0.2], 3),
        ([0.3, 0.9, 0.5, 0.7, 0.8], 3),
        ([0.2, 0.6], 3),
        ([0.5, 0.4, 0.3, 0.2, 0.8, 0.7, 0.6, 0.1], 2),
    ],
    {
        "Those are the worst: high accuracy is good.": _worst,
        "Return which trials go on, their numbers, not their accuracies.": _values,
        "One in η goes on, not η of them.": _eta_of_them,
        "Nobody is left: keep one at least.": _nobody,
        "Survivors are rounded down: ⌊n/η⌋.": _rounded_up,
    },
    hints=("Sort the numbers 0 to n − 1 by accuracy.", "Keep max(1, n // eta) of them."),
    key="16.survivors_exercise",
)

# -- predictions -----------------------------------------------------------------------------

RANK_CHOICES = ("among the first 3", "4th to 10th", "11th to 30th", "behind the 30th")
predict_rank = Prediction(
    (
        "300 settings, 27 epochs each, mean of four seeds. Take the one with the best validation "
        "accuracy in the end. Which place did it have after one epoch?"
    ),
    "16.rank",
    RANK_CHOICES,
)
vote_rank = Vote(
    "In class: how many hands for each?", RANK_CHOICES, (0.3, 0.4, 0.2, 0.1), key="16.vote_rank"
)
predict_race = Prediction(
    (
        "Three hyperparameters, 357 epochs for each tuner, 100 races. Whose setting has the "
        "highest mean test accuracy, by more than its interval?"
    ),
    "16.race",
    ("random search", "Bayesian", "Hyperband", "none is ahead of random"),
)

# -- questions -------------------------------------------------------------------------------

recall_grid = Quiz(
    "Nine trials, two hyperparameters, one of which does not matter. Grid or random?",
    {
        "Grid: it covers the square evenly": (
            False,
            "Evenly in the square, but only three different values of the one that matters.",
        ),
        "Random: nine different values of the one that matters": (
            True,
            "A 3 × 3 grid tries three. If both matter equally, that advantage is gone.",
        ),
        "It makes no difference": (False, "Project the points on the axis that matters."),
    },
    key="16.recall_grid",
)
recall_patience = Quiz(
    "Early stopping with patience 5. When does it stop a training?",
    {
        "After 5 epochs without a better value than the best so far": (
            True,
            "It compares a training with its own past. Today trainings are compared with others.",
        ),
        "After 5 epochs": (False, "Any better value sets the count back to 0."),
        "When another setting is better": (
            False,
            "It knows one training only. That idea is today's.",
        ),
    },
    key="16.recall_patience",
)
early_rank = Quiz(
    "“Who leads after one epoch leads in the end: nine epochs saved in ten.”",
    {
        "True": (False, "The best of 300 recorded settings was 40th after one epoch."),
        "False: early ranks say nothing": (
            False,
            "Over all 300 the rank correlation was about 0.8: they tell the hopeless.",
        ),
        "They tell the bad from the good, not the good from the best": (
            True,
            "Among the best hundred the correlation was about 0.3. So it was between two whole "
            "trainings: much of that order is luck.",
        ),
    },
    key="16.early_rank",
)
always_bayes = Quiz(
    "“Bayesian optimization always beats random search: it learns.”",
    {
        "True": (
            False,
            "With 13 trials over three hyperparameters the interval held 0; over one rate it was "
            "no better.",
        ),
        "False: it never does": (
            False,
            "With 30 trials over seven hyperparameters it was ahead, by about half a point.",
        ),
        "It depends on what there is to learn, and on how many trials": (
            True,
            "Where many settings are about equally good, chance finds one, too.",
        ),
    },
    key="16.always_bayes",
)
band = Quiz(
    "The 95 % band of a Gaussian process is narrow. What do you know?",
    {
        "The error there lies within it, with 95 %": (
            False,
            "Only if the landscape is as the process supposes: ours has a cliff.",
        ),
        "The model is sure; whether it is right is another question": (
            True,
            "After four trials the true error was outside far more often than once in twenty.",
        ),
        "That rate was tried already": (False, "Near a tried one is enough, for the model."),
    },
    key="16.band",
)
transfer = Quiz(
    (
        "A new case: a schedule warms the learning rate up for 20 of 100 epochs; the number of "
        "warm-up epochs is searched, too. Hyperband with a first budget of 1 epoch?"
    ),
    {
        "Good: it saves most": (False, "After one epoch a long warm-up has hardly begun."),
        "Start with more epochs, beyond the warm-up": (
            True,
            "Else every long warm-up is dropped for what it is meant to do: to start slowly.",
        ),
        "Hyperband cannot be used with a schedule": (
            False,
            "It can: the schedule goes on where a promoted trial goes on.",
        ),
    },
    key="16.transfer",
)

recall = (recall_grid, recall_patience)
questions = (early_rank, always_bayes, band, transfer)
