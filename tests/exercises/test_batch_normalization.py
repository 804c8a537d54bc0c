"""Lesson 12: the worked and the alone exercise agree with the package's own layer."""

from __future__ import annotations

import numpy as np

import course as keras
from course.exercises import batch_normalization as lesson


def test_the_worked_one_is_what_the_layer_does() -> None:
    layer = keras.layers.BatchNormalization()
    y = layer(lesson.Z, training=True)
    np.testing.assert_allclose(y, lesson.normalize(lesson.Z, np.ones(3), np.zeros(3)), atol=1e-5)


def test_the_faded_one_is_what_the_layer_does() -> None:
    layer = keras.layers.BatchNormalization(momentum=0.7)
    layer(lesson.Z, training=True)
    np.testing.assert_allclose(
        layer.moving_variance.value, lesson.follow(np.ones(3), lesson.Z.var(0), 0.7), rtol=1e-5
    )


def test_folded_weights_give_the_answers_of_both_layers() -> None:
    rng = np.random.default_rng(0)
    dense, normalize = keras.layers.Dense(3), keras.layers.BatchNormalization()
    x = rng.normal(size=(5, 4)).astype("float32")
    normalize(dense(x))
    statistics = rng.uniform(0.5, 2, (4, 3))
    normalize.set_weights(list(statistics))
    W, b = lesson.fold(*dense.get_weights(), *statistics)
    np.testing.assert_allclose(x @ W + b, normalize(dense(x)), rtol=1e-4, atol=1e-5)


def test_mistakes_of_fold_are_told_apart_by_the_small_case_or_the_large_one() -> None:
    def bias_kept(W, b, gamma, beta, mean, variance):
        return lesson.fold(W, b, gamma, beta, mean, variance)[0], b

    status, said = lesson.fold_exercise.diagnose(bias_kept)
    assert status == "wrong"
    assert "expected" in said


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "worse by more than 0.1" in lesson.predict_mode.choices
    assert "that batch normalization is there at all" in lesson.predict_place.choices
    assert "it explodes" in lesson.predict_deep.choices
