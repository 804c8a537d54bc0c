"""Cross-entropy over classes: by hand, over logits, and where a softmax saturates."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses
from course.activations import Softmax, sigmoid, softmax

LOGITS = [[-3.44, 1.16, -0.81, 3.91]]
SHARES = [0.0006, 0.0596, 0.0083, 0.9315]
BOTH = (losses.CategoricalCrossentropy, losses.SparseCategoricalCrossentropy)


def targets(loss: losses.Loss, labels: list[int], classes: int) -> np.ndarray:
    y = np.array(labels)
    one_hot = isinstance(loss, losses.CategoricalCrossentropy)
    return loss.check_targets(np.eye(classes)[y] if one_hot else y, (None, classes))


@pytest.mark.parametrize("label", range(4))
@pytest.mark.parametrize("kind", BOTH)
def test_by_hand(kind: type[losses.Loss], label: int) -> None:
    expected = [7.4209, 2.8209, 4.7909, 0.0709][label]
    fused = kind().on_logits(softmax)
    y, z = targets(fused, [label], 4), np.array(LOGITS)
    values, p = fused.forward(y, z)
    np.testing.assert_allclose(p[0], SHARES, atol=5e-5)
    np.testing.assert_allclose(values, expected, atol=5e-5)
    np.testing.assert_allclose(
        fused.backward(y, z, p)[0], np.array(SHARES) - np.eye(4)[label], atol=5e-5
    )
    np.testing.assert_allclose(kind().forward(y, p)[0], expected, atol=5e-5)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("size", [20.0, 40.0])
@pytest.mark.parametrize("kind", BOTH)
def test_over_logits_it_is_exact_where_probabilities_saturate(
    kind: type[losses.Loss], size: float
) -> None:
    z = np.array([[size, 0.0, 0.0]] * 2)
    tiny = np.exp(-size) / (1 + 2 * np.exp(-size))
    fused = kind().on_logits(softmax)
    y = targets(fused, [0, 1], 3)
    values, cache = fused.forward(y, z)
    small = np.log1p(2 * np.exp(-size))
    np.testing.assert_allclose(values, [small, size + small], rtol=1e-7, atol=1e-15)
    np.testing.assert_allclose(
        fused.backward(y, z, cache),
        [[-2 * tiny, tiny, tiny], [1 - 2 * tiny, tiny - 1, tiny]],
        rtol=1e-7,
        atol=1e-15,
    )


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("size", "learns"), [(15.0, True), (20.0, False), (40.0, False)])
@pytest.mark.parametrize("kind", BOTH)
def test_over_probabilities_the_clip_stops_learning(
    kind: type[losses.Loss], size: float, learns: bool
) -> None:
    loss, p = kind(), softmax.forward(np.array([[size, 0.0, 0.0]]))
    y = targets(loss, [1], 3)
    values, cache = loss.forward(y, p)
    assert loss.backward(y, p, cache).any() == learns
    if not learns:
        np.testing.assert_allclose(values, -np.log(1e-7))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", BOTH)
def test_huge_logits_and_certain_probabilities_stay_finite(
    kind: type[losses.Loss], dtype: str
) -> None:
    fused = kind(from_logits=True)
    y, z = targets(fused, [0, 1], 3), np.array([[1e4, -1e4, 0.0]] * 2, dtype)
    values, cache = fused.forward(y, z)
    np.testing.assert_array_equal(values, [0, 2e4])
    np.testing.assert_array_equal(fused.backward(y, z, cache), [[0, 0, 0], [1, -1, 0]])
    p = np.array([[1, 0, 0]] * 2, dtype)
    values, cache = (plain := kind()).forward(y, p)
    np.testing.assert_allclose(values, [0, 16.118], atol=1e-3)
    assert not plain.backward(y, p, cache).any()


@pytest.mark.parametrize("kind", BOTH)
def test_outputs_that_are_all_zero_stay_finite(kind: type[losses.Loss]) -> None:
    loss, p = kind(), np.zeros((1, 3))
    y = targets(loss, [1], 3)
    values, cache = loss.forward(y, p)
    np.testing.assert_allclose(values, -np.log(1e-7))
    assert not loss.backward(y, p, cache).any()


def test_probabilities_are_renormalised() -> None:
    y, p = [1], [[1.0, 2.0, 1.0]]
    assert losses.SparseCategoricalCrossentropy()(y, p) == pytest.approx(np.log(2))
    assert losses.sparse_categorical_crossentropy(y, p) == pytest.approx(np.log(2))
    assert losses.CategoricalCrossentropy()(np.eye(3)[y], p) == pytest.approx(np.log(2))


@pytest.mark.usefixtures("float64")
def test_labels_and_columns_give_the_same_loss_at_any_rank() -> None:
    rng = np.random.default_rng(2)
    z, c = rng.normal(size=(3, 5, 4)), rng.integers(0, 4, (3, 5))
    for from_logits, p in ((True, z), (False, softmax.forward(z))):
        sparse = losses.SparseCategoricalCrossentropy(from_logits)
        dense = losses.CategoricalCrossentropy(from_logits)
        y = np.eye(4)[c]
        (a, a_cache), (b, b_cache) = sparse.forward(c, p), dense.forward(y, p)
        np.testing.assert_allclose(a, b)
        np.testing.assert_allclose(sparse.backward(c, p, a_cache), dense.backward(y, p, b_cache))
    a = losses.sparse_categorical_crossentropy(c, z, from_logits=True)
    b = losses.categorical_crossentropy(np.eye(4)[c], z, from_logits=True)
    assert a.shape == (3, 5)
    np.testing.assert_allclose(a, b)


def test_label_smoothing_mixes_in_the_other_classes() -> None:
    smooth = losses.categorical_crossentropy([[0, 1]], [[0.2, 0.8]], label_smoothing=0.2)
    np.testing.assert_allclose(smooth, -0.9 * np.log(0.8) - 0.1 * np.log(0.2), rtol=1e-6)


@pytest.mark.parametrize("kind", BOTH)
def test_the_fused_form_is_the_same_loss(kind: type[losses.Loss]) -> None:
    loss = kind(reduction="sum", name="mine")
    assert loss.on_logits(softmax).get_config() == {**loss.get_config(), "from_logits": True}
    assert loss.on_logits(sigmoid) is None
    assert loss.on_logits(Softmax(axis=1)) is None
    assert kind(from_logits=True).on_logits(softmax) is None


def test_the_fused_form_gives_the_outputs_of_the_activation() -> None:
    z = np.random.default_rng(1).normal(size=(6, 3)).astype("float32")
    _, p = losses.SparseCategoricalCrossentropy(True).forward(np.zeros(6, int), z)
    np.testing.assert_allclose(p, softmax.forward(z), rtol=1e-6)
