"""Walking a space: what a model asks for, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from course import config
from course.tuners import HyperParameters
from course.tuners.hyperparameters import default_of
from course.tuners.space import Space


def layers(hp: HyperParameters) -> None:
    """A space that only building it shows."""
    for i in range(hp.Int("n", 1, 3)):
        hp.Int(f"units_{i}", 4, 8, step=4)
    kind = hp.Choice("kind", ["a", "b"])
    with hp.conditional_scope("kind", ["b"]):
        if kind == "b":
            hp.Boolean("deep")
            with hp.conditional_scope("deep", [True]):
                if hp["deep"]:
                    hp.Float("deeper", 0, 1, step=0.5)


def choosing(**wanted: Any) -> Any:
    """A chooser with an opinion on some names."""
    return lambda parameter, before: wanted.get(parameter.name, parameter.default)


def names(space: Space) -> list[str]:
    """Those known so far."""
    return [p.name for p in space.parameters]


def test_exploring_shows_what_conditions_hide() -> None:
    space = Space(build=layers)
    space.explore()
    assert names(space) == ["n", "units_0", "kind", "deep", "deeper"]


def test_a_walk_takes_what_is_used_in_the_order_of_asking() -> None:
    space = Space(build=layers)
    assert list(space.walk(choosing(n=3))) == ["n", "units_0", "units_1", "units_2", "kind"]
    assert space.walk(choosing(n=1)) == {"n": 1, "units_0": 4, "kind": "a"}
    deep = space.walk(choosing(kind="b", deep=True, deeper=0.5))
    assert list(deep.items())[-3:] == [("kind", "b"), ("deep", True), ("deeper", 0.5)]


def test_what_no_build_asks_for_comes_last() -> None:
    hp = HyperParameters()
    hp.Choice("batch_size", [16, 32])
    space = Space(hp, layers)
    assert list(space.walk(default_of)) == ["n", "units_0", "kind", "batch_size"]
    assert space.find("deep", {"kind": "b"}) is None
    space.explore()
    assert space.find("deep", {"kind": "b"}).name == "deep"
    assert space.find("deep", {"kind": "a"}) is None


def test_ranges_given_in_advance_override_those_of_the_model() -> None:
    hp = HyperParameters()
    hp.Fixed("n", 2)
    space = Space(hp, layers)
    assert space.walk(default_of) == {"n": 2, "units_0": 4, "units_1": 4, "kind": "a"}
    hp.Boolean("later")
    assert "later" not in names(space)


def test_those_declared_in_advance_can_be_read_without_declaring_them() -> None:
    def reads(hp: HyperParameters) -> None:
        assert "units" in hp
        assert hp.get("units") in (4, 8)
        hp.Boolean("flag")

    hp = HyperParameters()
    hp.Choice("units", [4, 8])
    space = Space(hp, reads)
    space.explore()
    assert list(space.walk(choosing(units=8)).items()) == [("units", 8), ("flag", False)]


def test_what_running_did_not_ask_for_is_not_used() -> None:
    given = HyperParameters()
    given.Boolean("given")
    space = Space(given, layers)
    ran = given.blank()
    ran.values = space.walk(default_of) | {"units_9": 4, "tuner/epochs": 3}
    ran.Choice("rate", [0.1, 0.2])
    assert list(space.used(ran)) == ["n", "units_0", "kind", "given", "tuner/epochs", "rate"]


def test_new_entries_can_be_left_at_their_defaults_or_refused() -> None:
    hp = HyperParameters()
    hp.Int("n", 1, 3)
    space = Space(hp, layers, tune_new_entries=False)
    assert space.walk(choosing(n=2, units_0=8)) == {"n": 2, "units_0": 4, "units_1": 4, "kind": "a"}
    with pytest.raises(RuntimeError, match="asks for 'units_0', which is not among the given"):
        Space(hp, layers, allow_new_entries=False).explore()


def test_a_model_that_cannot_be_built_cuts_the_walk_short() -> None:
    def breaks(hp: HyperParameters) -> None:
        hp.Boolean("first")
        if hp.Int("n", 1, 3) > 2:
            raise ArithmeticError("too many")

    space = Space(build=breaks)
    assert space.walk(choosing(n=3)) == {"first": False, "n": 3}
    space.explore()
    with pytest.raises(ZeroDivisionError):
        space.walk(lambda parameter, before: 1 / 0)


def test_a_walk_leaves_the_generator_of_the_package_where_it_was() -> None:
    def draws(hp: HyperParameters) -> None:
        hp.Int("n", 1, 3)
        config.generator().random()

    config.set_random_seed(3)
    Space(build=draws).explore()
    Space(build=draws).walk(default_of)
    moved = config.generator().random()
    config.set_random_seed(3)
    assert config.generator().random() == moved


def test_nothing_to_build_and_nothing_known() -> None:
    space = Space()
    space.explore()
    assert space.walk(default_of) == {}
