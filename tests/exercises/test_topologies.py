"""Lesson 17: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np
import pytest

from course import layers
from course.exercises import topologies as lesson
from course.experiments.sobel import edges


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def output_size(size: int, kernel: int, stride: int, padding: str) -> object:
        if padding == "same":
            return -(-size // stride)
        return ...

    assert lesson.size_exercise.diagnose(output_size).status == "not attempted"


def test_the_loops_and_the_windows_agree() -> None:
    image = np.random.default_rng(0).random((5, 7))
    np.testing.assert_allclose(lesson.sobel(image), edges(image)[2])


@pytest.mark.parametrize("case", lesson.size_exercise.cases)
def test_sizes_are_those_of_the_layer(case: tuple) -> None:
    size, kernel, stride, padding = case
    layer = layers.Conv2D(1, kernel, strides=stride, padding=padding)
    assert layer(np.zeros((1, size, size, 1))).shape[1] == lesson.output_size(*case)


@pytest.mark.parametrize("case", lesson.parameters_exercise.cases)
def test_numbers_are_those_of_the_layer(case: tuple) -> None:
    kernel, channels, filters = case
    layer = layers.Conv2D(filters, kernel)
    layer(np.zeros((1, 8, 8, channels)))
    assert sum(w.size for w in layer.get_weights()) == lesson.conv_parameters(*case)
