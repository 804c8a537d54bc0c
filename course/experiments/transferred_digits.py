"""Two tasks on the digits, and four ways to begin: with features of another task, or without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam

TASKS = ("parity", "new digits")
FOUR = ("frozen", "fine-tuned", "from scratch", "random frozen")
WAYS = (*FOUR, "thawed later", "frozen, leaky source", "from scratch, longer")
LABELS = (5, 10, 20, 50, 100, 200, 400)
TEST, SOURCE, VALIDATE = 450, 674, 200
UNITS, BATCH = 64, 20
UPDATES, LONGER = 200, 640
HEAD_RATE = 0.01  # of the head alone, before the rest is thawed
SOURCE_EPOCHS, SOURCE_BATCH, SOURCE_RATE = 20, 32, 0.01


class Parts(NamedTuple):
    """Digits by their job; no image has two, unless the source is leaky.

    Attributes
    ----------
    x_source, y_source : arrays of shape (about 674, 64) and (about 674,)
        What the source network learns from.
    x, y : arrays of shape (labels, 64) and (labels,)
        What the target network learns from.
    x_val, y_val : arrays of shape (200, 64) and (200,)
        To choose learning rates by.
    x_test, y_test : arrays of shape (450, 64) and (450,), or about half of that for new digits
        To judge by, the same for every seed.
    classes : int
        Of the target task.
    """

    x_source: np.ndarray
    y_source: np.ndarray
    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    classes: int


def judging_digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the 450 images that judge, and which digits they are; the same for every seed."""
    pixels, digit = load_digits()
    _, test = _divided()
    return pixels[test], digit[test]


@lru_cache(maxsize=1)
def _divided() -> tuple[np.ndarray, np.ndarray]:
    """Return the rows that can be learned from, and those of the test images."""
    digit = load_digits()[1]
    return split(np.arange(len(digit)), digit, TEST, 0, stratify=True)[:2]


def transfer_parts(
    task: str = "parity", seed: int = 0, labels: int = 400, *, leaky: bool = False
) -> Parts:
    """Return the digits of a source task and of a target task.

    450 test images are set aside first. The rest is dealt out by `seed`.

    Parameters
    ----------
    task : {'parity', 'new digits'}
        From all ten digits to even (0) or odd (1); or from digits 0-4 to digits 5-9.
    seed : int, default 0
    labels : int, default 400
        How many labelled images the target task has: classes in turn, so that counts are equal
        to within one. Fewer are the first ones of more.
    leaky : bool, default False
        True lets the source network of the parity task see the 450 test images, with their
        digits, in place of as many others.

    Raises
    ------
    ValueError
        If there is no such task, or there are not so many labels.
    """
    checks.one_of("task", task, TASKS)
    checks.number("labels", checks.integer("labels", labels), 1, LABELS[-1])
    pixels, digit = load_digits()
    rest, test = _divided()
    order = config.generator(seed).permutation(rest)
    if task == "parity":
        source, target, y = order[:SOURCE], order[SOURCE:], digit % 2
    else:
        source, target, y = order[digit[order] < 5], order[digit[order] >= 5], digit - 5
        test = test[digit[test] >= 5]
    if leaky:
        source = np.concatenate([test, source])[:SOURCE]
    val, pool = target[:VALIDATE], target[VALIDATE:]
    train = pool[_in_turn(y[pool])][:labels]
    parts = [part for rows in (train, val, test) for part in (pixels[rows], y[rows])]
    return Parts(pixels[source], digit[source], *parts, 2 if task == "parity" else 5)


def _in_turn(y: np.ndarray) -> np.ndarray:
    """Return an order in which the classes come in turn, each in its own order."""
    rank = np.empty(len(y), int)
    for c in np.unique(y):
        rank[y == c] = np.arange(np.sum(y == c))
    return np.lexsort((y, rank))


def hidden_64_64(classes: int) -> Sequential:
    """Return 64-64-64-classes (ReLU, softmax), its weights drawn at random."""
    hidden = [Dense(UNITS, "relu", name="features_1"), Dense(UNITS, "relu", name="features_2")]
    return Sequential([Input(shape=(64,)), *hidden, Dense(classes, "softmax", name="head")])


