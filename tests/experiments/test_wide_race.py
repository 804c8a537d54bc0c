"""The wide race: seven hyperparameters, looked up."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.wide_race import MARKS, measured, wide_race


def test_random_search_repeats_what_the_table_says() -> None:
    found = wide_race("random", 1)
    assert found.shape == (30,)
    assert (np.diff(found) >= 0).all()
    assert found[-1] <= max(measured().values())
    rows = load_table("bayesian_and_hyperband").where(space="seven", tuner="random", seed=1)
    np.testing.assert_allclose(rows["accuracy"], [found[m - 1] for m in MARKS], atol=6e-5)


def test_an_unknown_tuner_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        wide_race("grid", 0)
