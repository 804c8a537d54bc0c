"""Names, configs and instances, found in a table."""

from __future__ import annotations

from typing import Any

import pytest

from course import lookup


class Animal:
    """A base."""

    def __init__(self, legs: int = 4) -> None:
        self.legs = legs


class Bird(Animal):
    """One of the table."""


TABLE = {"animal": Animal, "Bird": Bird}


def test_find_does_not_mind_the_case_but_prefers_the_exact_name() -> None:
    table = {"L2": 1, "l2": 2}
    assert lookup.find("l2", table, "x") == 2
    assert lookup.find("L2", table, "x") == 1
    assert lookup.find("bIRD", TABLE, "animal") is Bird


@pytest.mark.parametrize(
    ("name", "hint"),
    [("brid", " Did you mean 'Bird'?"), ("ANIMALS", " Did you mean 'animal'?"), ("zzz", "")],
)
def test_an_unknown_name_gets_the_nearest_known_one(name: str, hint: str) -> None:
    with pytest.raises(ValueError, match="Unknown pet") as error:
        lookup.find(name, TABLE, "pet")
    assert str(error.value) == f"Unknown pet {name!r}.{hint} Known: Bird, animal."
    assert lookup.nearest(name, list(TABLE)) == hint


def test_resolve() -> None:
    bird = Bird()
    assert lookup.resolve(bird, TABLE, "pet", Animal) is bird
    assert isinstance(lookup.resolve("bird", TABLE, "pet", Animal), Bird)
    assert isinstance(lookup.resolve(Bird, TABLE, "pet", Animal), Bird)
    config = {"class_name": "Bird", "config": {"legs": 2}}
    assert lookup.resolve(config, TABLE, "pet", Animal).legs == 2
    assert lookup.resolve({"class_name": "Bird"}, TABLE, "pet", Animal).legs == 4


@pytest.mark.parametrize("given", [3, None, int, {"config": {}}, ["bird"]])
def test_anything_else_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="pet must be a name such as 'animal' or an instance of"):
        lookup.resolve(given, TABLE, "pet", Animal)


def test_a_name_that_was_cut_short_is_nearest_to_the_whole_one() -> None:
    assert lookup.nearest("val_acc", ["val_auc", "val_accuracy"]) == " Did you mean 'val_accuracy'?"
