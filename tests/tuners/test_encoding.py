"""The unit cube of configurations: there and back, inactive columns, neighbours, all of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.tuners.encoding import Encoding
from course.tuners.hyperparameters import HyperParameters
from course.tuners.space import Space

RNG = np.random.default_rng(0)


def declared() -> HyperParameters:
    hp = HyperParameters()
    hp.Choice("optimizer", ["adam", "sgd"])
    with hp.conditional_scope("optimizer", ["sgd"]):
        hp.Float("momentum", 0.0, 0.9, step=0.3)
        nesterov = hp.Boolean("nesterov")
        with hp.conditional_scope("nesterov", [True]):
            hp.Int("warmup", 1, 3)
    hp.Float("rate", 1e-4, 1.0, sampling="log")
    hp.Int("many", 1, 1000, sampling="log")
    hp.Fixed("epochs", 5)
    assert nesterov is None
    return hp


def encoding(hp: HyperParameters | None = None, **options: Any) -> Encoding:
    return Encoding(Space(hp or declared(), **options))


def configuration(code: Encoding, point: np.ndarray) -> dict[str, Any]:
    return code.space.walk(code.chooser(point, np.random.default_rng(0)))


NAMES = ["optimizer", "momentum", "nesterov", "warmup", "rate", "many", "epochs"]


def test_a_column_for_each_hyperparameter():
    code = encoding()
    assert [p.name for p in code.parameters] == NAMES
    assert code.categorical.tolist() == [True, False, True, False, False, False, False]
    assert code.is_searched.tolist() == [True] * 6 + [False]


def test_there_and_back():
    code = encoding()
    for point in code.random(200, RNG):
        values = configuration(code, point)
        again, used = code.encode(values)
        assert [name for name, is_used in zip(NAMES, used, strict=True) if is_used] == sorted(
            values, key=NAMES.index
        )
        continuous = [4, 5]
        np.testing.assert_allclose(again[4], point[4], atol=1e-12)
        assert abs(again[5] - point[5]) < 0.06  # a whole number near a continuous wish
        np.testing.assert_array_equal(np.delete(again, continuous), np.delete(point, continuous))


def test_what_is_inactive_stands_at_its_default():
    code = encoding()
    point = code.encode({"optimizer": "adam", "rate": 0.01, "many": 10, "epochs": 5})[0]
    default = [p.to_unit(p.default) for p in code.parameters]
    np.testing.assert_array_equal(point[1:4], default[1:4])
    snapped = code.snap(np.array([[0.25, 0.9, 0.9, 0.9, 0.5, 0.5, 0.9]]))
    np.testing.assert_array_equal(snapped[0, 1:4], default[1:4])
    deep = code.snap(np.array([[0.75, 0.9, 0.9, 0.9, 0.5, 0.5, 0.9]]))[0]
    np.testing.assert_allclose(deep[1:4], [7 / 8, 3 / 4, 5 / 6])
    shallow = code.snap(np.array([[0.75, 0.9, 0.1, 0.9, 0.5, 0.5, 0.9]]))[0]
    assert shallow[3] == default[3]


def test_snapping_takes_the_value_that_a_place_stands_for():
    hp = HyperParameters()
    hp.Int("units", 8, 64, step=8)
    code = encoding(hp)
    u = RNG.random((500, 1))
    snapped = code.snap(u)
    (units,) = code.parameters
    assert [units.from_unit(a) for a in u[:, 0]] == [units.from_unit(a) for a in snapped[:, 0]]
    np.testing.assert_array_equal(code.snap(snapped), snapped)
    np.testing.assert_allclose(code.snap(np.array([[-3.0], [7.0]])).ravel(), [1 / 16, 15 / 16])


def test_neighbours_are_near_and_move_by_one_value_at_least():
    code = encoding()
    point = code.snap(np.full((1, 7), 0.6))
    near = code.neighbours(point, 0.01, 400, RNG)
    assert near.shape == (400, 7)
    np.testing.assert_array_equal(code.snap(near), near)
    same_branch = near[(near[:, 0] == point[0, 0]) & (near[:, 2] == point[0, 2])]
    assert np.abs(same_branch[:, 4] - point[0, 4]).max() < 0.05
    assert len(np.unique(same_branch[:, 1])) == 3  # itself and one step either way
    assert len(np.unique(near[:, 0])) == 2  # categories are drawn anew


def test_everything_there_is():
    hp = HyperParameters()
    hp.Choice("optimizer", ["adam", "sgd"])
    with hp.conditional_scope("optimizer", ["sgd"]):
        hp.Choice("momentum", [0.0, 0.5, 0.9])
    hp.Int("layers", 1, 4)
    points = encoding(hp).everything(100)
    assert len(points) == (1 + 3) * 4
    code = encoding(hp)
    listed = {tuple(configuration(code, point).items()) for point in points}
    assert len(listed) == 16
    assert code.everything(23) is None
    assert encoding().everything(10**9) is None


@pytest.mark.parametrize("size", [129, 5000])
def test_what_has_very_many_values_is_not_listed(size):
    hp = HyperParameters()
    hp.Int("n", 1, size)
    assert encoding(hp).everything(10_000) is None


def test_what_is_not_to_be_tuned_stays_at_its_default():
    given = HyperParameters()
    given.Float("rate", 0.0, 1.0)

    def build(hp: HyperParameters) -> None:
        hp.Float("rate", 0.0, 1.0)
        hp.Choice("units", [8, 16, 32], default=16)

    space = Space(given, build, tune_new_entries=False)
    space.explore()
    code = Encoding(space)
    assert code.is_searched.tolist() == [True, False]
    assert set(code.random(50, RNG)[:, 1]) == {0.5}


def test_what_nobody_knew_is_drawn():
    hp = declared()
    code = encoding(hp)
    newcomer = HyperParameters()
    newcomer.Float("new", 0.0, 1.0)
    choose = code.chooser(np.full(7, 0.5), np.random.default_rng(1))
    assert choose(newcomer.space[0], {}) == np.random.default_rng(1).random()
