"""Reductions, sample weights, configs."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses
from course.activations import sigmoid
from course.losses.weights import like_values

Y = [[0.0], [0.0], [0.0]]
P = [[1.0], [2.0], [3.0]]  # squared errors 1, 4, 9


@pytest.mark.parametrize(
    ("reduction", "plain", "weighted"),
    [
        ("sum_over_batch_size", 14 / 3, 20 / 3),
        ("sum", 14, 20),
        ("mean_with_sample_weight", 14 / 3, 20 / 2.5),
    ],
)
def test_reductions_by_hand(reduction: str, plain: float, weighted: float) -> None:
    loss = losses.MeanSquaredError(reduction)
    assert loss(Y, P) == pytest.approx(plain)
    values = losses.mean_squared_error(Y, P)
    assert loss.reduce_to_train(values)[0] == pytest.approx(plain)
    assert loss.reduce_to_train(values, [0, 0.5, 2])[0] == pytest.approx(weighted)
    for weight in ([0, 0.5, 2], [[0], [0.5], [2]]):
        assert loss(Y, P, weight) == pytest.approx(weighted)


def test_no_reduction_gives_the_values_and_cannot_train() -> None:
    for loss in (losses.MeanSquaredError(None), losses.MeanSquaredError("none")):
        np.testing.assert_array_equal(loss(Y, P, [1, 2, 0]), [1, 8, 0])
        with pytest.raises(ValueError, match="reduction=None") as error:
            loss.reduce_to_train(np.ones(3))
        assert str(error.value) == (
            "mean_squared_error has reduction=None, which leaves one value for each sample; "
            "training needs one number. Use reduction='sum_over_batch_size' or 'sum'."
        )


def test_weights_that_sum_to_nothing_give_zero() -> None:
    assert losses.MeanSquaredError("mean_with_sample_weight")(Y, P, [0, 0, 0]) == 0


def test_a_weight_of_a_sample_holds_for_all_its_values() -> None:
    loss = losses.MeanSquaredError("sum")
    y, p = np.zeros((2, 3, 1)), np.ones((2, 3, 1))
    assert loss(y, p, [1, 10]) == 33
    assert loss(y, p, [[1], [10]]) == 33
    assert loss(y, p, [[1, 2, 3], [0, 0, 0]]) == 6
    assert loss(y, p, [[[1], [2], [3]], [[0], [0], [0]]]) == 6
    with pytest.raises(ValueError, match=r"shape \(2,\), or .* loss, shape \(2, 3\); got .*\(3,\)"):
        loss(y, p, [1, 2, 3])


def test_the_type_is_that_of_the_package_and_weights_do_not_change_it() -> None:
    loss, values = losses.MeanSquaredError(), losses.mean_squared_error(Y, P)
    assert values.dtype == loss.reduce_to_train(values, [1.0, 2.0, 3.0])[1].dtype == np.float32
    weight = np.ones(3, "float32")
    assert np.shares_memory(like_values(weight, values), weight)


@pytest.mark.parametrize("weight", [[1, 2], [[1, 2, 3]], 5.0])
def test_weights_of_another_length_are_refused(weight) -> None:
    with pytest.raises(
        ValueError, match=r"sample_weight .* each sample, shape \(3,\), or .*; got shape"
    ):
        losses.MeanSquaredError()(Y, P, weight)


def test_unknown_reduction() -> None:
    with pytest.raises(ValueError, match=r"reduction must be one of.*'summ'.*Did you mean 'sum'"):
        losses.MeanSquaredError(reduction="summ")


@pytest.mark.parametrize(
    "loss",
    [
        losses.Huber(2.0, "sum", "mine"),
        losses.BinaryCrossentropy(True, 0.1),
        losses.SparseCategoricalCrossentropy(True, None),
        losses.LogCosh(),
    ],
    ids=lambda loss: loss.name,
)
def test_config_makes_the_loss_again(loss: losses.Loss) -> None:
    again = type(loss).from_config(loss.get_config())
    assert vars(again) == vars(loss)
    assert vars(losses.get({"class_name": type(loss).__name__, "config": loss.get_config()})) == (
        vars(loss)
    )


def test_an_unfinished_subclass_says_what_is_missing() -> None:
    class Unfinished(losses.Loss):
        pass

    with pytest.raises(NotImplementedError, match=r"Unfinished has no forward"):
        Unfinished()([[0.0]], [[0.0]])
    with pytest.raises(NotImplementedError, match=r"Unfinished has no backward"):
        Unfinished().backward(np.zeros((1, 1)), np.zeros((1, 1)), None)

    class Half(losses.ElementwiseLoss):
        pass

    with pytest.raises(NotImplementedError, match=r"Half has no elements\."):
        Half()([[0.0]], [[0.0]])
    with pytest.raises(NotImplementedError, match=r"Half has no derivative\."):
        Half().backward(np.zeros((1, 1)), np.zeros((1, 1)), None)


def test_only_cross_entropies_have_a_form_over_logits() -> None:
    assert losses.MeanSquaredError().on_logits(sigmoid) is None
