"""Lesson 18, transfer learning: its predictions, exercises and questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from course.exercises.exercise import Exercise
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

# -- worked: what is left to learn -----------------------------------------------------------


def trainable_parameters(widths: Sequence[int], frozen: int) -> int:
    learned = 0
    for layer in range(frozen, len(widths) - 1):  # the first `frozen` layers do not count
        inputs, units = widths[layer], widths[layer + 1]
        learned += inputs * units + units  # kernel and bias
    return learned


def _no_biases(widths, frozen):
    return sum(a * b for a, b in zip(widths[frozen:-1], widths[frozen + 1 :], strict=True))


def _all_layers(widths, frozen):
    return trainable_parameters(widths, 0)


def _the_frozen(widths, frozen):
    return trainable_parameters(widths, 0) - trainable_parameters(widths, frozen)


def _bias_per_input(widths, frozen):
    return sum(a * b + a for a, b in zip(widths[frozen:-1], widths[frozen + 1 :], strict=True))


count_exercise = Exercise(
    "trainable_parameters",
    trainable_parameters,
    [((64, 64, 64, 2), 2), ((64, 64, 64, 2), 0), ((64, 32, 5), 1), ((8, 6, 4, 3), 3)],
    {
        "The biases are missing: one a unit.": _no_biases,
        "Those are all parameters; the first `frozen` layers are not trained.": _all_layers,
        "Those are the frozen ones; what is left to learn?": _the_frozen,
        "A bias belongs to a unit, not to an input.": _bias_per_input,
    },
    hints=(
        "A layer has inputs × units weights and one bias a unit.",
        "Begin at layer number `frozen`; its inputs are widths[frozen].",
    ),
    key="18.count_exercise",
)

# -- faded: old features, new head ------------------------------------------------------------


def transplant(source: list[np.ndarray], fresh: list[np.ndarray]) -> list[np.ndarray]:
    features = source[:-2]
    head = fresh[-2:]
    return [*features, *head]


def _old_head(source, fresh):
    return list(source)


def _nothing_copied(source, fresh):
    return list(fresh)


def _half_a_layer(source, fresh):
    return [*source[:-1], fresh[-1]]


def _the_other_way(source, fresh):
    return [*fresh[:-2], *source[-2:]]


def _one_layer_only(source, fresh):
    return [*source[:2], *fresh[2:]]


def _weights(sizes: Sequence[int], seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=s).round(2) for a, b in pairwise(sizes) for s in ((a, b), (b,))]


transplant_exercise = Exercise(
    "transplant",
    transplant,
    [
        (_weights((2, 3, 3, 4), 0), _weights((2, 3, 3, 2), 1)),
        (_weights((3, 2, 2, 2, 5), 2), _weights((3, 2, 2, 2, 3), 3)),
    ],
    {
        "That keeps the old head, which answers the old question.": _old_head,
        "That is the fresh network: nothing was copied.": _nothing_copied,
        "A layer has two arrays, kernel and bias: the head is the last two.": _half_a_layer,
        "The other way round: features from `source`, head from `fresh`.": _the_other_way,
        "Only the first layer was copied: all hidden layers are features.": _one_layer_only,
    },
    hints=(
        "`get_weights()` gives kernel, bias, kernel, bias, ...; the head is the last pair.",
        "All but the last two of `source`, then the last two of `fresh`.",
    ),
    key="18.transplant_exercise",
)

# -- alone: the crossover ---------------------------------------------------------------------


def crossover(
    counts: Sequence[int], transfer: Sequence[float], scratch: Sequence[float]
) -> int | None:
    found = None
    for count, a, b in zip(counts, transfer, scratch, strict=True):
        if b < a:
            found = None  # transfer leads again
        elif found is None:
            found = count
    return found


def _first(counts, transfer, scratch):
    pairs = zip(counts, transfer, scratch, strict=True)
    return next((count for count, a, b in pairs if b >= a), None)


def _last_lead(counts, transfer, scratch):
    return max(
        (c for c, a, b in zip(counts, transfer, scratch, strict=True) if a > b), default=None
    )


def _place(counts, transfer, scratch):
    found = crossover(counts, transfer, scratch)
    return None if found is None else list(counts).index(found)


def _turned(counts, transfer, scratch):
    return crossover(counts, scratch, transfer)


def _gap(counts, transfer, scratch):
    return counts[int(np.argmin(np.abs(np.subtract(transfer, scratch))))]


COUNTS = (5, 10, 20, 50, 100)

crossover_exercise = Exercise(
    "crossover",
    crossover,
    [
        (COUNTS, (0.7, 0.8, 0.85, 0.9, 0.95), (0.6, 0.7, 0.8, 0.93, 0.96)),
        (COUNTS, (0.7, 0.8, 0.85, 0.9, 0.91), (0.71, 0.7, 0.82, 0.87, 0.96)),
        (COUNTS, (0.3, 0.4, 0.5, 0.6, 0.7), (0.5, 0.6, 0.7, 0.8, 0.9)),
        (COUNTS, (0.5, 0.6, 0.7, 0.8, 0.9), (0.3, 0.4, 0.5, 0.6, 0.7)),
        (COUNTS, (0.5, 0.6, 0.7, 0.8, 0.9), (0.4, 0.6, 0.7, 0.9, 0.95)),
    ],
    {
        "One lead by chance is no crossover: from there on it must never fall behind.": _first,
        "That is where transfer leads for the last time; the crossover is the next.": _last_lead,
        "That is the place in the list; return the number of labels.": _place,
        "Turned round: where does scratch pass transfer for good?": _turned,
        "That is where the two are closest, whoever leads afterwards.": _gap,
    },
    hints=(
        "Keep the first count where scratch is not behind; forget it when transfer leads again.",
        "Never behind at any count: the first count. Behind at the last: None.",
    ),
    key="18.crossover_exercise",
)

# -- predictions -----------------------------------------------------------------------------

PARITY = (
    "Ten labelled digits: even or odd? All networks have one shape; only their beginning differs. "
    "Which is best on new images?"
)
PARITY_CHOICES = (
    "features of a ten-digit network, frozen",
    "the same features, all fine-tuned",
    "all learned from scratch",
    "random features, frozen",
)
predict_parity = Prediction(PARITY, "18.parity", PARITY_CHOICES)
vote_parity = Vote(
    "In class: how many hands for each?", PARITY_CHOICES, (0.3, 0.45, 0.15, 0.1),
    key="18.vote_parity",
)  # fmt: skip
predict_new = Prediction(
    "Features that learned 0 to 4, ten labels of 5 to 9. Which way is worst on new images?",
    "18.new",
    ("pretrained and frozen", "random and frozen", "all learned from scratch", "all are alike"),
)
predict_leak = Prediction(
    (
        "The source network learned ten digits, the 450 test images of the parity task among "
        "them. Nobody told it about even and odd. With 100 labels, what does that add to the "
        "measured accuracy?"
    ),
    "18.leak",
    (
        "nothing: it never saw a parity label",
        "half a point to three points",
        "more than ten points",
    ),
)

# -- questions -------------------------------------------------------------------------------

recall_paired = Quiz(
    "Two ways are compared over 16 seeds. What makes the comparison fair?",
    {
        "Each with its own tuned rate, the same budget, differences seed by seed": (
            True,
            "And rates chosen by images other than those that judge.",
        ),
        "The same learning rate for both": (
            False,
            "A rate that suits one can be wrong for the other: both get their own.",
        ),
        "The best seed of each": (
            False,
            "The best of many is partly luck. Means of differences, with an interval.",
        ),
    },
    key="18.recall_paired",
)
recall_heart = Quiz(
    "A network has 8,450 parameters and ten labelled digits. What does it do with them?",
    {
        "It cannot be trained": (
            False,
            "It can: 64-128-10 learned 200 shuffled labels by heart in lesson 13.",
        ),
        "It learns them by heart; new digits are another question": (
            True,
            "Many networks fit ten labels. Where it begins decides which of them it becomes.",
        ),
        "It must be useless on new digits": (
            False,
            "Capacity alone does not decide. From scratch, ten labels gave more than chance.",
        ),
    },
    key="18.recall_heart",
)
always = Quiz(
    "“Pretraining always helps: features that learned something beat features of nothing.”",
    {
        "True": (
            False,
            "Frozen features of 0 to 4 were worse on 5 to 9 than random ones.",
        ),
        "False: features that are trained for one task never serve another": (
            False,
            "Features of ten digits served parity well while labels were few.",
        ),
        "False: it depends on what the source task needed to tell apart": (
            True,
            "Ten digits tell even from odd. Nobody asked 0 to 4 what tells a 5 from a 6.",
        ),
    },
    key="18.always",
)
frozen_still = Quiz(
    "“A frozen part gives the same output for the same image, in training, too.”",
    {
        "True: its weights do not change": (
            False,
            "They do not. But a Dropout layer in it still draws a new mask each time.",
        ),
        "False: frozen dropout still drops in training": (
            True,
            "Frozen is about weights. Call it with training=False if it must stand still.",
        ),
        "False: frozen batch normalization still moves its statistics": (
            False,
            "With trainable=False it stands still and works by its moving statistics.",
        ),
    },
    key="18.frozen_still",
)
unseen = Quiz(
    "“My source network saw the test images, but not their labels for the new task. No leak.”",
    {
        "True: other labels are other information": (
            False,
            "The digit tells the parity, and features learned by an image suit that image.",
        ),
        "False: split first, and train the source on the rest": (
            True,
            "Images that a source network learned from cannot judge its features.",
        ),
        "False, but only if the source network is fine-tuned": (
            False,
            "It was measured with frozen features.",
        ),
    },
    key="18.unseen",
)
transfer = Quiz(
    (
        "A new case: 40 labelled photographs of two kinds of leaves, and a network that learned "
        "1,000 kinds of things. What do you do first?"
    ),
    {
        "Fine-tune all layers at the rate with which it was trained": (
            False,
            "Here that rate, all at once, made the features forget part of what they knew.",
        ),
        "Train from scratch: leaves are not things": (
            False,
            "Perhaps it wins. That is to be measured, not guessed.",
        ),
        "Freeze it, train a head; beside it random features and scratch, on the same splits": (
            True,
            "Then thaw from the top, at a small rate, if validation says that it pays.",
        ),
    },
    key="18.transfer",
)

recall = (recall_paired, recall_heart)
questions = (always, frozen_still, unseen, transfer)
