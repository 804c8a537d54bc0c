"""Random search spaces: written and read again they are the same, and a search in them goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.tuners import HyperParameters, RandomSearch, Trial
from course.tuners.kinds import HyperParameter
from searches import record

EXAMPLES = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class Declaration(NamedTuple):
    """A hyperparameter, and what is declared where it has one of some values."""

    kind: str
    name: str
    arguments: dict[str, Any]
    values: list[Any]
    inside: list[Declaration]


def declare(hp: HyperParameters, declarations: list[Declaration]) -> None:
    """Declare them, as a model-building function does."""
    for kind, name, arguments, values, inside in declarations:
        getattr(hp, kind)(name, **arguments)
        if inside:
            with hp.conditional_scope(name, values), hp.name_scope(name):
                declare(hp, inside)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NAMES = TEXTS.filter(lambda name: name and "/" not in name)
ANY_FLOAT = st.floats(-1e6, 1e6)


def as_numpy(draw: Any, value: Any) -> Any:
    """Return a number as what NumPy makes of it, now and then."""
    return np.asarray(value)[()] if draw(st.booleans()) else value


def whole(draw: Any) -> dict[str, Any]:
    sampling = draw(st.sampled_from(["linear", "log", "reverse_log"]))
    least = draw(st.integers(-20 if sampling == "linear" else 1, 20))
    step = draw(st.one_of(st.none(), st.integers(1 if sampling == "linear" else 2, 5)))
    most = least + draw(st.integers(0, 40))
    return dict(
        min_value=as_numpy(draw, least), max_value=most, step=as_numpy(draw, step) if step else step
    ) | {"sampling": sampling}


def real(draw: Any) -> dict[str, Any]:
    sampling = draw(st.sampled_from(["linear", "log", "reverse_log"]))
    least = draw(ANY_FLOAT if sampling == "linear" else st.floats(1e-6, 1))
    width = draw(st.floats(0, 100))
    step = draw(st.one_of(st.none(), st.floats(0.5, 10) if sampling == "linear" else st.just(3.3)))
    return dict(
        min_value=as_numpy(draw, least), max_value=least + width, step=step, sampling=sampling
    )


def choice(draw: Any) -> dict[str, Any]:
    kind = draw(st.sampled_from([st.booleans(), st.integers(), ANY_FLOAT, TEXTS]))
    values = draw(st.lists(kind, min_size=1, max_size=4, unique=True))
    as_array = isinstance(values[0], float) and draw(st.booleans())
    default = draw(st.sampled_from([None, *values]))
    return dict(values=np.array(values) if as_array else values, default=default)


ARGUMENTS = {
    "Int": whole,
    "Float": real,
    "Choice": choice,
    "Boolean": lambda draw: dict(default=draw(st.booleans())),
    "Fixed": lambda draw: dict(
        value=draw(st.one_of(st.none(), st.booleans(), st.integers(), ANY_FLOAT, TEXTS))
    ),
}


@st.composite
def spaces(draw: Any, depth: int = 2) -> list[Declaration]:
    """Draw declarations, some of them under conditions."""
    declarations = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(sorted(ARGUMENTS)))
        arguments = ARGUMENTS[kind](draw)
        hp = HyperParameters()
        getattr(hp, kind)("probe", **arguments)
        (parameter,) = hp.space
        values: list[Any] = []
        inside: list[Declaration] = []
        if depth and parameter.size < 100 and kind != "Fixed" and draw(st.booleans()):
            values = draw(st.lists(st.sampled_from(parameter.values), min_size=1, max_size=3))
            values = [as_numpy(draw, value) for value in values]
            inside = draw(spaces(depth - 1))
        declarations.append(Declaration(kind, name, arguments, values, inside))
    return declarations


def some_values(parameter: HyperParameter) -> Iterator[Any]:
    """Values of a hyperparameter, spread over its range."""
    yield parameter.default
    yield from parameter.grid
    yield from (parameter.from_unit(u) for u in (0, 0.3, 0.99, 1))


def same(one: Any, other: Any) -> bool:
    """Whether two values are of one type and equal."""
    return type(one) is type(other) and one == other


@given(spaces())
@EXAMPLES
def test_what_json_holds_is_the_same_space(declarations: list[Declaration]) -> None:
    hp = HyperParameters()
    declare(hp, declarations)
    stored = json.loads(json.dumps(hp.get_config()))
    again = HyperParameters.from_config(stored)
    assert again.get_config() == hp.get_config()
    assert all(map(same, again.values.values(), hp.values.values()))
    for before, after in zip(hp.space, again.space, strict=True):
        assert repr(after) == repr(before)
        assert after.conditions == before.conditions
        assert after.is_like(before)
        assert all(map(same, some_values(before), some_values(after)))
        if before.size < 100:
            for value in before.values:
                assert same(after.from_unit(after.to_unit(value)), value)
    declare(again, declarations)  # the model asks again, and nothing is new
    assert len(again.space) == len(hp.space)


@given(spaces(), st.integers(0, 99))
@settings(EXAMPLES, max_examples=8)
def test_a_search_that_was_stopped_goes_on_as_if_it_had_not_been(
    declarations: list[Declaration], seed: int
) -> None:
    class Search(RandomSearch):
        def run_trial(self, trial: Trial) -> float:
            declare(trial.hyperparameters, declarations)
            return float(len(trial.values))

    def search(folder: str, trials: int) -> RandomSearch:
        given_ = dict(max_trials=trials, seed=seed, directory=folder)
        tuner = Search(lambda hp: declare(hp, declarations), **given_)
        tuner.search(verbose=0)
        return tuner

    with TemporaryDirectory() as name:
        folders = [str(Path(name) / part) for part in "ab"]
        search(folders[0], 2)
        resumed, whole = search(folders[0], 4), search(folders[1], 4)
        assert record(resumed) == record(whole)
        assert resumed.space.known.get_config() == whole.space.known.get_config()
