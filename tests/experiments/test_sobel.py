"""Edges by hand, by Conv2D, and which filters a training may change."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.sobel import (
    FILTERS,
    SOBEL_X,
    SOBEL_Y,
    edges,
    filter_network,
    four_filters,
    trained_filters,
)


def test_edges_of_a_step_by_hand() -> None:
    gx, gy, g = edges(np.array([[0, 0, 1, 1]] * 3))
    np.testing.assert_array_equal(gx, [[4, 4]])
    np.testing.assert_array_equal(gy, [[0, 0]])
    np.testing.assert_array_equal(g, [[4, 4]])


def test_downward_is_the_transpose_of_rightward() -> None:
    image = np.random.default_rng(0).normal(size=(2, 5, 6))
    gx, gy, g = edges(image)
    tx, ty, _ = edges(image.swapaxes(1, 2))
    np.testing.assert_allclose(gx, ty.swapaxes(1, 2))
    np.testing.assert_allclose(g**2, gx**2 + gy**2)
    assert not np.allclose(gx, tx.swapaxes(1, 2))


def test_too_small_images_are_refused() -> None:
    with pytest.raises(ValueError, match="3 or more"):
        edges(np.zeros((2, 9)))


def test_four_filters_in_conv2d_show_the_positive_sides_of_edges() -> None:
    model = filter_network("Sobel")
    image = np.random.default_rng(0).random((1, 8, 8, 1)).astype("float32")
    shown = model.get_layer("filters")(image)[0]
    gx, gy, _ = edges(image[0, :, :, 0])
    for k, signed in enumerate((gx, -gx, gy, -gy)):
        np.testing.assert_allclose(shown[..., k], np.maximum(signed, 0), atol=1e-5)
    np.testing.assert_array_equal(four_filters()[..., 0, 2], SOBEL_Y)
    np.testing.assert_array_equal(SOBEL_X.T, SOBEL_Y)


@pytest.mark.parametrize("filters", FILTERS)
def test_only_learned_filters_are_trained(filters: str) -> None:
    model = trained_filters(filters, 0.03)
    if filters == "none":
        assert len(model.get_weights()) == 2
        return
    kernel = model.get_layer("filters").get_weights()[0]
    if filters == "Sobel":
        np.testing.assert_array_equal(kernel, four_filters())
    trained = sum(int(w.value.size) for w in model.trainable_weights)
    assert trained == 1450 + 40 * (filters == "learned")


def test_unknown_filters_are_named() -> None:
    with pytest.raises(ValueError, match="filters must be one of"):
        filter_network("Prewitt")
