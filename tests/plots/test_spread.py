from __future__ import annotations

import numpy as np
import pytest

import course as keras
from course.plots import Spread, describe_spread, spread

WIDENING = [s * np.linspace(-1, 1, 101) for s in (1, 2, 4)]


def test_a_column_is_a_histogram_and_lines_are_quantiles(ax):
    spread(WIDENING, [0, 5, 10], ax, "They widen")
    (image,) = ax.images
    assert image.get_array().shape == (41, 3)
    assert image.get_extent() == [-2.5, 12.5, -4, 4]
    occupied = (np.asarray(image.get_array()) > 0).sum(axis=0)
    assert list(occupied) == sorted(occupied)
    low, median, high = ax.lines
    assert median.get_xdata() == pytest.approx([0, 5, 10])
    assert high.get_ydata() == pytest.approx([0.9, 1.8, 3.6])
    assert low.get_ydata() == pytest.approx([-0.9, -1.8, -3.6])
    assert median.get_ydata() == pytest.approx([0, 0, 0], abs=1e-12)
    assert median.get_linestyle() != high.get_linestyle()


def test_what_lies_beyond_counts_at_the_border(ax):
    picture = Spread(ax, (-1, 1), bins=4)
    picture.update([np.array([-9.0, 9.0, 9.0, 9.0, 9.0])])
    assert np.asarray(picture.image.get_array())[:, 0] == pytest.approx([0.5, 0, 0, 1])


def test_constant_weights_and_one_time_can_be_drawn(ax):
    spread([np.ones((2, 3))], ax=ax)
    assert ax.get_ylim() == (0.5, 1.5)


def test_it_draws_what_weight_history_keeps(ax):
    keras.set_random_seed(0)
    model = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(8, name="d")])
    model.compile("sgd", "mse")
    kept = keras.callbacks.WeightHistory("d/kernel")
    x = np.random.default_rng(0).normal(size=(20, 2))
    model.fit(x, np.ones((20, 8)), epochs=3, verbose=0, callbacks=[kept])
    spread(kept.values["d/kernel"], kept.times, ax)
    assert ax.images[0].get_array().shape == (41, 4)


def test_it_says_what_it_shows():
    said = describe_spread(WIDENING, [0, 5, 10])
    assert "At epoch 0 the median is" in said
    assert "between -0.9 and 0.9" in said
    assert "At epoch 10" in said
    assert "between -3.6 and 3.6" in said
    assert describe_spread(WIDENING[:1]).count("At epoch") == 1


@pytest.mark.parametrize(("values", "times"), [([], None), ([np.ones(2)], [0, 1])])
def test_there_is_a_time_for_every_array(values, times):
    with pytest.raises(ValueError, match="values must be arrays, one a time"):
        spread(values, times)
