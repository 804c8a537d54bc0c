"""Two hundred digits by their jobs, labels shuffled, and what each method does to the network."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.datasets import load_digits
from course.experiments.regularized_digits import (
    HELD_BACK,
    METHODS,
    accuracy,
    regularized_network,
    shared_digits,
    train_regularized,
)
from course.layers import Dropout, GaussianNoise


def test_each_digit_has_one_job_and_the_judges_are_always_the_same() -> None:
    first, other = shared_digits(0), shared_digits(7)
    assert [len(part) for part in first] == [200, 200, 200, 200, 200, 600, 600, 797, 797]
    np.testing.assert_array_equal(first.x_test, other.x_test)
    assert not np.array_equal(first.x, other.x)
    rows = np.concatenate([first.x, first.x_val, first.x_choose, first.x_test])
    everything, _ = load_digits()
    np.testing.assert_array_equal(np.unique(rows, axis=0), np.unique(everything, axis=0))
    assert len(rows) == len(everything)


def test_shuffling_moves_the_labels_among_themselves() -> None:
    clean, some, every = (shared_digits(3, share) for share in (0, 0.3, 1))
    np.testing.assert_array_equal(clean.y, clean.true)
    np.testing.assert_array_equal(some.x, clean.x)
    for digits, least, most in ((some, 40, 60), (every, 160, 199)):
        np.testing.assert_array_equal(digits.true, clean.true)
        np.testing.assert_array_equal(np.sort(digits.y), np.sort(clean.y))
        assert least <= np.sum(digits.y != digits.true) <= most
        np.testing.assert_array_equal(digits.y_test, clean.y_test)


@pytest.mark.parametrize("share", [-0.1, 1.1, "all"])
def test_a_share_lies_between_0_and_1(share: object) -> None:
    with pytest.raises((TypeError, ValueError), match="shuffled"):
        shared_digits(0, share)


@pytest.mark.parametrize("method", METHODS)
def test_all_networks_of_a_size_begin_with_the_same_weights(method: str) -> None:
    def first(*arguments: object) -> np.ndarray:
        with config.seeded(4):
            return regularized_network(*arguments).get_weights()[0]

    kernel = first(method, METHODS[method][-1])
    units = {"fewer units": 64, "dropout, 512 units": 512}.get(method, 128)
    assert kernel.shape == (64, units)
    if units == 128:
        np.testing.assert_array_equal(kernel, first("none"))


def test_the_layers_of_dropout_and_noise() -> None:
    drop, noise = regularized_network("dropout", 0.35), regularized_network("noise", 0.2)
    assert [layer.rate for layer in drop.layers if isinstance(layer, Dropout)] == [0.35]
    assert isinstance(noise.layers[0], GaussianNoise)


def test_penalties_and_the_longest_length_hold_for_both_kernels() -> None:
    digits = shared_digits()
    model = train_regularized(digits, "max-norm", 0.5, epochs=5)
    for kernel in model.get_weights()[::2]:
        assert np.linalg.norm(kernel, axis=0).max() <= 0.5 + 1e-5
    model = regularized_network("L1", 0.01)
    assert [layer.kernel_regularizer.l1 for layer in model.layers[-2:]] == [0.01, 0.01]


def test_early_stopping_pays_for_what_it_watches_or_is_given_more() -> None:
    digits = shared_digits(0, 0.3)
    own = train_regularized(digits, "early stopping", 4, 0.01)
    more = train_regularized(digits, "early stopping, 200 more", 4, 0.01)
    for model, x, y in (
        (own, digits.x[-HELD_BACK:], digits.y[-HELD_BACK:]),
        (more, digits.x_val, digits.y_val),
    ):
        losses = model.history.history["val_loss"]
        assert len(losses) < 100
        assert model.evaluate(x, y, verbose=0)[0] == pytest.approx(min(losses), rel=1e-4)


def test_a_training_repeats_and_memorises() -> None:
    digits = shared_digits(0, 1.0)
    one, again = (train_regularized(digits) for _ in range(2))
    np.testing.assert_array_equal(one.get_weights()[0], again.get_weights()[0])
    assert accuracy(one, digits.x, digits.y) > 0.95
    assert accuracy(one, digits.x_test, digits.y_test) < 0.2


def test_there_is_no_other_method() -> None:
    with pytest.raises(ValueError, match="method must be one of"):
        regularized_network("weight decay", 0.1)
