"""Flat vectors: views, packing after every freeze, and one step by hand numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.constraints import MaxNorm, NonNeg
from course.engine import Parameters, Variable
from course.engine.parameters import BLOCK
from course.optimizers import SGD, Adam, Optimizer, RMSprop


def variable(*values: float, **options: Any) -> Variable:
    """Return a float64 variable."""
    return Variable(np.array(values, float), "w", **options)


def pack(optimizer: Optimizer, *variables: Variable) -> Parameters:
    """Return parameters of variables that are all trainable."""
    return Parameters(lambda: (list(variables), list(variables)), optimizer)


def test_values_and_gradients_are_contiguous_views_in_order() -> None:
    a, b = variable(1, 2), Variable(np.full((2, 3), 4.0), "k")
    p = pack(Adam(), a, b)
    assert p.value.tolist() == [1, 2, 4, 4, 4, 4, 4, 4]
    for v in (a, b):
        assert v.value.flags.c_contiguous
        assert v.grad.flags.c_contiguous
        assert np.shares_memory(v.value, p.value)
        assert np.shares_memory(v.grad, p.grad)
    b.value = 0 * b.value
    b.grad = 3.0
    assert p.value.tolist() == [1, 2, 0, 0, 0, 0, 0, 0]
    assert p.grad.tolist() == [0, 0, 3, 3, 3, 3, 3, 3]
    assert {name: slot.shape for name, slot in p.slots.items()} == {
        "momentum": (8,),
        "velocity": (8,),
    }


def test_slots_follow_their_variables_through_freezing() -> None:
    a, b, c = (variable(float(i)) for i in (1, 2, 3))
    frozen: set[Variable] = set()
    p = Parameters(lambda: ([a, b, c], [v for v in (a, b, c) if v not in frozen]), SGD(1, 0.5))

    def step(*gradients: float) -> list[float]:
        p.pack()
        for v, g in zip((a, b, c), gradients, strict=True):
            v.grad = g
        p.step()
        return [float(v.value[0]) for v in (a, b, c)]

    assert step(1, 1, 1) == [0, 1, 2]  # m = -1 each
    frozen.add(b)
    assert step(0, 9, 0) == [-0.5, 1, 1.5]  # m = -0.5 for a and c
    assert b.grad is None
    frozen.update((a, c))
    frozen.remove(b)
    assert step(9, 0, 9) == [-0.5, 0.5, 1.5]  # b goes on from m = -1
    frozen.clear()
    assert step(0, 0, 0) == [-0.75, 0.25, 1.25]  # and a and c from -0.5
    assert p.slots_of(b)["momentum"].tolist() == [-0.25]


def test_ownership_is_lost_to_whoever_packs_last() -> None:
    shared, own = variable(1), variable(2)
    first, second = pack(SGD(), shared, own), pack(SGD(), shared)
    assert (first.is_current(), second.is_current()) == (False, True)
    first.pack()
    assert (first.is_current(), second.is_current()) == (True, False)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [0.7, 1.6, 1.0]),
        ({"clipvalue": 2}, [0.8, 1.8, 1.0]),  # g = 2, 2; 0 of 3, 4; 0
        ({"clipnorm": 1}, [0.94, 1.92, 1.0]),  # each variable: (3, 4)/5, and 0 as it is
        ({"clipnorm": 10}, [0.7, 1.6, 1.0]),
        ({"weight_decay": 0.5}, [0.65, 1.5, 0.95]),  # w·(1 − 0.05) first
        ({"weight_decay": 0.5, "clipvalue": 2}, [0.75, 1.7, 0.95]),
    ],
)
def test_clip_decay_update_by_hand(options: dict[str, float], expected: list[float]) -> None:
    a, b = variable(1, 2), variable(1)
    p = pack(SGD(0.1, **options), a, b)
    a.grad, b.grad = [3.0, 4.0], 0.0
    p.step()
    np.testing.assert_allclose(p.value, expected, rtol=1e-12)
    assert p.optimizer.iterations == 1


def test_the_global_norm_is_that_of_all_variables() -> None:
    a, b = variable(0), variable(0)
    p = pack(SGD(1, global_clipnorm=1), a, b)
    a.grad, b.grad = 3.0, 4.0
    p.step()
    np.testing.assert_allclose(p.value, [-0.6, -0.8])
    a.grad, b.grad = 0.3, 0.4  # shorter than 1: as it is
    p.step()
    np.testing.assert_allclose(p.value, [-0.9, -1.2])


def test_decay_is_not_part_of_the_momentum() -> None:
    a = variable(1)
    p = pack(SGD(0.1, momentum=0.9, weight_decay=1), a)
    a.grad = 0.0
    p.step()
    assert a.value == pytest.approx(0.9)
    assert p.slots["momentum"] == 0


def test_constraints_come_after_the_step_and_see_one_variable_each() -> None:
    a, b = variable(1, 1, constraint=NonNeg()), variable(3, 4, constraint=MaxNorm(1))
    free = variable(-5)
    p = pack(SGD(1), a, free, b)
    view = a.value
    a.grad, b.grad, free.grad = [3.0, 0.5], [0.0, 0.0], 0.0
    p.step()
    np.testing.assert_allclose(p.value, [0, 0.5, -5, 0.6, 0.8])
    assert a.value is view


def test_penalties_are_summed_and_their_gradients_added_on_request() -> None:
    class Linear:
        def __call__(self, w: np.ndarray) -> float:
            return float(2 * w.sum())

        def gradient(self, w: np.ndarray) -> np.ndarray:
            return np.full_like(w, 2)

    a, b = variable(1, 2, regularizer=Linear()), variable(5)
    p = pack(SGD(), a, b)
    a.grad, b.grad = 1.0, 1.0
    assert p.penalty() == 6
    assert p.grad.tolist() == [1, 1, 1]
    assert p.penalty(add_gradient=True) == 6
    assert p.grad.tolist() == [3, 3, 1]


def test_a_slot_that_is_needed_later_is_made_then() -> None:
    a = variable(1)
    p = pack(SGD(1), a)
    assert p.slots == {}

    def step() -> float:
        a.grad = 1.0
        p.step()
        return float(a.value[0])

    assert step() == 0
    p.optimizer.momentum = 0.5
    assert p.slots_of(a) == {"momentum": [0.0]}
    assert [step(), step()] == [-1, -2.5]  # m = -1, then -0.5 - 1
    p.optimizer.momentum = 0.0
    assert step() == -3.5
    assert p.slots_of(a) == {}
    p.pack()  # as after freezing: what is needed no more is left behind
    assert p.slots == {}
    assert step() == -4.5


def test_a_slot_that_is_needed_later_is_made_for_all_blocks() -> None:
    a = Variable(np.zeros(2 * BLOCK + 3), "w")
    p = pack(RMSprop(1, rho=0.0), a)
    for _ in range(2):
        a.grad = 1.0
        p.step()
        p.optimizer.momentum = 0.5
    np.testing.assert_allclose(a.value, -2, rtol=1e-6)  # -1, and -1 with m = 1
    assert p.slots["momentum"].shape == a.shape


def test_a_slot_that_nobody_declared_is_named() -> None:
    class Forgetful(Optimizer):
        def update(self, w: Any, g: Any, slots: Any, lr: float, t: int) -> None:
            slots["memory"] += g

    p = pack(Forgetful(), variable(1))
    with pytest.raises(KeyError, match=r"Forgetful has no slot 'memory'; its slots\(\) names none"):
        p.step()


def test_a_global_norm_that_is_not_a_number_reaches_every_weight() -> None:
    """As in Keras: half a step would hide that something went wrong."""
    a, b = variable(1), variable(1)
    p = pack(SGD(global_clipnorm=1.0), a, b)
    a.grad, b.grad = np.nan, 0.0
    p.step()
    assert np.isnan(p.value).all()


OPTIMIZERS = [
    lambda: SGD(0.1, momentum=0.9, nesterov=True, weight_decay=0.01, global_clipnorm=50),
    lambda: RMSprop(0.01, momentum=0.5, centered=True),
    lambda: Adam(0.01, amsgrad=True, clipvalue=1.0),
]


@pytest.mark.parametrize("make", OPTIMIZERS, ids=["SGD", "RMSprop", "Adam"])
def test_updating_in_blocks_is_the_same_as_in_one_piece(make: Any) -> None:
    rng = np.random.default_rng(0)
    size = 2 * BLOCK + 17
    w, gradients = rng.normal(size=size), rng.normal(size=(3, size))
    whole = [Variable(w.copy(), "w")]
    halves = [Variable(part.copy(), "w") for part in np.split(w, 3 * [size // 4])]
    pieces = [Variable(w[i : i + 1000].copy(), "w") for i in range(0, size, 1000)]
    results = []
    for variables in (whole, halves):
        p = pack(make(), *variables)
        for g in gradients:
            p.grad[...] = g
            p.step()
        results.append(p.value)
    # The oracle packs each thousand alone, below the size of a block; clipped beforehand.
    optimizer = make()
    for g in gradients:
        if optimizer.global_clipnorm:
            g = g * min(1, optimizer.global_clipnorm / np.linalg.norm(g))
        gradients_ = g
        for i, v in enumerate(pieces):
            v.owner = v.owner or pack(make(), v)
            if v.owner.optimizer.global_clipnorm:
                v.owner.optimizer.global_clipnorm = None
            v.grad = gradients_[1000 * i : 1000 * i + v.size]
            v.owner.step()
    results.append(np.concatenate([v.value for v in pieces]))
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_allclose(results[0], results[2], rtol=1e-12)


def test_without_anything_to_train_a_step_only_counts() -> None:
    v = variable(1)
    p = Parameters(lambda: ([v], []), Adam(global_clipnorm=1.0))
    p.step()
    assert v.value == 1
    assert p.optimizer.iterations == 1
    assert p.penalty() == 0


def test_a_gradient_that_is_not_a_number_is_not_hidden_by_clipping() -> None:
    v = variable(1, 1)
    p = pack(SGD(clipnorm=1.0), v)
    v.grad = [np.nan, 0.0]
    p.step()
    assert np.isnan(v.value[0])
