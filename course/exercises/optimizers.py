"""Lesson 07, optimizers: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: momentum, as in Keras -----------------------------------------------------------


def momentum_step(
    w: float, m: float, g: float, learning_rate: float, beta: float
) -> tuple[float, float]:
    m = beta * m - learning_rate * g  # part of the last step, and a new push
    w = w + m
    return w, m


def _uphill(w, m, g, learning_rate, beta):
    return momentum_step(w, m, -g, learning_rate, beta)


def _averaged(w, m, g, learning_rate, beta):
    return momentum_step(w, m, g, (1 - beta) * learning_rate, beta)


def _late(w, m, g, learning_rate, beta):
    return w + m, beta * m - learning_rate * g


def _forgotten(w, m, g, learning_rate, beta):
    return momentum_step(w, 0.0, g, learning_rate, beta)


momentum_exercise = Exercise(
    "momentum_step",
    momentum_step,
    [(1.0, -0.2, 0.5, 0.1, 0.9), (1.0, 0.3, -2.0, 0.5, 0.6)],
    {
        "Uphill: the new push is against the gradient.": _uphill,
        "That is the average form: its push is (1 − β) times as large as that of Keras.": _averaged,
        "w moves with the old m: renew m first.": _late,
        "The last step is forgotten: β·m is missing.": _forgotten,
    },
    hints=("First the new m, then the new w.", "m = beta * m - learning_rate * g"),
    key="07.momentum_exercise",
)

# -- faded: RMSprop, epsilon inside the root -------------------------------------------------


def rmsprop_step(
    w: float, v: float, g: float, learning_rate: float, rho: float, epsilon: float
) -> tuple[float, float]:
    v = rho * v + (1 - rho) * g**2
    w = w - learning_rate * g / np.sqrt(v + epsilon)
    return w, v


def _outside(w, v, g, learning_rate, rho, epsilon):
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / (np.sqrt(v) + epsilon), v


def _no_square(w, v, g, learning_rate, rho, epsilon):
    v = rho * v + (1 - rho) * abs(g)
    return w - learning_rate * g / np.sqrt(v + epsilon), v


def _no_root(w, v, g, learning_rate, rho, epsilon):
    v = rho * v + (1 - rho) * g**2
    return w - learning_rate * g / (v + epsilon), v


def _summed(w, v, g, learning_rate, rho, epsilon):
    v = rho * v + g**2
    return w - learning_rate * g / np.sqrt(v + epsilon), v


def _old_size(w, v, g, learning_rate, rho, epsilon):
    return w - learning_rate * g / np.sqrt(v + epsilon), rho * v + (1 - rho) * g**2


rmsprop_exercise = Exercise(
    "rmsprop_step",
    rmsprop_step,
    [(1.0, 0.04, 0.5, 0.1, 0.9, 0.01), (1.0, 0.3, -2.0, 0.01, 0.5, 0.2)],
    {
        "ε is outside the root; RMSprop in Keras has it inside: √(v + ε).": _outside,
        "v is the running mean of g²: square first.": _no_square,
        "Divide by the root: v is a square, and the step must not depend on g's unit.": _no_root,
        "A mean needs the factor (1 − ρ) before g², or v is a sum.": _summed,
        "The step uses the old v: renew v first.": _old_size,
    },
    hints=(
        "v forgets with ρ and takes (1 − ρ) of the new g².",
        "w - learning_rate * g / np.sqrt(...): what is under the root?",
    ),
    key="07.rmsprop_exercise",
)

# -- alone: Adam, epsilon outside the root ---------------------------------------------------


def adam_step(
    w: float,
    m: float,
    v: float,
    g: float,
    t: int,
    learning_rate: float,
    beta_1: float,
    beta_2: float,
    epsilon: float,
) -> tuple[float, float, float]:
    m = beta_1 * m + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    alpha = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * m / (np.sqrt(v) + epsilon), m, v


def _adam_means(m, v, g, beta_1, beta_2):
    return beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2


def _uncorrected(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
    m, v = _adam_means(m, v, g, beta_1, beta_2)
    return w - learning_rate * m / (np.sqrt(v) + epsilon), m, v


def _corrected_first(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
    m, v = _adam_means(m, v, g, beta_1, beta_2)
    of_m, of_v = m / (1 - beta_1**t), v / (1 - beta_2**t)
    return w - learning_rate * of_m / (np.sqrt(of_v) + epsilon), m, v


def _inside(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
    m, v = _adam_means(m, v, g, beta_1, beta_2)
    alpha = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * m / np.sqrt(v + epsilon), m, v


def _behind(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
    m, v = _adam_means(m, v, g, beta_1, beta_2)
    alpha = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * (m / np.sqrt(v) + epsilon), m, v


def _gradient_not_mean(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
    m, v = _adam_means(m, v, g, beta_1, beta_2)
    alpha = learning_rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * g / (np.sqrt(v) + epsilon), m, v


adam_exercise = Exercise(
    "adam_step",
    adam_step,
    [
        (1.0, 0.3, 0.04, 0.5, 2, 0.1, 0.9, 0.99, 0.05),
        (1.0, -0.1, 0.5, -2.0, 5, 0.01, 0.8, 0.95, 0.2),
    ],
    {
        "The bias correction is missing: α = learning_rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ).": _uncorrected,
        "That corrects m and v before ε is added, as the paper's algorithm 1 does. Here, as in "
        "Keras, the correction is in the step size α.": _corrected_first,
        "ε is inside the root; Adam has it outside: √v + ε.": _inside,
        "ε belongs into the denominator, where it keeps the division finite.": _behind,
        "The step goes along m, the running mean, not along g.": _gradient_not_mean,
    },
    hints=(
        "Two running means first: m of g with β₁, v of g² with β₂. Then α, then the step.",
        "w - alpha * m / (np.sqrt(v) + epsilon), with alpha as in the text; return w, m, v.",
    ),
    key="07.adam_exercise",
)

# -- predictions -----------------------------------------------------------------------------

predict_form = Prediction(
    (
        "A book has v ← 0.9·v + 0.1·g, w ← w − η·v with η = 0.1. Which learning_rate makes "
        "SGD(learning_rate, momentum=0.9) take the very same steps?"
    ),
    "07.form",
    ("0.01", "0.1", "1.0"),
)
EFFECTIVE = "In the ravine plain SGD at rate 1 is there after 457 updates. Rate 0.1 with β = 0.9?"
EFFECTIVE_CHOICES = (
    "about 50: momentum is fast",
    "about 150",
    "about 420: nearly the same",
    "about 4,600: the rate is a tenth",
)
predict_effective = Prediction(EFFECTIVE, "07.effective", EFFECTIVE_CHOICES)
vote_effective = Vote(
    "In class: how many hands for each?",
    EFFECTIVE_CHOICES,
    (0.35, 0.35, 0.15, 0.15),
    key="07.vote_effective",
)
predict_epsilon = Prediction(
    (
        "One weight whose gradient is always 0.00001, Adam with ε = 1e-7. Somebody writes √(v + ε) "
        "for √v + ε. The steps become"
    ),
    "07.epsilon",
    ("the same", "about 1 % smaller", "about 30 times smaller", "about 1,000 times smaller"),
)
predict_rates = Prediction(
    (
        "Digits. Each optimizer has its own best rate. Now Adam gets the one that is best for "
        "plain SGD. Its accuracy?"
    ),
    "07.rates",
    ("about 95 %, as with its own", "about 80 %", "about 50 %", "below 30 %"),
)

# -- questions -------------------------------------------------------------------------------

recall_border = Quiz(
    "The steepest curvature of a bowl is 1. Up to which rate does plain gradient descent converge?",
    {
        "1": (False, "At 1 it arrives in one step; beyond, it overshoots and still comes closer."),
        "2": (True, "Rate times largest curvature stays below 2."),
        "Any, if one waits": (False, "Beyond 2 each step lands further away."),
    },
    key="07.recall_border",
)
recall_condition = Quiz(
    "Condition number 100, the best rate. How many updates until 1 % of the way is left?",
    {
        "About 10": (False, "That is its root: it will come up today."),
        "About 230": (True, "About 2.3 κ: the flat direction waits for the steep one."),
        "About 10,000": (False, "Each update leaves 99/101 of the way: a few hundred are enough."),
    },
    key="07.recall_condition",
)
rates_transfer = Quiz(
    "“0.5 is a good learning rate for these digits. I keep it and change to Adam.”",
    {
        "Right: the rate belongs to the data": (
            False,
            "With the best rate of plain SGD, Adam was near guessing.",
        ),
        "Wrong: tune anew; the rate of Adam is a length, that of SGD a factor": (
            True,
            "SGD multiplies the gradient; Adam divides its size away first.",
        ),
        "Wrong: Adam's is always 0.001": (
            False,
            "A default is a place to start: here it was not the best of the rates.",
        ),
    },
    key="07.rates_transfer",
)
regularizer = Quiz(
    "“We overfit; let us add momentum, it regularizes.”",
    {
        "True: it smooths the weights": (
            False,
            "It smooths the path. It ended in the same place, learned the same by heart, and "
            "with new digits no gain was sure.",
        ),
        "False: it learned shuffled labels by heart as plain SGD did": (
            True,
            "And in the bowl it ended at the same lowest point; L2 did not.",
        ),
        "False: it makes overfitting ten times worse": (
            False,
            "At each of four effective rates the mean accuracies differed by less than a point.",
        ),
    },
    key="07.regularizer",
)
decoupled = Quiz(
    "“Adam with an L2 penalty and AdamW are the same thing.”",
    {
        "True: the gradient of λw² is 2λw": (
            False,
            "It is, but Adam divides it by √v, together with the rest of the gradient.",
        ),
        "False: with L2, weights with large gradients hardly shrink": (
            True,
            "AdamW shrinks all by the same factor, as plain SGD with L2 does.",
        ),
        "False: AdamW does not shrink weights": (
            False,
            "It does, beside the step: w ← w − lr·λ·w.",
        ),
    },
    key="07.decoupled",
)
transfer = Quiz(
    (
        "A new case: a program has m ← 0.95·m + 0.05·g, w ← w − 0.2·m. You move to Keras with "
        "momentum=0.95. Which learning_rate?"
    ),
    {
        "0.2": (False, "Its steps would be twenty times as large."),
        "0.01": (True, "0.2 · (1 − 0.95): the effective rate stays 0.2."),
        "4": (False, "That is 0.2 / (1 − 0.95): the wrong way round."),
    },
    key="07.transfer",
)

recall = (recall_border, recall_condition)
questions = (rates_transfer, regularizer, decoupled, transfer)
