"""Digits watched: the losses are those of the model, the products those of its sharpness."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.sharpness import sharpness
from course.experiments.watched_digits import UPDATES, Watched, five_hundred, silent, watch, watched


def test_five_hundred_and_the_others_are_all_digits() -> None:
    x, y, unseen, y_unseen = five_hundred()
    assert (len(x), len(unseen)) == (500, 1297)
    assert np.bincount(y).min() > 45
    assert len(y) + len(y_unseen) == 1797


def test_losses_and_products_are_those_of_the_model() -> None:
    run = watched(0.3, every=100)
    x, y, *_ = five_hundred()
    assert len(run.losses) == UPDATES + 1
    assert len(run.products) == 3
    assert run.model.evaluate(x, y, batch_size=500, verbose=0)[0] == pytest.approx(run.losses[-1])
    exact = 0.3 * sharpness(run.model, x, y, iterations=60).value
    assert run.products[-1] == pytest.approx(exact, rel=0.05)


def test_weights_and_batches_depend_on_the_seed_and_repeat() -> None:
    first, second = next(watch(0.1, 0)), next(watch(0.1, 1))
    assert first.losses[0] != second.losses[0]
    runs = [watched(0.1, seed, batch_size=32, every=200).losses for seed in (0, 0, 1)]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])


def test_rises_and_the_last_quarter_are_counted() -> None:
    run = Watched(np.array([3, 2, 2.5, 2.50001, 1.0]), np.arange(8.0), None)
    assert run.rises == 1
    assert run.settled == 6.5
    assert Watched(np.zeros(1), np.array([4.0]), None).settled == 4.0


def test_a_unit_that_never_answers_is_silent() -> None:
    run = next(watch(0.1))
    x, *_ = five_hundred()
    weights = run.model.get_weights()
    assert silent(run.model, x) < 0.1
    weights[1] = np.where(np.arange(32) < 8, -1e3, weights[1])
    run.model.set_weights(weights)
    assert 0.25 <= silent(run.model, x) < 0.35
