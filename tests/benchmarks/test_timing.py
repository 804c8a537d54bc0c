"""Rounds take turns, ratios are taken within a round."""

from __future__ import annotations

import pytest

from benchmarks.networks import NETWORKS
from benchmarks.timing import interleaved, per_step


def test_ratios_are_taken_within_a_round() -> None:
    floor, course = iter((10, 20, 40)), iter((12, 26, 44))
    found = interleaved({"floor": lambda: next(floor), "course": lambda: next(course)}, rounds=3)
    assert found["floor"] == pytest.approx((20, 1))
    assert found["course"] == pytest.approx((26, 1.2))


def test_contenders_take_turns() -> None:
    turns = []
    interleaved({name: lambda name=name: turns.append(name) or 1.0 for name in "ab"}, rounds=2)
    assert turns == ["a", "b", "a", "b"]


def test_a_step_is_the_time_over_all_steps() -> None:
    network = NETWORKS["2-8-8-1"]  # 200 steps an epoch
    assert per_step(network, lambda epochs: epochs * 0.02)() == pytest.approx(100)
    assert per_step(network, lambda epochs: 0.02 * (epochs == 4), epochs=4)() == pytest.approx(25)
