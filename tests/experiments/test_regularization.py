"""Settings chosen and judged; masks enumerated; weights counted, each against a case by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.callbacks import WeightHistory
from course.experiments.regularization import (
    PrintedL2,
    Setting,
    answered_when_fading,
    best_setting,
    disagreement,
    every_mask,
    gain,
    hidden_kernel,
    judged,
    with_penalty,
)
from course.experiments.regularized_digits import METHODS, RATE, SHUFFLED, digits_of
from course.experiments.table import Table, load_table
from course.layers import Dense, Input
from course.models import Sequential
from course.regularizers import L2


def small_table() -> Table:
    rows = [
        ("choose", 0.3, "L2", 0.1, 0.01, 0, 0.5),
        ("choose", 0.3, "L2", 0.1, 0.01, 1, 0.7),
        ("choose", 0.3, "L2", 0.1, 0.1, 0, 0.8),
        ("choose", 0.3, "L2", 0.1, 0.1, 1, 0.3),
        ("choose", 0.3, "L2", 0.2, 0.01, 0, 0.6),
        ("choose", 0.3, "L2", 0.2, 0.01, 1, 0.6),
        ("judge", 0.3, "L2", 0.1, 0.01, 5, 0.4),
        ("judge", 0.3, "L2", 0.1, 0.1, 5, 0.9),
        ("judge", 0.3, "L2", 0.1, 0.01, 6, 0.2),
    ]
    names = ("stage", "shuffled", "method", "strength", "learning_rate", "seed", "accuracy")
    return Table(dict(zip(names, zip(*rows, strict=True), strict=True)))


def test_of_equal_settings_the_weaker_is_best() -> None:
    assert best_setting(small_table().where(stage="choose")) == Setting(0.1, 0.01)


def test_the_runs_that_judge_have_no_say_in_the_choice() -> None:
    runs = judged(small_table(), 0.3, "L2")
    np.testing.assert_array_equal(runs["accuracy"], [0.4, 0.2])
    np.testing.assert_array_equal(judged(small_table(), 0.3, "L2", 0.1)["accuracy"], [0.9])


def test_gains_are_points_and_need_the_same_seeds() -> None:
    a = Table({"seed": [5, 6], "accuracy": [0.9, 0.8]})
    b = Table({"seed": [5, 6], "accuracy": [0.85, 0.79]})
    assert gain(a, b).mean == pytest.approx(3)
    with pytest.raises(AssertionError):
        gain(a, Table({"seed": [5, 7], "accuracy": [0.85, 0.79]}))


def test_the_stored_table_is_complete_and_its_choices_are_bracketed() -> None:
    table = load_table("regularization")
    for shuffled, rates in SHUFFLED.items():
        for method, strengths in METHODS.items():
            rows = table.where(stage="choose", shuffled=shuffled, method=method)
            assert len(rows) == 5 * len(rates) * len(strengths)
            for rate in (None, RATE):
                runs = judged(table, shuffled, method, rate)
                np.testing.assert_array_equal(runs["seed"], range(10, 20))
            best = judged(table, shuffled, method)
            assert rates[0] < best["learning_rate"][0] < rates[-1]
            if method.startswith(("L", "dropout", "noise")):  # the weak end is next to none
                assert best["strength"][0] < strengths[-1]
            if method in ("fewer units", "max-norm"):
                assert best["strength"][0] > strengths[0]


def test_all_masks_of_two_units() -> None:
    masks, probabilities = every_mask(2, 0.2)
    np.testing.assert_allclose(masks, [[0, 0], [0, 1.25], [1.25, 0], [1.25, 1.25]])
    np.testing.assert_allclose(probabilities, [0.04, 0.16, 0.16, 0.64])
    np.testing.assert_allclose(probabilities @ masks, 1)


@pytest.mark.parametrize(
    ("units", "rate", "wrong"),
    [(0, 0.5, "units"), (17, 0.5, "units"), (4, 1.0, "rate"), (4, -0.1, "rate")],
)
def test_masks_that_cannot_be_are_refused(units: int, rate: float, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        every_mask(units, rate)


def test_disagreement_is_averaged_over_pairs() -> None:
    a, b = [[0.9, 0.1], [0.2, 0.8]], [[0.6, 0.4], [0.7, 0.3]]
    assert disagreement([a, a]) == 0
    assert disagreement([a, b]) == 0.5
    assert disagreement([a, a, b]) == pytest.approx(1 / 3)


def test_weights_that_nothing_moves_do_not_count() -> None:
    with config.seeded(0):
        model = Sequential([Input(shape=(3,)), Dense(3, "relu"), Dense(2, "softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    kernel = np.array([[1.0, -1.0, 0.0005], [0.0002, -1.0, 0.0], [0.0, 0.0, 0.0]])
    model.set_weights([kernel, *model.get_weights()[1:]])
    look = hidden_kernel(model, np.array([[1.0, 0.5, 0.0], [0.3, 1.0, 0.0]], np.float32))
    np.testing.assert_array_equal(look.silent, [False, True, False])
    np.testing.assert_array_equal(look.gone, [False, False, True])
    assert look.zeros == 4
    assert np.sort(look.moved.ravel()) == pytest.approx([0, 0.0002, 0.0005, 1])
    assert look.near_zero == pytest.approx(3 / 4)


def test_faded_units_are_looked_at_when_half_their_length_was_gone() -> None:
    path = WeightHistory()
    lengths = {"stays": (1, 1, 1, 1), "idle": (1, 0.6, 0.4, 0), "busy": (1, 0.4, 0.7, 0.01)}
    path.values = {
        "dense/kernel": [
            np.array([row, np.zeros(3)]) for row in zip(*lengths.values(), strict=True)
        ],
        "dense/bias": [np.array([0, -0.5, 0]) for _ in range(4)],
    }
    x = np.array([[1.0, 0], [-1, 0], [0.5, 0], [0.5, 0]])  # idle, at 0.4: never above 0.5
    np.testing.assert_array_equal(answered_when_fading(path, x), [0, 0.75])


def test_a_longer_training_at_the_chosen_rate_is_in_the_table() -> None:
    table = load_table("regularization")
    longer, none = table.where(stage="longer"), judged(table, 0.3, "none")
    assert set(longer["learning_rate"]) == set(none["learning_rate"])
    np.testing.assert_array_equal(longer["seed"], none["seed"])


def test_a_printed_penalty_is_that_of_the_package_in_other_words() -> None:
    w = np.array([1.0, -2.0])
    for printed in (PrintedL2(0.02, 2), PrintedL2(4.0, 400)):
        assert printed(w) == pytest.approx(L2(0.01)(w))
        np.testing.assert_allclose(printed.gradient(w), L2(0.01).gradient(w))


def test_the_penalty_is_in_the_loss_and_not_in_the_data_loss() -> None:
    digits = digits_of(0)
    history = with_penalty(L2(0.01), digits.x, digits.y).history
    weights = history.model.get_weights()[::2]
    penalty = 0.01 * sum(np.vdot(w, w) for w in weights)
    assert history.history["loss"][-1] - history.data_loss[-1] == pytest.approx(penalty, rel=0.05)
