from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Surface, describe_surface, evaluate, grid, style, surface
from course.plots.surface import around

x = np.array([[-1.0, 0], [1, 0], [-0.5, 1], [0.5, -1]])
y = np.array([0, 1, 1, 1])


def right_half(points):
    return (points[:, :1] > 0).astype(float)


def test_grid_points_are_the_centres_of_cells_row_by_row():
    g = grid((0, 4, 10, 30), 2)
    np.testing.assert_array_equal(g, [[1, 15], [3, 15], [1, 25], [3, 25]])


def test_evaluate_puts_each_answer_in_its_place():
    values = evaluate(lambda p: p[:, :1] + 100 * p[:, 1:], (0, 4, 10, 30), 2)
    np.testing.assert_array_equal(values, [[1501, 1503], [2501, 2503]])
    assert evaluate(lambda p: np.ones(len(p)), n=3).shape == (3, 3)
    assert evaluate(lambda p: np.ones((len(p), 5)), n=3).shape == (3, 3, 5)


def test_the_image_has_the_answers_and_the_points_lie_on_top(ax):
    assert surface(right_half, x, y, ax, n=10) is ax
    (image,) = ax.images
    np.testing.assert_array_equal(image.get_array(), evaluate(right_half, around(x), 10))
    assert tuple(image.get_extent()) == around(x)
    for c, artist in enumerate(ax.collections):
        np.testing.assert_array_equal(artist.get_offsets(), x[y == c])
        assert artist.get_zorder() > image.get_zorder()
    assert plt.get_fignums() == []


def test_low_values_are_drawn_below_and_left_ones_left(ax):
    surface(lambda p: (p[:, 0] > 0) & (p[:, 1] > 0), ax=ax, n=20)
    figure = ax.figure
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[::-1] / 255
    for place, colour in [((1, 1), style.TWO_CLASSES(1.0)), ((-1, -1), style.TWO_CLASSES(0.0))]:
        column, row = np.round(ax.transData.transform(place)).astype(int)
        np.testing.assert_allclose(pixels[row, column, :3], colour[:3], atol=0.02)


def test_values_on_a_grid_are_taken_as_they_are(ax):
    values = np.linspace(0, 1, 9).reshape(3, 3)
    surface(values, ax=ax)
    np.testing.assert_array_equal(ax.images[0].get_array(), values)


def test_several_classes_get_their_colours_paler_where_uncertain(ax):
    values = np.array([[[1, 0, 0], [0, 0.6, 0.4], [0, 0, 1]]], float)
    surface(values, ax=ax)
    sure, unsure, other = ax.images[0].get_array()[0]
    np.testing.assert_allclose(sure, style.mix(style.CLASS_COLOURS[0], 0.48))
    np.testing.assert_allclose(unsure, style.mix(style.CLASS_COLOURS[1], 0.15 + 0.33 * 0.4))
    np.testing.assert_allclose(other, style.mix(style.CLASS_COLOURS[2], 0.48))


def test_update_changes_the_same_image(ax):
    picture = Surface(ax, values=(-1, 1))
    before = len(ax.get_children())
    picture.update(np.full((4, 4), -0.5))
    picture.update(np.full((8, 8), 0.5))
    assert len(ax.get_children()) == before
    np.testing.assert_array_equal(picture.image.get_array(), np.full((8, 8), 0.5))
    assert picture.image.get_clim() == (-1, 1)
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1.5, 1.5), (-1.5, 1.5))


def test_around_is_a_square_with_a_margin():
    np.testing.assert_allclose(around(np.array([[0, 0], [10, 4]])), (-0.5, 10.5, -3.5, 7.5))
    assert around(None) == around(np.empty((0, 2))) == (-1.5, 1.5, -1.5, 1.5)
    assert around(np.array([[2.0, 3.0]])) == (1, 3, 2, 4)


def test_the_description_has_the_numbers():
    values = evaluate(right_half, (-2, 2, -2, 2), 8)
    assert describe_surface(values, x, y, limits=(-2, 2, -2, 2)) == (
        "Predicted over x₁ from -2 to 2 and x₂ from -2 to 2: "
        "class 0 on 50%, class 1 on 50% of the area. "
        "Points classified correctly: 1 of 1 of class 0, 2 of 3 of class 1."
    )
    three = np.eye(3)[[[0, 1], [2, 2]]]
    assert "class 0 on 25%, class 1 on 25%, class 2 on 50%" in describe_surface(three)


def test_a_point_outside_is_judged_by_the_nearest_grid_point():
    values = np.array([[0.0, 1.0], [0.0, 1.0]])
    text = describe_surface(
        values, np.array([[9.0, 9], [-9, 9]]), np.array([1, 1]), limits=(0, 1, 0, 1)
    )
    assert text.endswith("0 of 0 of class 0, 1 of 2 of class 1.")
