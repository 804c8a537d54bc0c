"""The tree of what was tried."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.tuners import HyperParameters
from course.tuners.space import Space
from course.tuners.tried import Tried


def layers(hp: HyperParameters) -> None:
    """1 to 3 layers of 4 or 8 units: 2 + 4 + 8 configurations."""
    for i in range(hp.Int("n", 1, 3)):
        hp.Choice(f"units_{i}", [4, 8])


EVERY = [
    {"n": n} | {f"units_{i}": u for i, u in enumerate(units)}
    for n in (1, 2, 3)
    for units in product([4, 8], repeat=n)
]


@given(st.lists(st.sampled_from(EVERY), unique_by=lambda c: tuple(c.items())), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_a_draw_is_new_while_something_is(tried: list[dict[str, Any]], seed: int) -> None:
    space = Space(build=layers)
    space.explore()
    space.walk(lambda p, before: p.values[-1])
    tree = Tried(tried, space)
    assert tree.all_done() == (len(tried) == len(EVERY))
    assert all(configuration in tree for configuration in tried)
    if not tree.all_done():
        rng = np.random.default_rng(seed)
        new = space.walk(lambda p, before: tree.draw(p, before, rng))
        assert new in EVERY
        assert new not in tried
        assert new not in tree
        first = space.walk(tree.first)
        assert first == next(c for c in EVERY if c not in tried)


def test_an_empty_configuration_is_one_configuration() -> None:
    space = Space()
    assert not Tried([], space).all_done()
    assert {} not in Tried([], space)
    assert Tried([{}], space).all_done()
    assert {} in Tried([{}], space)


def test_a_decision_that_a_trial_was_first_to_show_opens_a_branch_again() -> None:
    hp = HyperParameters()
    hp.Boolean("a")
    space = Space(hp)
    assert Tried([{"a": False}, {"a": True}], space).all_done()
    hp.Boolean("b")
    space.learn(hp)
    tree = Tried([{"a": False, "b": False}, {"a": True}], space)
    assert not tree.all_done()
    assert tree.is_done({}, "a", True)
    assert not tree.is_done({}, "a", False)
    assert tree.is_done({"a": False}, "b", False)
    assert not tree.is_done({"a": True}, "b", False)
    assert {"a": False} not in tree
    assert {"c": 1} not in tree


def test_a_continuous_range_is_never_done_but_its_grid_is() -> None:
    hp = HyperParameters()
    hp.Float("x", 0, 1)
    space = Space(hp)
    tried = [{"x": value} for value in space.parameters[0].grid]
    assert not Tried(tried, space).all_done()
    assert Tried(tried, space, grid=True).all_done()
    assert not Tried([*tried[1:], {"x": 0.123}], space, grid=True).all_done()
    assert Tried([{"unknown": 1}], space).all_done()


def test_rare_values_that_are_left_are_found() -> None:
    hp = HyperParameters()
    count = hp.Int("n", 1, 5000, sampling="log")
    assert count == 1
    space = Space(hp)
    tree = Tried(({"n": n} for n in range(1, 5000)), space)
    rng = np.random.default_rng(0)
    assert space.walk(lambda p, before: tree.draw(p, before, rng)) == {"n": 5000}
    full = Tried(({"n": n} for n in range(1, 5001)), space)
    assert full.all_done()
    assert 1 <= full.draw(space.parameters[0], {}, rng) <= 5000
    assert full.first(space.parameters[0], {}) == 1


def test_draws_are_uniform_over_what_is_left() -> None:
    hp = HyperParameters()
    hp.Choice("c", list("abcd"))
    space = Space(hp)
    tree = Tried([{"c": "b"}], space)
    rng = np.random.default_rng(1)
    drawn = [tree.draw(space.parameters[0], {}, rng) for _ in range(3000)]
    counts = [drawn.count(c) for c in "acd"]
    assert sum(counts) == 3000
    assert counts == pytest.approx([1000] * 3, abs=100)
