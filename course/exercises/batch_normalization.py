"""Lesson 12, batch normalization: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: normalize a batch by hand -------------------------------------------------------


def normalize(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    mean = z.mean(axis=0)  # one number a unit
    variance = ((z - mean) ** 2).mean(axis=0)  # biased: divided by n
    return gamma * (z - mean) / np.sqrt(variance + 1e-3) + beta


def _unbiased(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return gamma * (z - z.mean(0)) / np.sqrt(z.var(0, ddof=1) + 1e-3) + beta


def _no_epsilon(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return gamma * (z - z.mean(0)) / z.std(0) + beta


def _epsilon_outside(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return gamma * (z - z.mean(0)) / (z.std(0) + 1e-3) + beta


def _rows(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    mean, variance = z.mean(1, keepdims=True), z.var(1, keepdims=True)
    return gamma * (z - mean) / np.sqrt(variance + 1e-3) + beta


def _by_variance(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return gamma * (z - z.mean(0)) / (z.var(0) + 1e-3) + beta


def _bare(z: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    return (z - z.mean(0)) / np.sqrt(z.var(0) + 1e-3)


Z = np.array([[1.0, 20.0, 0.1], [3.0, 60.0, 0.3], [7.0, 10.0, -0.2], [4.0, 30.0, 0.1]])
GAMMA, BETA = np.array([1.5, 0.5, 2.0]), np.array([0.0, 1.0, -1.0])

normalize_exercise = Exercise(
    "normalize",
    normalize,
    [(Z, np.ones(3), np.zeros(3)), (Z, GAMMA, BETA)],
    {
        "That divides by n − 1. The layer takes the biased variance, divided by n.": _unbiased,
        "The 1e-3 is missing: it stands under the root, beside the variance.": _no_epsilon,
        "The 1e-3 belongs under the root.": _epsilon_outside,
        "That is per sample (layer normalization): axis=0 goes down a unit.": _rows,
        "That divides by the variance; take its root.": _by_variance,
        "γ and β are missing: y = γ · (what you have) + β.": _bare,
    },
    hints=("axis=0 goes down the column of a unit.", "γ·(z − mean)/√(variance + 1e-3) + β."),
    key="12.normalize_exercise",
)

# -- faded: one step of a moving average -----------------------------------------------------


def follow(moving: np.ndarray, batch: np.ndarray, momentum: float) -> np.ndarray:
    kept = moving * momentum
    new = batch * (1 - momentum)
    return kept + new


follow_exercise = Exercise(
    "follow",
    follow,
    [(np.array([0.0, 1.0]), np.array([5.0, 3.0]), 0.99), (np.array([2.0]), np.array([4.0]), 0.9)],
    {
        "The other way round: momentum is the share that is kept.": (
            lambda moving, batch, momentum: moving * (1 - momentum) + batch * momentum
        ),
        "The new one counts for 1 − momentum only, or the sum would grow.": (
            lambda moving, batch, momentum: moving * momentum + batch
        ),
        "The old value keeps the share momentum; you kept all of it.": (
            lambda moving, batch, momentum: moving + batch * (1 - momentum)
        ),
        "That is the plain mean of both: where is momentum?": (
            lambda moving, batch, momentum: (moving + batch) / 2
        ),
        "That forgets the old value: a single batch is noisy.": (
            lambda moving, batch, momentum: batch
        ),
    },
    hints=("Two shares that add up to 1.", "Keep moving·momentum; add batch·(1 − momentum)."),
    key="12.follow_exercise",
)

# -- alone: fold the normalization into the layer before it -----------------------------------


def fold(
    W: np.ndarray,
    b: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    mean: np.ndarray,
    variance: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    scale = gamma / np.sqrt(variance + 1e-3)  # one number a unit, that is, a column of W
    return W * scale, (b - mean) * scale + beta


def _scaled_rows(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance + 1e-3)
    return W * scale[:, None], (b - mean) * scale + beta


def _bias_unscaled(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance + 1e-3)
    return W * scale, b - mean * scale + beta


def _mean_unscaled(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance + 1e-3)
    return W * scale, b * scale - mean + beta


def _mean_lost(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance + 1e-3)
    return W * scale, b * scale + beta


def _beta_scaled(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance + 1e-3)
    return W * scale, (b - mean + beta) * scale


def _gamma_lost(W, b, gamma, beta, mean, variance):
    scale = 1 / np.sqrt(variance + 1e-3)
    return W * scale, (b - mean) * scale + beta


def _no_root(W, b, gamma, beta, mean, variance):
    scale = gamma / (variance + 1e-3)
    return W * scale, (b - mean) * scale + beta


def _epsilon_lost(W, b, gamma, beta, mean, variance):
    scale = gamma / np.sqrt(variance)
    return W * scale, (b - mean) * scale + beta


fold_exercise = Exercise(
    "fold",
    fold,
    [
        tuple(map(np.array, ([[2.0]], [1.0], [3.0], [0.5], [4.0], [0.25]))),
        (
            np.array([[1.0, -2.0, 0.5], [0.3, 4.0, 1.0], [2.0, -1.0, 3.0]]),
            np.array([0.1, -1.0, 2.0]), GAMMA, np.array([0.2, 1.0, -1.0]),
            np.array([2.0, 30.0, -0.5]), np.array([4.0, 0.09, 25.0]),
        ),
    ],
    {
        "A unit is a column of W; you scaled its rows, the inputs.": _scaled_rows,
        "b is scaled, too: it went through the normalization with z.": _bias_unscaled,
        "The mean is subtracted before the scaling: scale it as well.": _mean_unscaled,
        "The mean is missing: it goes into the bias, with a minus.": _mean_lost,
        "β comes last: it is added after the scaling.": _beta_scaled,
        "γ is missing: the scale is γ/√(variance + 1e-3).": _gamma_lost,
        "Take the root: the scale is γ/√(variance + 1e-3).": _no_root,
        "The 1e-3 is missing: the layer has it in inference, too.": _epsilon_lost,
    },
    hints=(
        "Write y = γ·(x·W + b − mean)/√(variance + 1e-3) + β and sort: what multiplies x?",
        "With scale = γ/√(variance + 1e-3): W·scale, and the rest is the bias.",
    ),
    key="12.fold_exercise",
)  # fmt: skip

# -- predictions -----------------------------------------------------------------------------

MODE = (
    "Digits in batches of 512, six epochs, default momentum. Then the same weights are judged in "
    "both modes, on the same digits. Compared with training=True, training=False is ..."
)
MODE_CHOICES = (
    "equal: the weights are the same",
    "a little better: no noise from batches",
    "worse by more than 0.1",
)
predict_mode = Prediction(MODE, "12.mode", MODE_CHOICES)
vote_mode = Vote(
    "In class: how many hands for each?", MODE_CHOICES, (0.4, 0.4, 0.2), key="12.vote_mode"
)
predict_place = Prediction(
    "Ten hidden layers on digits, each network at its own tuned rate. What matters most?",
    "12.place",
    (
        "nothing: tuning makes up for it",
        "before or after the activation",
        "in the branch or after the sum",
        "that batch normalization is there at all",
    ),
)
predict_deep = Prediction(
    (
        "Fifty ReLU layers from He, batch normalization in each, before training. What does the "
        "gradient do on its way back?"
    ),
    "12.deep",
    ("it fades", "it holds: every layer has spread 1", "it explodes"),
)

# -- questions -------------------------------------------------------------------------------

recall_rows = Quiz(
    "Standardizing inputs: a new row arrives. Whose mean and deviation does it get?",
    {
        "Its own": (False, "Then every row has mean 0: its level is gone."),
        "Those of the new rows that came with it": (
            False,
            "Then an answer depends on the neighbours. Keep this one in mind for today.",
        ),
        "Those of the training part, kept with the model": (
            True,
            "They are learned, like weights. What if they change while we train?",
        ),
    },
    key="12.recall_rows",
)
recall_factor = Quiz(
    "Each layer multiplies the error by 1.2 on its way back. Over 50 layers?",
    {
        "By 60": (False, "Layers multiply; 50 · 1.2 would add."),
        "By about 9,100": (True, "1.2⁵⁰: depth is an exponent."),
        "By 1.2": (False, "That is one layer."),
    },
    key="12.recall_factor",
)
input_scaling = Quiz(
    "“Batch normalization is input scaling: with standardized inputs it is superfluous.”",
    {
        "True": (
            False,
            "With inputs all in one range, ten plain layers stayed more than 5 points behind "
            "normalized ones.",
        ),
        "False: it acts on z = x·W + b, again and again while W changes": (
            True,
            "And it does not replace scaling, either: mixed units stayed a problem.",
        ),
        "False: it scales the inputs once more, and better": (
            False,
            "It never sees the condition of x: it scales sums of features.",
        ),
    },
    key="12.input_scaling",
)
covariate_shift = Quiz(
    "“It helps because it fixes covariate shift: each layer's inputs stop moving.”",
    {
        "Proven: the paper's title says so": (
            False,
            "It was the hypothesis of 2015. In our trial units that were shaken in every update "
            "still learned far better than plain ones.",
        ),
        "Doubtful: with more shift than the plain network it still learned better": (
            True,
            "As Santurkar et al. (2018) found. That leaves other hypotheses, not a proof of one.",
        ),
        "Refuted: it does not change any distribution": (
            False,
            "It does: the normalized network shifted much less. The question is whether that is "
            "why it learns.",
        ),
    },
    key="12.covariate_shift",
)
overfitting = Quiz(
    "“Loss in training falls, validation is awful after three epochs: it overfits, add dropout.”",
    {
        "Right: that is what overfitting looks like": (
            False,
            "It looks like it. Judge the training digits with training=False first.",
        ),
        "Look first how many updates there were": (
            True,
            "With few, most of the moving statistics is still 0 and 1. Lower the momentum, or "
            "wait.",
        ),
        "Wrong: batch normalization cannot overfit": (
            False,
            "It can. But first rule out that validation runs in another mode.",
        ),
    },
    key="12.overfitting",
)
transfer = Quiz(
    (
        "A new case: large pictures, only two fit into memory at once. The network has batch "
        "normalization and trains badly. What do you try first?"
    ),
    {
        "Another momentum": (
            False,
            "That mends inference only. In training each picture is normalized by one neighbour.",
        ),
        "A normalization that needs no batch": (
            True,
            "Layer normalization, for one; or a trained network with frozen statistics.",
        ),
        "A larger learning rate": (False, "The noise of two-picture batches grows with it."),
    },
    key="12.transfer",
)

recall = (recall_rows, recall_factor)
questions = (input_scaling, covariate_shift, overfitting, transfer)
