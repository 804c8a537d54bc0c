"""The line through the costs, and the networks that grow."""

from __future__ import annotations

import pytest

import course
from benchmarks.growth import AXES, line
from benchmarks.networks import keras_model
from course.models import Model


def test_a_straight_line_is_found() -> None:
    assert line([1, 2, 4, 8], [12, 14, 18, 26]) == pytest.approx((10, 2, 0))


def test_a_point_off_the_line_is_told() -> None:
    *_, off = line([1, 2, 4, 8], [12, 14, 18, 39])
    assert 0.1 < off < 0.5


@pytest.mark.parametrize("what", AXES)
def test_what_grows_is_what_the_cost_is_measured_against(what: str) -> None:
    axis = AXES[what]
    small, large = (axis.network(size) for size in (axis.sizes[0], axis.sizes[2]))
    assert axis.abscissa(large) > axis.abscissa(small)
    assert small.rows % small.batch == large.rows % large.batch == 0
    if axis.unit == "thousand weights":
        model: Model = keras_model(course, large)
        assert model.count_params() == pytest.approx(1000 * axis.abscissa(large))
