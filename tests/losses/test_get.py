"""Names, functions, classes and configs of losses."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from course import losses


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("mse", losses.MeanSquaredError),
        ("MSE", losses.MeanSquaredError),
        ("mean_squared_error", losses.MeanSquaredError),
        ("MeanSquaredError", losses.MeanSquaredError),
        ("mae", losses.MeanAbsoluteError),
        ("mape", losses.MeanAbsolutePercentageError),
        ("huber", losses.Huber),
        ("huber_loss", losses.Huber),
        ("log_cosh", losses.LogCosh),
        ("hinge", losses.Hinge),
        ("bce", losses.BinaryCrossentropy),
        ("binary_crossentropy", losses.BinaryCrossentropy),
        ("categorical_crossentropy", losses.CategoricalCrossentropy),
        ("sparse_categorical_crossentropy", losses.SparseCategoricalCrossentropy),
        ("kld", losses.KLDivergence),
        ("kl_divergence", losses.KLDivergence),
        ("kullback_leibler_divergence", losses.KLDivergence),
        (losses.Hinge, losses.Hinge),
        (losses.mean_squared_error, losses.MeanSquaredError),
        (losses.sparse_categorical_crossentropy, losses.SparseCategoricalCrossentropy),
        ({"class_name": "Huber", "config": {"delta": 2.0}}, losses.Huber),
    ],
)
def test_get(identifier, expected: type[losses.Loss]) -> None:
    assert type(losses.get(identifier)) is expected


def test_default_names_are_those_of_keras() -> None:
    assert losses.MeanSquaredError().name == "mean_squared_error"
    assert losses.Huber().name == "huber_loss"
    assert losses.KLDivergence().name == "kl_divergence"


def test_every_function_is_the_loss_of_its_name() -> None:
    y, p = np.array([[0.0, 1.0]]), np.array([[0.3, 0.7]])
    others = ("get", "serialize", "deserialize", "sparse_categorical_crossentropy")
    for name in losses.__all__:
        if name.islower() and name not in others:
            assert losses.get(name)(y, p) == pytest.approx(getattr(losses, name)(y, p)[0])


def test_unknown_name() -> None:
    with pytest.raises(
        ValueError, match=r"Unknown loss 'mean_square_error'. Did you mean 'mean_sq"
    ):
        losses.get("mean_square_error")


def test_a_function_without_derivative_is_refused_with_the_way_to_give_one() -> None:
    def my_loss(y_true, y_pred):
        return abs(y_true - y_pred)

    with pytest.raises(TypeError, match="my_loss") as error:
        losses.get(my_loss)
    assert str(error.value) == (
        "loss is the function my_loss, whose derivative is not known. Give it beside the function: "
        "losses.Custom(my_loss, gradient), where gradient(y_true, y_pred) returns the derivatives "
        "with respect to y_pred, in its shape."
    )
    with pytest.raises(TypeError, match=r"^loss is the function functools\.partial\(<function"):
        losses.get(partial(my_loss))


@pytest.mark.parametrize("identifier", [None, 3, int])
def test_anything_else_is_refused(identifier) -> None:
    with pytest.raises(TypeError, match="loss must be a name such as 'mse'"):
        losses.get(identifier)


@pytest.mark.parametrize("loss", [None, "mse", "MeanSquaredError", "huber"])
def test_a_name_of_keras_stays_a_name_in_a_file(loss: str | None) -> None:
    assert losses.serialize(loss) == loss


@pytest.mark.parametrize(
    ("loss", "kind"),
    [
        ("huber_loss", losses.Huber),
        ("kullback_leibler_divergence", losses.KLDivergence),
        ("MSE", losses.MeanSquaredError),
        (losses.hinge, losses.Hinge),
        (losses.Huber(2.0, "sum", "mine"), losses.Huber),
        (losses.CategoricalCrossentropy(True, 0.1, "sum", "mine"), losses.CategoricalCrossentropy),
    ],
)
def test_any_other_loss_becomes_an_entry_and_comes_back(loss, kind: type[losses.Loss]) -> None:
    entry = losses.serialize(loss)
    assert entry == {
        "module": "keras.losses",
        "class_name": kind.__name__,
        "config": losses.get(loss).get_config(),
        "registered_name": None,
    }
    assert vars(losses.deserialize(entry)) == vars(losses.get(loss))


def test_a_loss_of_ones_own_goes_by_its_name_and_comes_back_through_custom_objects() -> None:
    def function(y_true, y_pred):
        return np.mean(y_true - y_pred, axis=-1)

    def gradient(y_true, y_pred):
        return np.full_like(y_pred, -1 / y_pred.shape[-1])

    loss = losses.Custom(function, gradient, name="mine")
    entry = losses.serialize(loss)
    assert (entry["class_name"], entry["config"]) == ("function", "mine")
    assert entry["registered_name"] == "function"
    assert losses.deserialize(entry, {"mine": loss}) is loss
    with pytest.raises(ValueError, match="Unknown loss 'mine'"):
        losses.deserialize(entry)
