"""The playground's exercises: count, sort, build, and build as small as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from course import config, datasets, layers
from course.exercises.exercise import Exercise
from course.models import Model, Sequential
from course.optimizers import Adam

# Solutions are printed: they read as a student writes them, after `import course as keras`.
keras = SimpleNamespace(Input=layers.Input, Sequential=Sequential, layers=layers)


class Judged(Exercise):
    """An exercise with many right answers: its `checks` decide, not its solution."""

    def _fault(self, function: Callable[..., Any], case: tuple) -> str:
        got = self._call(function, case)
        return super()._fault(function, case) if got is ... or got is None else ""


# -- how many numbers does it learn? ---------------------------------------------------------


def count(sizes: Sequence[int]) -> int:
    total = 0
    for n, m in pairwise(sizes):
        total += n * m + m
    return total


def _weights_alone(sizes: Sequence[int]) -> int:
    return sum(n * m for n, m in pairwise(sizes))


def _biases_of_inputs(sizes: Sequence[int]) -> int:
    return sum(n * m + n for n, m in pairwise(sizes))


def _inputs_have_biases(sizes: Sequence[int]) -> int:
    return count(sizes) + sizes[0]


def _one_bias_a_layer(sizes: Sequence[int]) -> int:
    return sum(n * m + 1 for n, m in pairwise(sizes))


def _no_output_layer(sizes: Sequence[int]) -> int:
    return count(sizes[:-1])


def _units(sizes: Sequence[int]) -> int:
    return sum(sizes[1:])


counting = Exercise(
    "count",
    count,
    [((4, 3, 2),), ((2, 3, 1),), ((2, 8, 8, 1),), ((4, 1),)],
    {
        "These are the weights alone; each unit also has one bias.": _weights_alone,
        "The biases belong to the units of a layer, not to its inputs.": _biases_of_inputs,
        "The inputs are no units: they have no bias.": _inputs_have_biases,
        "One bias a layer is too few: each unit has its own.": _one_bias_a_layer,
        "The output layer learns as well.": _no_output_layer,
        "These are the units; each has one weight for each of its inputs.": _units,
    },
    [
        "A layer with n inputs and m units has a table of weights, and one bias for each unit.",
        "Its table has n * m numbers; add m biases. Do that for each pair of neighbours.",
    ],
    key="00.counting",
)

# -- who chooses it? -------------------------------------------------------------------------

SET_BY_YOU = {
    "units": "it decides how many weights there are, so it is fixed before any is learned.",
    "learning_rate": "no gradient of the loss changes it.",
    "batch_size": "you choose it; fit only uses it.",
    "kernel_initializer": "it says how weights start; the weights move on, the recipe does not.",
    "activation": "it is chosen with the layer.",
    "epochs": "you choose when to stop.",
}
OTHERS = {
    "kernel": "training changes it with every batch: a parameter.",
    "bias": "training changes it with every batch: a parameter.",
    "val_loss": "it is measured: a result, neither set nor learned.",
}
NAMES = (
    "units", "kernel", "learning_rate", "bias", "batch_size",
    "val_loss", "kernel_initializer", "activation", "epochs",
)  # fmt: skip


def hyperparameters(names: Sequence[str]) -> list[str]:
    return [name for name in names if name not in ("kernel", "bias", "val_loss")]


def _sorted_wrongly(found: Any) -> str | None:
    """Return what is wrong with a choice among `NAMES`."""
    if isinstance(found, str) or not isinstance(found, Iterable):
        return f"Return a list of names, such as ['units'], not {found!r}."
    found = set(found)
    if unknown := found - set(NAMES):
        return f"{min(unknown, key=str)!r} is none of the names."
    for name, why in OTHERS.items():
        if name in found:
            return f"{name} is no hyperparameter: {why}"
    for name, why in SET_BY_YOU.items():
        if name not in found:
            return f"{name} is missing: {why}"
    return None


sorting = Judged(
    "hyperparameters",
    hyperparameters,
    [(NAMES,)],
    checks=[lambda function: _sorted_wrongly(function(NAMES))],
    hints=[
        "Ask of each: is it fixed before fit, or does fit change it, or measure it?",
        "fit changes two of them and measures one; the other six are yours to set.",
    ],
    key="00.sorting",
)

# -- from a picture to code ------------------------------------------------------------------

PICTURE = (2, 4, 3, 1)


def build() -> Sequential:
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(4, activation="tanh"),
        keras.layers.Dense(3, activation="tanh"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])  # fmt: skip


def _not_the_picture(model: Any) -> str | None:
    """Return in which way `model` differs from 2-4-3-1 with tanh and a sigmoid."""
    if problem := _no_model(model):
        return problem
    dense = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
    sizes = (model.input_shape[-1], *(layer.units for layer in dense))
    if sizes == PICTURE[:-1]:
        return "The output is missing: it is a layer, too, with one unit."
    if sizes == (PICTURE[0], *PICTURE):
        return "The inputs are no layer of units: Input says how many there are."
    if sizes != PICTURE:
        return f"The picture shows {_dashed(PICTURE)}, this is {_dashed(sizes)}."
    names = [_activation(layer) for layer in dense]
    if names[-1] != "sigmoid":
        return "A probability of two classes needs activation='sigmoid' at the output."
    if "linear" in names:
        return "A hidden layer has no activation: without one it cannot bend anything."
    if names != ["tanh", "tanh", "sigmoid"]:
        return f"The hidden layers shall be tanh, these are {names[0]} and {names[1]}."
    return None


building = Judged(
    "build",
    build,
    [()],
    checks=[lambda function: _not_the_picture(function())],
    hints=[
        "keras.Sequential takes a list: an Input, then one Dense for each column but the first.",
        "keras.layers.Dense(4, activation='tanh') is the first of the three.",
    ],
    key="00.building",
)

# -- as small as can be ----------------------------------------------------------------------

ENCLOSED = 0.9  # validation accuracy from which on the disc counts as enclosed
FEWEST = count((2, 3, 1))
SEEDS, EPOCHS, ROWS = 5, 60, 500


def build_small() -> Sequential:
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(3, activation="relu", kernel_initializer="he_uniform"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])  # fmt: skip


def best_accuracy(builder: Callable[[], Any]) -> float:
    """Return the best validation accuracy on circles of what is built from `SEEDS` seeds."""
    x, y = datasets.circles(2 * ROWS, noise=0.1, seed=0)
    found = []
    for seed in range(SEEDS):
        with config.seeded(seed):
            model = builder()
            rule = Adam(0.03)
            model.compile(rule, "binary_crossentropy", metrics=["accuracy"])
            model.fit(x[:ROWS], y[:ROWS], batch_size=10, epochs=EPOCHS, verbose=0)
            found.append(model.evaluate(x[ROWS:], y[ROWS:], verbose=0)[1])
    return max(found)


def _not_smallest(builder: Callable[[], Any]) -> str | None:
    """Return why what is built is not the smallest network that encloses the disc."""
    model = builder()
    if problem := _no_model(model):
        return problem
    if (model.input_shape[-1], model.output_shape[-1]) != (2, 1):
        return (
            f"Two inputs and one output are needed, got {model.input_shape[-1]} and "
            f"{model.output_shape[-1]}."
        )
    dense = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
    if _activation(dense[-1]) != "sigmoid":
        return "A probability of two classes needs activation='sigmoid' at the output."
    best, size = best_accuracy(builder), model.count_params()
    if best < ENCLOSED:
        return f"The best of {SEEDS} seeds is right on {best:.0%} only{_why(dense[:-1])}."
    if size > FEWEST:
        return f"It encloses the disc, with {size} parameters; {FEWEST} are enough."
    return None


def _why(hidden: Sequence[Any]) -> str:
    if not hidden:
        return ": without a hidden layer the boundary is one straight line"
    if all(_activation(layer) == "linear" for layer in hidden):
        return ": hidden layers without activation bend nothing"
    if hidden[0].units < 3:
        return ": fewer than three lines cannot surround anything"
    return "; nothing is wrong with its shape, so look at its activations"


smallest = Judged(
    "build_small",
    build_small,
    [()],
    checks=[_not_smallest],
    hints=[
        "How many straight lines does it take to surround a disc?",
        "One hidden layer with that many ReLU units, and one sigmoid unit after it.",
    ],
    key="00.smallest",
)


def _no_model(model: Any) -> str | None:
    if not isinstance(model, Model):
        return f"Return the keras.Sequential itself, not {type(model).__name__}."
    if not model.built:
        return "It does not know its inputs yet: begin the list with keras.Input(shape=(2,))."
    return None


def _activation(layer: Any) -> str:
    return type(layer.activation).__name__.lower()


def _dashed(sizes: Sequence[int]) -> str:
    return "-".join(map(str, sizes))
