"""The playground's predictions, its vote and its questions."""

from __future__ import annotations

import numpy as np

from course.exercises.playground import ENCLOSED
from course.exercises.prediction import Prediction
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

HOW_MANY = ("1 unit is enough", "2 units", "3 units", "8 units or more")
predict_units = Prediction(
    "How many ReLU units in one hidden layer does it take to separate a disc from a ring "
    "around it?",
    "00.units",
    HOW_MANY,
)
class_vote = Vote(predict_units.question, HOW_MANY, (0.1, 0.4, 0.2, 0.3), key="00.class_vote")

BIGGER = (
    "the big one: lower validation loss on at least 8 of 10 draws",
    "about equal: mean validation losses within 0.1",
    "the small one: lower validation loss on at least 8 of 10 draws",
)
predict_bigger = Prediction(
    "40 noisy points. A network of 33 parameters against one of 2,241, each at the best of "
    "four learning rates. Which one has the lower loss on new points?",
    "00.bigger",
    BIGGER,
)

recall_line = Quiz(
    "Looking back: a·x + b·y + c = 0. What does it describe in the plane?",
    {
        "a straight line": (True, "And a·x + b·y + c > 0 is one side of it: what one unit sees."),
        "a circle": (False, "A circle needs x² + y²; here both come to the power of one."),
        "a point": (False, "A point needs two such equations at once: two lines that cross."),
    },
    key="00.recall_line",
)
recall_new_points = Quiz(
    "Looking back: why judge a model on points that it has not learned from?",
    {
        "it could have memorised the others": (
            True,
            "What counts is the answer on new points; validation points stand for them.",
        ),
        "it saves time": (False, "It costs time, and points. It is done for an honest answer."),
        "the training loss is always larger": (
            False,
            "Mostly it is smaller: the network was fitted to those points.",
        ),
    },
    key="00.recall_new_points",
)
quiz_learned = Quiz(
    "Training has ended. Which of these did fit change?",
    {
        "the weights and biases": (True, "They are the parameters; fit is there to change them."),
        "learning_rate, to suit the data": (
            False,
            "A plain learning_rate stays as you set it. A schedule lowers it by its own rule, "
            "which you set as well.",
        ),
        "the number of units, until the loss was low": (
            False,
            "The architecture is fixed before fit. Changing it begins a new network.",
        ),
    },
    key="00.learned",
)
quiz_bigger = Quiz(
    "A colleague: “Our network is too weak; let us take ten times the units, that never hurts.”",
    {
        "True: more units can only help": (
            False,
            "On 40 noisy points 68 times the parameters gained nothing at the best rates, and at "
            "0.003 they had the higher validation loss on at least 8 of 10 draws.",
        ),
        "First look: is the training loss high, too?": (
            True,
            "Only then can it be too weak (or badly trained: lesson 19). Low training and high "
            "validation loss is the opposite complaint.",
        ),
        "False: small networks are always better": (
            False,
            "Two units could not enclose the disc; three could. It depends on data and task.",
        ),
    },
    key="00.quiz_bigger",
)
quiz_seed = Quiz(
    "Three ReLU units can enclose the disc, yet your run ended at 78 %. Most likely?",
    {
        "the claim is wrong": (False, "Other seeds of the same network did it: it is possible."),
        "an unlucky start: try other seeds": (
            True,
            "Can represent is not the same as will learn; where a run ends depends on where it "
            "began.",
        ),
        "more epochs always mend that": (
            False,
            "A ReLU unit that is off for every point has gradient zero, however long it waits.",
        ),
    },
    key="00.seed",
)
quiz_transfer = Quiz(
    "A new case: a decision tree learns which question to ask at each node. Its depth is "
    "limited to 5. What is that 5?",
    {
        "a parameter, since the tree has it": (False, "Nothing in the data decided on 5."),
        "a hyperparameter": (True, "Set before learning; the questions asked are what is learned."),
        "neither: trees have none of these": (
            False,
            "The words belong to learning in general, not to networks.",
        ),
    },
    key="00.transfer",
)


def verdict_units(accuracies: dict[int, np.ndarray]) -> str:
    """Return the answer of `predict_units`, for validation accuracies by number of units."""
    enough = [n for n in sorted(accuracies) if np.max(accuracies[n]) >= ENCLOSED]
    return {1: HOW_MANY[0], 2: HOW_MANY[1], 3: HOW_MANY[2]}.get(enough[0], HOW_MANY[3])
