"""Lesson 08, batch size: its predictions, exercises and questions."""

from __future__ import annotations

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: how many epochs make so many updates ---------------------------------------------


def epochs_needed(updates: int, n: int, batch_size: int) -> int:
    per_epoch = -(-n // batch_size)  # rounded up: the small last batch counts
    return -(-updates // per_epoch)


epochs_exercise = Exercise(
    "epochs_needed",
    epochs_needed,
    [(512, 512, 32), (512, 512, 1), (100, 200, 32), (10, 200, 64)],
    {
        "The last batch of an epoch, however small, is an update: round n/B up.": (
            lambda updates, n, batch_size: -(-updates // (n // batch_size))
        ),
        "Rows are not updates: with a small last batch, an epoch has more updates than n/B.": (
            lambda updates, n, batch_size: -(-updates * batch_size // n)
        ),
        "Rounded down, the last updates are missing.": (
            lambda updates, n, batch_size: updates // -(-n // batch_size)
        ),
    },
    hints=("How many updates has one epoch?", "⌈updates / ⌈n/B⌉⌉"),
    key="08.epochs_exercise",
)

# -- faded: the noise of a batch ---------------------------------------------------------------


def noise(sigma: float, batch_size: int, n: int) -> float:
    mean_of_batch = sigma / np.sqrt(batch_size)
    not_twice = np.sqrt((n - batch_size) / (n - 1))
    return mean_of_batch * not_twice


noise_exercise = Exercise(
    "noise",
    noise,
    [(4.0, 1, 512), (4.0, 128, 512), (4.0, 512, 512)],
    {
        "σ/B: the *variance* of a mean falls as 1/B, its root as 1/√B.": (
            lambda sigma, batch_size, n: sigma / batch_size * np.sqrt((n - batch_size) / (n - 1))
        ),
        "At B = N nothing is left to chance: the second factor must be 0 there.": (
            lambda sigma, batch_size, n: sigma / np.sqrt(batch_size)
        ),
        "The second factor is a share of the variance: take its root, too.": (
            lambda sigma, batch_size, n: sigma / np.sqrt(batch_size) * (n - batch_size) / (n - 1)
        ),
        "A batch of 1 is off by σ itself: the second factor must be 1 there, so N − 1 below.": (
            lambda sigma, batch_size, n: sigma / np.sqrt(batch_size) * np.sqrt(1 - batch_size / n)
        ),
    },
    hints=("First factor: σ/√B.", "Second factor: the root of (N − B)/(N − 1)."),
    key="08.noise_exercise",
)

# -- alone: the rate after the batch has changed -----------------------------------------------


def new_rate(learning_rate: float, batch_size: int, new_batch_size: int, limit: float) -> float:
    return min(learning_rate * new_batch_size / batch_size, limit)


rate_exercise = Exercise(
    "new_rate",
    new_rate,
    [(0.04, 8, 32, 1.0), (0.1, 32, 16, 1.0), (0.04, 8, 512, 1.0)],
    {
        "Upside down: a larger batch gets a larger rate.": (
            lambda learning_rate, batch_size, new_batch_size, limit: min(
                learning_rate * batch_size / new_batch_size, limit
            )
        ),
        "That is the root of the ratio; the linear rule multiplies by the ratio itself.": (
            lambda learning_rate, batch_size, new_batch_size, limit: min(
                learning_rate * np.sqrt(new_batch_size / batch_size), limit
            )
        ),
        "The limit is missing: no step may be longer than the landscape bears.": (
            lambda learning_rate, batch_size, new_batch_size, limit: (
                learning_rate * new_batch_size / batch_size
            )
        ),
        "A limit from above: the smaller of the two.": (
            lambda learning_rate, batch_size, new_batch_size, limit: max(
                learning_rate * new_batch_size / batch_size, limit
            )
        ),
    },
    hints=("Twice the batch, twice the rate ...", "... unless `limit` is smaller: min()."),
    key="08.rate_exercise",
)

# -- predictions -------------------------------------------------------------------------------

EPOCHS_CHOICES = ("rises", "stays within 5 points", "falls by 5 to 20 points", "falls by more")
predict_epochs = Prediction(
    (
        "Digits, ten epochs each, learning rate 0.04. From batches of 1 to batches of 512, "
        "validation accuracy ..."
    ),
    "08.epochs",
    EPOCHS_CHOICES,
)
vote_epochs = Vote(
    "In class: how many hands for each?", EPOCHS_CHOICES, (0.2, 0.3, 0.35, 0.15), key="08.vote"
)
predict_rule = Prediction(
    "Batches of 64 instead of 8, as many epochs. Which rate gives the same training loss?",
    "08.rule",
    ("an eighth of it", "the same rate", "√8 times as much", "8 times as much"),
)
predict_unseen = Prediction(
    (
        "Batches of 1, 8, 64, 512, each at the rate with the best validation accuracy, each "
        "trained until the training loss is 0.05. Which do best on digits that they have not seen?"
    ),
    "08.unseen",
    ("small batches", "all within two points", "large batches"),
)

# -- questions ---------------------------------------------------------------------------------

recall_pairs = Quiz(
    "Two batch sizes, 15 seeds each. How do you compare?",
    {
        "The best run of each": (False, "The best of 15 is partly luck."),
        "Differences seed by seed, and the interval for their mean": (
            True,
            "What the seeds share cancels; the interval says how sure the mean is.",
        ),
        "Two means: the higher one is better": (False, "By how much must they differ to tell?"),
    },
    key="08.recall_pairs",
)
recall_epoch = Quiz(
    "512 rows, batches of 100. How many updates has an epoch?",
    {
        "5": (False, "Then 12 rows would never be seen."),
        "6": (True, "⌈512/100⌉: five batches of 100 and one of 12."),
        "512": (False, "That is one by one: an update for each row."),
    },
    key="08.recall_epoch",
)
generalise = Quiz(
    "“Large batches generalise worse.”",
    {
        "True: measured here at ten epochs each": (
            False,
            "There they were trained less: fewer updates, and a rate tuned for small ones.",
        ),
        "Not here, once all were trained to the same loss at their own rates": (
            True,
            "Then all test accuracies lay within half a point.",
        ),
        "False: large batches always generalise better": (
            False,
            "One small network on digits says nothing of always.",
        ),
    },
    key="08.generalise",
)
quarter = Quiz(
    "“Four times the batch, a quarter of the noise.”",
    {
        "True": (False, "A quarter of the *variance*; the distance itself is halved."),
        "Half of it, and less still when the batch nears all rows": (
            True,
            "1/√B, times a factor that reaches 0 at B = N.",
        ),
        "The noise is in the data and stays": (
            False,
            "The rows differ as before; their mean over a batch differs less.",
        ),
    },
    key="08.quarter",
)
linear = Quiz(
    "“Twice the batch, twice the rate, as many epochs: the same training.”",
    {
        "True for every batch size": (
            False,
            "For 256 rows the rule asked for 2.56; nothing was learned.",
        ),
        "Nearly, while the rate stays below what the landscape bears": (
            True,
            "Here it held well from 1 row to 8, frayed at 64, and failed at 256.",
        ),
        "False: the rate belongs to the data, not to the batch": (
            False,
            "At one rate, ten epochs in batches of 512 ended far behind batches of 8.",
        ),
    },
    key="08.linear",
)
transfer = Quiz(
    (
        "A new case: a network learned well in batches of 32 at rate 0.05, 30 epochs. A new "
        "machine does 128 rows in the time of 32. What first?"
    ),
    {
        "Batches of 128, all else as it was": (
            False,
            "A quarter of the updates at the same rate: it would be trained less.",
        ),
        "Batches of 128, rate 0.2, and compare validation over seeds": (
            True,
            "The rule gives a first guess; it may lie beyond the limit, so look.",
        ),
        "Batches as large as memory holds: less noise is better": (
            False,
            "Less noise, fewer updates: the batch of 512 needed most looks at the rows.",
        ),
    },
    key="08.transfer",
)

recall = (recall_pairs, recall_epoch)
questions = (generalise, quarter, linear, transfer)
