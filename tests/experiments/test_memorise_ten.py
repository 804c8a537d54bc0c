"""Ten digits learned by heart, or not: the sound network and each fault."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.memorise_ten import SETUPS, memorise, ten_digits


def test_ten_digits_are_one_of_each() -> None:
    x, y = ten_digits()
    np.testing.assert_array_equal(y, np.arange(10))
    assert x.shape == (10, 64)
    assert 0 <= x.min() < x.max() <= 1
    assert not np.array_equal(x, ten_digits(seed=1)[0])


def test_faults_of_the_data() -> None:
    np.testing.assert_array_equal(ten_digits("wrong labels")[1], [9, *range(9)])
    assert not ten_digits("pixels lost")[0].any()
    with pytest.raises(ValueError, match="setup"):
        ten_digits("no such")


@pytest.mark.parametrize("setup", SETUPS)
def test_what_the_check_sees(setup: str) -> None:
    before, after = memorise(setup)
    assert 1.9 < before < 3
    assert (after < 0.01) == (setup in ("sound", "wrong labels"))
