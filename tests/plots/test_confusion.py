from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Confusion, confusion, describe_confusion

MATRIX = np.array([[8, 2, 0], [1, 4, 0], [0, 0, 0]])


def test_colours_are_shares_of_the_row_and_numbers_counts(ax):
    assert confusion(MATRIX, ax, labels=["cat", "dog", "owl"]) is ax
    np.testing.assert_allclose(ax.images[0].get_array(), [[0.8, 0.2, 0], [0.2, 0.8, 0], [0, 0, 0]])
    texts = [t.get_text() for t in ax.texts]
    assert texts == ["8", "2", "", "1", "4", "", "", "", "0"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted class", "true class")
    assert [t.get_text() for t in ax.get_xticklabels()] == ["cat", "dog", "owl"]
    assert plt.get_fignums() == []


def test_update_keeps_the_artists(ax):
    picture = Confusion(ax, ["0", "1", "2"])
    before = len(ax.get_children())
    picture.update(MATRIX)
    picture.update(MATRIX.T)
    assert len(ax.get_children()) == before
    assert picture.cells[0][1].get_text() == "1"


def test_the_description_has_the_numbers():
    assert describe_confusion(MATRIX, labels=["cat", "dog", "owl"]) == (
        "12 of 15 are right (80.0%). By true class: cat 80%, dog 80%, owl 0%. "
        "Most frequent mistake: cat taken for dog, 2 times."
    )
    assert (
        describe_confusion(np.eye(2)) == "2 of 2 are right (100.0%). By true class: 0 100%, 1 100%."
    )
