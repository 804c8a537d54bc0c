"""Ten parts of a hundred digits that share none, and a small network for them."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.few_digits import digit_network, few_digits, right_answers


def rows(x: np.ndarray) -> set[bytes]:
    return {row.tobytes() for row in x}


def test_parts_and_rest_share_no_digit() -> None:
    seen = rows(few_digits(0)[2])
    assert len(seen) == 797
    for part in range(10):
        x, y, x_rest, y_rest = few_digits(part)
        assert (x.shape, y.shape) == ((100, 64), (100,))
        assert (x_rest.shape, y_rest.shape) == ((797, 64), (797,))
        assert not seen & rows(x)
        seen |= rows(x)
    assert len(seen) == 1797


def test_several_parts_are_joined() -> None:
    x, y, *_ = few_digits(2, 5)
    np.testing.assert_array_equal(x, np.concatenate([few_digits(2)[0], few_digits(5)[0]]))
    np.testing.assert_array_equal(y, np.concatenate([few_digits(2)[1], few_digits(5)[1]]))


@pytest.mark.parametrize("part", [-1, 10])
def test_there_are_ten_parts(part: int) -> None:
    with pytest.raises(ValueError, match="part"):
        few_digits(part)


def test_a_network_learns_and_the_seed_decides_how() -> None:
    x, y, x_rest, y_rest = few_digits()
    first, again, other = (
        right_answers(digit_network(x, y, seed), x_rest, y_rest) for seed in (0, 0, 1)
    )
    assert first.dtype == bool
    assert first.mean() > 0.8
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_settings_reach_the_network() -> None:
    x, y, *_ = few_digits()
    model = digit_network(x, y, units=3, learning_rate=0.5, epochs=2, validation_split=0.5)
    assert model.count_params() == 64 * 3 + 3 + 3 * 10 + 10
    assert float(model.optimizer.learning_rate) == 0.5
    assert len(model.history.history["val_accuracy"]) == 2
