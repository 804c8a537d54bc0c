from __future__ import annotations

import numpy as np
import pytest

from course.plots.mosaic import INKED, SIGNED, describe_mosaic, mosaic

PLAIN, WITH_SIGNS = np.ones((3, 2, 2)), np.stack([np.eye(3), -2 * np.eye(3)])


def test_each_row_has_its_place_its_name_and_its_scale(ax):
    mosaic([PLAIN, WITH_SIGNS], ["plain", "signed"], ax, "A sentence", columns=("a", "b", "c"))
    assert [image.get_cmap() for image in ax.images] == [INKED] * 3 + [SIGNED] * 2
    assert ax.images[3].get_clim() == (-2, 2)
    assert ax.images[0].get_clim() == (0, 1)
    left, right, bottom, top = ax.images[4].get_extent()
    assert right - left == pytest.approx(1)
    assert bottom - top == pytest.approx(1)
    assert top == pytest.approx(1.12)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["plain", "signed"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["a", "b", "c"]


def test_blank_images_are_drawn(ax):
    mosaic([np.zeros((1, 2, 2))], ["blank"], ax)
    assert ax.images[0].get_clim() == (0, 1)


@pytest.mark.parametrize(("rows", "names"), [([PLAIN], ["a", "b"]), ([PLAIN[0]], ["a"])])
def test_rows_and_names_must_fit(ax, rows, names):
    with pytest.raises(ValueError, match="a name for each"):
        mosaic(rows, names, ax)


def test_words():
    said = describe_mosaic([PLAIN, WITH_SIGNS], ["plain", "signed"])
    assert said == "plain: 3 images of 2×2, from 1 to 1; signed: 2 images of 3×3, from -2 to 1."
