"""Binary cross-entropy: by hand, over logits, and where sigmoids saturate."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses
from course.activations import linear, sigmoid, softmax


def test_by_hand() -> None:
    loss = losses.BinaryCrossentropy()
    assert loss([1], [[0.8]]) == pytest.approx(0.22314, abs=1e-5)
    assert loss([0], [[0.8]]) == pytest.approx(1.60944, abs=1e-5)
    assert loss([[1, 0]], [[0.8, 0.8]]) == pytest.approx((0.22314 + 1.60944) / 2, abs=1e-5)
    smooth = losses.BinaryCrossentropy(label_smoothing=0.2)
    assert smooth([1], [[0.8]]) == pytest.approx(0.9 * 0.22314 + 0.1 * 1.60944, abs=1e-5)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("size", [20.0, 40.0])
def test_over_logits_it_is_exact_where_probabilities_saturate(size: float) -> None:
    fused = losses.BinaryCrossentropy().on_logits(sigmoid)
    z, y = np.array([[size], [size], [-size], [-size]]), np.array([[0.0], [1], [0], [1]])
    small = np.log1p(np.exp(-size))
    values, cache = fused.forward(y, z)
    np.testing.assert_allclose(values, [size + small, small, small, size + small], atol=1e-14)
    gradient = fused.backward(y, z, cache)
    tiny = np.exp(-size) / (1 + np.exp(-size))
    np.testing.assert_allclose(gradient.ravel(), [1 - tiny, -tiny, tiny, tiny - 1], atol=1e-14)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("size", "learns"), [(15.0, True), (20.0, False), (40.0, False)])
def test_over_probabilities_the_clip_stops_learning(size: float, learns: bool) -> None:
    loss = losses.BinaryCrossentropy()
    p, y = sigmoid.forward(np.array([[size], [-size]])), np.array([[0.0], [1.0]])
    values, cache = loss.forward(y, p)
    assert loss.backward(y, p, cache).any() == learns
    if not learns:
        np.testing.assert_allclose(values, -np.log(1e-7), rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_huge_logits_and_certain_probabilities_stay_finite(dtype: str) -> None:
    y = np.array([[0.0], [1.0], [0.0], [1.0]], dtype)
    z = np.array([[1e4], [1e4], [-1e4], [-1e4]], dtype)
    values, cache = (fused := losses.BinaryCrossentropy(True)).forward(y, z)
    np.testing.assert_array_equal(values, [1e4, 0, 0, 1e4])
    np.testing.assert_array_equal(fused.backward(y, z, cache), [[1], [0], [0], [-1]])
    p = np.array([[1], [1], [0], [0]], dtype)
    values, cache = (plain := losses.BinaryCrossentropy()).forward(y, p)
    np.testing.assert_allclose(values, [16, 0, 0, 16], atol=0.2)
    assert not plain.backward(y, p, cache).any()


def test_the_fused_form_is_the_same_loss_and_gives_the_probabilities() -> None:
    z = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")
    y = (z > 0.3).astype("float32")
    loss = losses.BinaryCrossentropy(label_smoothing=0.1, reduction="sum", name="mine")
    fused = loss.on_logits(sigmoid)
    assert fused.get_config() == {**loss.get_config(), "from_logits": True}
    values, p = fused.forward(y, z)
    np.testing.assert_allclose(p, sigmoid.forward(z), rtol=1e-6)
    np.testing.assert_allclose(values, loss.forward(y, p)[0], rtol=1e-5)
    chain = loss.backward(y, p, loss.forward(y, p)[1]) * p * (1 - p)
    np.testing.assert_allclose(fused.backward(y, z, p), chain, rtol=1e-4, atol=1e-6)


def test_no_fused_form_for_other_activations_or_logits() -> None:
    assert losses.BinaryCrossentropy().on_logits(linear) is None
    assert losses.BinaryCrossentropy().on_logits(softmax) is None
    assert losses.BinaryCrossentropy(from_logits=True).on_logits(sigmoid) is None


@pytest.mark.parametrize("smoothing", [-0.1, 1.1])
def test_label_smoothing_lies_between_0_and_1(smoothing: float) -> None:
    for loss in (losses.BinaryCrossentropy, losses.CategoricalCrossentropy):
        with pytest.raises(ValueError, match="label_smoothing must be at least 0 and at most 1"):
            loss(label_smoothing=smoothing)


def test_the_function() -> None:
    values = losses.binary_crossentropy([[1, 0], [0, 0]], [[0.8, 0.8], [0.2, 0.2]])
    np.testing.assert_allclose(values, [0.91629, 0.22314], atol=1e-5)
    logit = np.log(4)
    np.testing.assert_allclose(
        losses.binary_crossentropy([1], [[logit]], from_logits=True, label_smoothing=0.2),
        [0.9 * 0.22314 + 0.1 * 1.60944],
        atol=1e-5,
    )
