"""Wrong targets: each message names the place, what is wrong, and the fix."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses

EYE = np.eye(3)
REGRESSION = ["mse", "mae", "mape", "huber", "log_cosh"]
DISTRIBUTIONS = ["categorical_crossentropy", "kl_divergence"]
SPARSE = "sparse_categorical_crossentropy"
EVERY = {
    **dict.fromkeys([*REGRESSION, "hinge", "binary_crossentropy"], np.ones((4, 1))),
    **dict.fromkeys(DISTRIBUTIONS, EYE[[0, 1, 2, 0]]),
    SPARSE: np.array([0, 1, 2, 0]),
}


def outputs(y: np.ndarray) -> tuple[None, int]:
    return (None, 1 if y.shape == (4, 1) else 3)


@pytest.mark.parametrize("name", EVERY)
class TestEveryLoss:
    def test_strings(self, name: str) -> None:
        for y in (["cat", "dog", "cat", "cow"], np.array(["cat"] * 4, dtype=object)):
            with pytest.raises(TypeError, match=r"strings such as 'cat'.*np.unique"):
                losses.get(name).check_targets(y, outputs(EVERY[name]))

    def test_objects(self, name: str) -> None:
        y = EVERY[name].astype(object)
        with pytest.raises(TypeError, match=r"dtype object.*astype\('float32'\)"):
            losses.get(name).check_targets(y, outputs(EVERY[name]))

    def test_ragged_rows(self, name: str) -> None:
        with pytest.raises(TypeError, match="rows of different lengths"):
            losses.get(name).check_targets([[1, 2], [3]], outputs(EVERY[name]))

    @pytest.mark.parametrize("value", [np.nan, np.inf])
    def test_nan_and_inf(self, name: str, value: float) -> None:
        y = EVERY[name].astype(float)
        y[2] = value
        with pytest.raises(ValueError, match=f"y holds {value} at row 2.*Drop or fill"):
            losses.get(name).check_targets(y, outputs(EVERY[name]))

    def test_another_shape(self, name: str) -> None:
        with pytest.raises(ValueError, match=r"y has shape \(4, 5\), .*outputs of shape"):
            losses.get(name).check_targets(np.zeros((4, 5)), outputs(EVERY[name]))

    def test_right_ones_pass(self, name: str) -> None:
        y = losses.get(name).check_targets(EVERY[name].tolist(), outputs(EVERY[name]))
        assert y.dtype == (np.intp if name == SPARSE else np.float32)
        np.testing.assert_array_equal(y, EVERY[name])

    def test_none_at_all_pass(self, name: str) -> None:
        losses.get(name).check_targets(EVERY[name][:0], outputs(EVERY[name]))


@pytest.mark.parametrize(
    ("name", "y", "columns", "message"),
    [
        ("mse", np.zeros((9, 3)), 2, "Give the last layer 3 unit.s., or y 2 column"),
        ("mse", np.zeros(9), 3, "numbers classes, use softmax with loss='sparse_cat"),
        ("mse", np.zeros((9, 2, 2)), 3, r"shape \(9, 2, 2\), but mean_squared_error"),
        (SPARSE, [0, 1, 3], 3, "label 3 at row 2; with 3 classes .*0 to 2"),
        (SPARSE, [0, -1, 2], 3, "label -1 at row 1"),
        (SPARSE, [[0], [7], [2]], 3, "label 7 at row 1;"),
        (SPARSE, [0, 1.5, 2], 3, "label 1.5 at row 1.*whole numbers 0 to 2"),
        (SPARSE, EYE, 3, r"Use y = np.argmax\(y, axis=-1\).*'categorical_crossentropy'"),
        (SPARSE, [0, 1, 0], 1, "at least 2.*shape .None, 1.*loss='binary_crossentropy'"),
        ("binary_crossentropy", [0, 1, 2], 1, "y holds 2 at row 2; binary_cross.* 0 and 1"),
        ("binary_crossentropy", [[0, 1], [1, -1]], 2, "y holds -1 at row 1, column 1"),
        ("hinge", [-1, 1, 3], 1, "y holds 3 at row 2; hinge takes"),
        ("hinge", [0.5, 1, 0], 1, "y holds 0.5 at row 0; hinge takes"),
        ("hinge", [-1, 1, 0], 1, "holds both 0 and -1"),
        *[
            (name, y, columns, message)
            for name in DISTRIBUTIONS
            for y, columns, message in [
                ([0, 1, 2], 3, r"to_categorical\(y, 3\).*'sparse_categorical_crossentropy'"),
                ([[0], [1], [2]], 3, r"to_categorical\(y, 3\).*'sparse_categorical"),
                (-EYE, 3, "y holds -1 at row 0, column 0; .* between 0 and 1"),
                (EYE * 100, 3, "y holds 100 at row 0, column 0"),
                ([[0, 1, 0], [1, 0, 1]], 3, "sums to 2 at row 1.*binary_crossentropy"),
                ([[0, 1, 0], [0, 0, 0]], 3, "sums to 0 at row 1"),
                ([1, 0], 1, "at least 2.*'binary_crossentropy'"),
                (np.stack([EYE, EYE * 0.5]), 3, r"sums to 0.5 at row 1, position 0;"),
            ]
        ],
    ],
)
def test_wrong_targets(name: str, y, columns: int, message: str) -> None:
    shape = (None, 3, columns) if np.ndim(y) == 3 and len(y) == 2 else (None, columns)
    with pytest.raises(ValueError, match=message):
        losses.get(name).check_targets(y, shape)


def test_a_wrong_label_in_a_sequence_is_found() -> None:
    with pytest.raises(ValueError, match="label 9 at row 1, position 2;"):
        losses.get(SPARSE).check_targets([[0, 1, 2], [0, 1, 9]], (None, 3, 4))


def test_a_known_number_of_rows_must_be_met() -> None:
    with pytest.raises(ValueError, match=r"shape \(3, 1\).*shape \(4, 1\)"):
        losses.mean_squared_error([1, 2, 3], np.zeros((4, 1)))


@pytest.mark.parametrize("y", [[0, 2, 1], [[0], [2], [1]], [0.0, 2.0, 1.0], np.uint8([0, 2, 1])])
def test_labels_in_every_form_become_integers_in_one_axis(y) -> None:
    y = losses.SparseCategoricalCrossentropy().check_targets(y, (None, 3))
    assert y.dtype == np.intp
    np.testing.assert_array_equal(y, [0, 2, 1])


def test_one_axis_becomes_a_column() -> None:
    for y in ([0, 1], [True, False], np.array([3, 4])):
        assert losses.MeanSquaredError().check_targets(y, (None, 1)).shape == (2, 1)
    assert losses.MeanSquaredError().check_targets(np.ones((2, 5)), (None, 5, 1)).shape == (2, 5, 1)


def test_soft_labels_of_three_decimals_are_welcome() -> None:
    y = [[0.333, 0.333, 0.333], [0.1, 0.2, 0.7]]
    np.testing.assert_allclose(
        losses.CategoricalCrossentropy().check_targets(y, (None, 3)), y, rtol=1e-6
    )


def test_a_name_of_the_caller_is_used() -> None:
    with pytest.raises(ValueError, match=r"validation_data\[1\] holds nan"):
        losses.MeanSquaredError().check_targets([np.nan], (None, 1), name="validation_data[1]")


def test_values_too_large_for_the_float_type_are_named() -> None:
    with pytest.raises(ValueError, match="y holds inf at row 1"):
        losses.MeanSquaredError().check_targets([0.0, 1e300], (None, 1))