def source_network(task: str = "parity", seed: int = 0, *, leaky: bool = False) -> Sequential:
    """Return a network trained on the source task of :func:`transfer_parts`.

    With Adam(0.01), 20 epochs in batches of 32: about 440 updates.

    Parameters
    ----------
    task : str, default 'parity'
    seed : int, default 0
    leaky : bool, default False
    """
    parts = transfer_parts(task, seed, leaky=leaky)
    with config.seeded(seed):
        model = hidden_64_64(10 if task == "parity" else 5)
        model.compile(Adam(SOURCE_RATE), "sparse_categorical_crossentropy")
        model.fit(
            parts.x_source, parts.y_source, batch_size=SOURCE_BATCH, epochs=SOURCE_EPOCHS, verbose=0
        )
    return model


@lru_cache(maxsize=256)
def source_weights(task: str, seed: int, leaky: bool = False) -> tuple[np.ndarray, ...]:
    """Return the kernels and biases of the two hidden layers of :func:`source_network`."""
    return tuple(source_network(task, seed, leaky=leaky).get_weights()[:4])


def beginning(task: str, way: str, learning_rate: float, seed: int = 0) -> Sequential:
    """Return the compiled network that the target task begins with.

    The head is drawn anew, and is the same for every way; so are the random hidden layers.

    Parameters
    ----------
    task : str
    way : str
        One of ``WAYS``.
    learning_rate : float
        Of Adam.
    seed : int, default 0

    Raises
    ------
    ValueError
        If there is no such way.
    """
    checks.one_of("way", way, WAYS)
    with config.seeded(1000 + seed):
        model = hidden_64_64(2 if task == "parity" else 5)
    if way in ("frozen", "fine-tuned", "thawed later", "frozen, leaky source"):
        pretrained = source_weights(task, seed, "leaky" in way)
        model.set_weights([*pretrained, *model.get_weights()[4:]])
    freeze(model, "frozen" in way or way == "thawed later")
    rate = HEAD_RATE if way == "thawed later" else learning_rate
    model.compile(Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def freeze(model: Sequential, frozen: bool = True) -> None:
    """Freeze all layers but the last, or thaw them."""
    for layer in model.layers[:-1]:
        layer.trainable = not frozen


def updates(
    model: Sequential, x: np.ndarray, y: np.ndarray, seed: int = 0, count: int = UPDATES
) -> Iterator[int]:
    """Train `model` by so many updates, in batches of 20 or of all rows there are.

    Parameters
    ----------
    model : Sequential
    x, y : arrays of shape (n, 64) and (n,)
    seed : int, default 0
        Of the order of the rows.
    count : int, default 200

    Yields
    ------
    int
        The number of updates done.
    """
    rng, batch, order = config.generator(seed), min(BATCH, len(x)), np.array([], int)
    for done in range(1, count + 1):
        if len(order) < batch:
            order = rng.permutation(len(x))
        rows, order = order[:batch], order[batch:]
        model.train_on_batch(x[rows], y[rows])
        yield done


def learning(
    parts: Parts, model: Sequential, way: str, learning_rate: float, seed: int = 0
) -> Iterator[int]:
    """Train what :func:`beginning` gave; yields the number of updates done.

    'thawed later' spends half of the updates on the head alone.
    """
    count = LONGER if "longer" in way else UPDATES
    for done in updates(model, parts.x, parts.y, seed, count):
        if way == "thawed later" and done == count // 2:
            freeze(model, False)
            model.optimizer.learning_rate = learning_rate
        yield done


def transferred(
    task: str, way: str, labels: int, learning_rate: float, seed: int = 0
) -> Sequential:
    """Train one network on the target task, with 200 updates (640 for 'longer').

    Parameters
    ----------
    task, way : str
        One of ``TASKS``, one of ``WAYS``.
    labels : int
        How many labelled images there are.
    learning_rate : float
    seed : int, default 0
    """
    model = beginning(task, way, learning_rate, seed)
    for _ in learning(transfer_parts(task, seed, labels), model, way, learning_rate, seed):
        pass
    return model


def accuracy(model: Sequential, x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of rows of `x` whose most probable class is `y`."""
    return float(np.mean(model.predict(x, verbose=0).argmax(1) == y))
