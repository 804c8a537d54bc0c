"""Networks with a normalization in many places: each is built as its formula says."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.normalized_digits import (
    NORMS,
    normalized_accuracy,
    normalized_network,
    normalized_units,
    power_of_two_digits,
    train_normalized,
)


def test_powers_of_two_divide_the_digits() -> None:
    x, x_held, y, y_held = power_of_two_digits(3)
    assert (x.shape, x_held.shape, y.shape, y_held.shape) == (
        (1024, 64), (512, 64), (1024,), (512,),
    )  # fmt: skip
    rows = {row.tobytes() for row in x}
    assert sum(row.tobytes() in rows for row in x_held) == 0
    assert not np.array_equal(x, power_of_two_digits(4)[0])


@pytest.mark.parametrize(
    ("norm", "residual", "mean", "deviation"),
    [
        ("before", False, None, None),
        ("after", False, 0, 1),
        ("after the sum", True, 0, 1),
    ],
)
def test_where_the_last_thing_is_a_normalization_layers_have_mean_0_and_spread_1(
    norm: str, residual: bool, mean: float | None, deviation: float | None
) -> None:
    h = normalized_network(3, norm, residual=residual).activations(
        power_of_two_digits()[0], training=True
    )["h3"]
    if mean is None:  # ReLU came last
        assert h.min() == 0
        assert 0.3 < h.mean() < 0.5  # 1/√(2π) = 0.399 for a normal z
        return
    np.testing.assert_allclose(h.mean(0), mean, atol=1e-3)
    assert np.median(h.std(0)) == pytest.approx(deviation, abs=0.05)


def test_layers_of_each_kind() -> None:
    for norm in NORMS:
        kinds = [type(n).__name__ for n in normalized_network(3, norm, residual=True).layers]
        assert kinds.count("BatchNormalization") == 3 * (norm not in ("none", "layer"))
        assert kinds.count("LayerNormalization") == 3 * (norm == "layer")
        assert kinds.count("Shaken") == 3 * (norm == "shaken")
        assert kinds.count("Add") == 2


def test_a_sum_is_needed_to_normalize_after_it() -> None:
    with pytest.raises(ValueError, match="residual=True"):
        normalized_network(3, "after the sum")
    with pytest.raises(ValueError, match="norm must be one of"):
        normalized_network(3, "inside")


def test_it_learns_and_repeats() -> None:
    scores = [normalized_accuracy(train_normalized(2, "before", 0.3, 1), 1) for _ in range(2)]
    assert scores[0] == scores[1] > 0.9


def test_normalizing_is_no_scaling_of_inputs() -> None:
    assert normalized_units("mixed units", False, 1.0)[1] < 0.3
    normalized = normalized_units("mixed units", True, 1.0)[1]
    assert 0.6 < normalized < 0.92 < normalized_units("standardized", True, 1.0)[1]
