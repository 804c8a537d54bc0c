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
        loss, message = losses.get(name), r"^labels has shape \(4, 5\), but {} .*outputs of shape"
        with pytest.raises(ValueError, match=message.format(loss.name)):
            loss.check_targets(np.zeros((4, 5)), outputs(EVERY[name]), "labels")

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


PAIRS, TRIPLES, SEQUENCE = (None, 2), (None, 3), (None, 4, 3)
WHOLE = [
    ("mse", None, PAIRS, "y is missing (None)."),
    ("mse", [[1], [2, 3]], PAIRS, "y must be an array of numbers, got rows of different lengths."),
    ("mse", ["a"], PAIRS,
     "y must hold numbers, got strings such as 'a'. Number the classes: names, y = np.unique(y, "
     "return_inverse=True)."),
    ("mse", np.array([], object), PAIRS,
     "y must hold numbers, got dtype object (first element None). Convert it: "
     "y.astype('float32')."),
    ("mse", [1j], PAIRS,
     "y must hold numbers, got dtype complex128 (first element np.complex128(1j)). Convert it: "
     "y.real."),
    ("mse", np.zeros((9, 3)), PAIRS,
     "y has shape (9, 3), but mean_squared_error compares it, element by element, with outputs of "
     "shape (None, 2). Give the last layer 3 unit(s), or y 2 column(s)."),
    ("mse", np.ma.array([1.0, 2.0], mask=[0, 1]), PAIRS,
     "y has masked entries. Fill them first, x.filled(value)."),
    ("mse", np.zeros((9, 4, 2)), SEQUENCE,
     "y has shape (9, 4, 2), but mean_squared_error compares it, element by element, with outputs "
     "of shape (None, 4, 3). Give the last layer 2 unit(s), or y 3 column(s)."),
    ("mse", np.zeros(9), PAIRS,
     "y has shape (9,), but mean_squared_error compares it, element by element, with outputs of "
     "shape (None, 2). If it numbers classes, use softmax with "
     "loss='sparse_categorical_crossentropy'."),
    ("mse", np.zeros((9, 1, 2)), PAIRS,
     "y has shape (9, 1, 2), but mean_squared_error compares it, element by element, with outputs "
     "of shape (None, 2). Give it that shape: y.reshape(-1, 2)."),
    ("mse", np.zeros((9, 1, 1)), (None, 1),
     "y has shape (9, 1, 1), but mean_squared_error compares it, element by element, with outputs "
     "of shape (None, 1). Give it that shape: y.reshape(-1, 1)."),
    ("mse", np.zeros((9, 2, 2)), TRIPLES,
     "y has shape (9, 2, 2), but mean_squared_error compares it, element by element, with outputs "
     "of shape (None, 3)."),
    ("mse", [[[1, 2, 3]] * 3 + [[1, np.inf, np.nan]]], SEQUENCE,
     "y holds inf at row 0, position (3, 1) (2 such value(s) in all). Drop or fill those rows."),
    ("bce", [2], (None, 1),
     "y holds 2 at row 0; binary_crossentropy takes targets between 0 and 1. Labels are 0 and 1."),
    ("kld", [[0, 2]], PAIRS,
     "y holds 2 at row 0, column 1; kl_divergence takes targets between 0 and 1. Targets are "
     "probabilities: 1 for the class, 0 elsewhere."),
    ("kld", [[0.5, 0]], PAIRS,
     "y sums to 0.5 at row 0; kl_divergence takes targets that sum to 1 over the classes. Divide "
     "them by their sum, or, where several classes can be true at once, use sigmoid outputs with "
     "loss='binary_crossentropy'."),
    ("kld", [0], (None, 1),
     "kl_divergence needs one output for each class, at least 2; the outputs have shape (None, 1). "
     "For two classes and one sigmoid unit use loss='binary_crossentropy'; otherwise give the last "
     "layer one unit for each class."),
    (SPARSE, [0], (None, 1),
     "sparse_categorical_crossentropy needs one output for each class, at least 2; the outputs "
     "have shape (None, 1). For two classes and one sigmoid unit use loss='binary_crossentropy'; "
     "otherwise give the last layer one unit for each class."),
    ("kld", np.ones((9, 4)), SEQUENCE,
     "y has shape (9, 4), one label a row; kl_divergence takes one column for each of the 3 "
     "classes. Use y = utils.to_categorical(y, 3), or keep the labels and use "
     "loss='sparse_categorical_crossentropy'."),
    ("kld", np.ones((9, 4, 1)), SEQUENCE,
     "y has shape (9, 4, 1), one label a row; kl_divergence takes one column for each of the 3 "
     "classes. Use y = utils.to_categorical(y, 3), or keep the labels and use "
     "loss='sparse_categorical_crossentropy'."),
    (SPARSE, np.ones((9, 4, 3)), SEQUENCE,
     "y has shape (9, 4, 3), one column for each class; sparse_categorical_crossentropy takes one "
     "integer a row. Use y = np.argmax(y, axis=-1), or keep the columns and use "
     "loss='categorical_crossentropy'."),
    (SPARSE, np.ones((9, 1, 4)), SEQUENCE,
     "y has shape (9, 1, 4), but sparse_categorical_crossentropy takes one integer for each row of "
     "outputs of shape (None, 4, 3): expected shape (None, 4). Give it that shape: "
     "y.reshape(-1, 4)."),
    (SPARSE, np.ones(9), SEQUENCE,
     "y has shape (9,), but sparse_categorical_crossentropy takes one integer for each row of "
     "outputs of shape (None, 4, 3): expected shape (None, 4). If a sample has one label, put a "
     "Flatten before the last Dense."),
    (SPARSE, [0, 3], TRIPLES,
     "y holds the label 3 at row 1; with 3 classes (outputs of shape (None, 3)) labels are the "
     "whole numbers 0 to 2. Renumber the labels, or give the last layer one unit for each class."),
    ("hinge", [2], (None, 1),
     "y holds 2 at row 0; hinge takes the labels -1 and 1, or 0 and 1."),
    ("hinge", [0, -1], (None, 1),
     "y holds both 0 and -1; hinge takes the labels -1 and 1, or 0 and 1, not both."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "y", "shape", "message"), WHOLE)
def test_a_message_says_what_came_what_is_wanted_and_the_fix(
    name: str, y, shape: tuple, message: str
) -> None:
    with pytest.raises((TypeError, ValueError)) as error:
        losses.get(name).check_targets(y, shape)
    assert str(error.value) == message


def test_a_wrong_label_in_a_sequence_is_found() -> None:
    with pytest.raises(ValueError, match="label 9 at row 1, position 2;"):
        losses.get(SPARSE).check_targets([[0, 1, 2], [0, 1, 9]], (None, 3, 4))


def test_a_sequence_may_have_one_position() -> None:
    assert losses.get(SPARSE).check_targets([[2], [0]], (None, 1, 3)).tolist() == [[2], [0]]


@pytest.mark.parametrize(("name", "dtype"), [("mse", "float32"), ("bce", "float32"), (SPARSE, int)])
def test_what_has_the_right_type_is_not_copied(name: str, dtype) -> None:
    y = np.zeros((4, 2), dtype)
    shape = (None, 2, 3) if name == SPARSE else (None, 2)
    assert np.shares_memory(losses.get(name).check_targets(y, shape), y)


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
