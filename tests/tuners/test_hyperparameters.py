"""Declaring and asking, scopes, copies, and what is refused."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from course.tuners import FatalError, HyperParameters


def declared() -> HyperParameters:
    """One of each kind, some under conditions."""
    hp = HyperParameters()
    hp.Int("units", 8, 64, step=8)
    hp.Choice("flag", [True, False])
    hp.Fixed("version", "a")
    kind = hp.Choice("kind", ["small", "large"])
    assert kind == "small"
    with hp.conditional_scope("kind", ["small"]), hp.name_scope("small"):
        hp.Float("rate", 0.1, 0.5, step=0.1, default=0.3)
    with hp.conditional_scope("kind", "large"), hp.name_scope("large"):
        assert hp.Boolean("wide") is None
    return hp


def test_a_declaration_returns_the_value() -> None:
    hp = declared()
    expected = {"units": 8, "flag": True, "version": "a", "kind": "small", "small/rate": 0.3}
    assert hp.values == expected
    assert [p.name for p in hp.space] == [*expected, "large/wide"]
    hp.values["units"] = 64
    assert hp.Int("units", 8, 64, step=8) == 64 == hp["units"] == hp.get("units")
    assert hp.Boolean("late", parent_name="kind", parent_values=["large"]) is None
    assert hp.Boolean("early", default=True, parent_name="kind", parent_values=["small"]) is True


def test_what_is_active_can_be_read() -> None:
    hp = declared()
    assert "units" in hp
    assert "large/wide" not in hp
    assert hp.is_active("units")
    assert not hp.is_active("large/wide")
    with hp.name_scope("small"):
        assert hp.get("rate") == 0.3
    with pytest.raises(ValueError, match="'large/wide' is not active"):
        hp.get("large/wide")
    with pytest.raises(KeyError, match=r"no hyperparameter 'unit'. Did you mean 'units'"):
        hp.get("unit")


def test_a_name_has_one_range() -> None:
    hp = declared()
    message = (
        r"'units' was declared as Int\(min_value=8, max_value=64, step=8, .* and now as "
        r"Int\(min_value=8, max_value=128"
    )
    with pytest.raises(ValueError, match=message):
        hp.Int("units", 8, 128, step=8)
    with pytest.raises(ValueError, match=r"'units' was declared as Int.*and now as Boolean"):
        hp.Boolean("units")
    assert hp.Int("units", 8, 64, step=8, default=16) == 8


def test_one_name_under_two_conditions() -> None:
    hp = HyperParameters()
    hp.Choice("kind", ["a", "b"], default="b")
    assert hp.Int("n", 1, 5, parent_name="kind", parent_values=["a"]) is None
    assert hp.Int("n", 10, 50, parent_name="kind", parent_values=["b"]) == 10
    assert hp.values == {"kind": "b", "n": 10}
    with pytest.raises(ValueError, match="'n' is declared twice under different conditions"):
        hp.Float("n", 0, 1)


def test_conditions_name_a_parent_and_values_that_it_has() -> None:
    hp = declared()
    with pytest.raises(ValueError, match=r"no hyperparameter 'kinds'. Did you mean 'kind'"):
        hp.Boolean("b", parent_name="kinds", parent_values=["small"])
    with (
        pytest.raises(ValueError, match=r"'kind' never is 'huge'; its values are \['small', "),
        hp.conditional_scope("kind", ["huge"]),
    ):
        pass
    with pytest.raises(ValueError, match="begins with 'tuner/', which tuners use"):
        hp.Fixed("tuner/epochs", 3)


def test_copies_and_configs_are_the_same_and_apart() -> None:
    hp = declared()
    stored = json.loads(json.dumps(hp.get_config()))
    for other in (hp.copy(), HyperParameters.from_config(stored), pickle.loads(pickle.dumps(hp))):
        assert other.get_config() == hp.get_config()
        assert type(other["flag"]) is bool
        other.values["units"] = 16
        other.Boolean("new")
        assert hp["units"] == 8
        assert len(hp.space) == 6
    assert repr(hp).startswith("HyperParameters({'units': 8")


def test_blank_forgets_the_values_and_chooses_anew() -> None:
    chosen: list[tuple[str, dict[str, Any]]] = []

    def last(parameter: Any, before: Any) -> Any:
        chosen.append((parameter.name, dict(before)))
        return parameter.values[-1]

    hp = declared().blank(last)
    assert hp.values == {}
    assert hp.Int("units", 8, 64, step=8) == 64
    assert hp.Fixed("version", "a") == "a"
    assert hp.Choice("flag", [True, False]) is False
    assert hp.Choice("flag", [True, False]) is False
    assert chosen == [("units", {}), ("flag", {"units": 64, "version": "a"})]


def test_merge_takes_what_is_new() -> None:
    hp, other = declared(), HyperParameters()
    other.Boolean("new")
    other.Int("units", 1, 2)
    hp.merge(other)
    hp.merge(other.space)
    assert [p.name for p in hp.space].count("units") == 1
    assert hp.space[-1].name == "new"


def test_a_closed_space_refuses_more() -> None:
    hp = declared()
    hp.is_closed = True
    with pytest.raises(FatalError, match=r"asks for 'more', .* allow_new_entries is False"):
        hp.Boolean("more")


def test_a_number_is_a_parent_with_the_values_that_it_has() -> None:
    hp = HyperParameters()
    hp.Int("layers", 1, 40)
    assert hp.Int("units", 1, 4, parent_name="layers", parent_values=1) == 1
    with pytest.raises(
        ValueError, match=r"'layers' never is 41; its values are \[1, .* 20, \.\.\."
    ):
        hp.Int("more", 1, 4, parent_name="layers", parent_values=[1, 41])
    hp.Float("rate", 0.1, 1)  # has too many to look through
    assert hp.Boolean("flag", parent_name="rate", parent_values=0.5) is None
