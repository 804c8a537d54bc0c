"""A question about digits: the same parts always, and a classifier that answers it."""

from __future__ import annotations

import numpy as np
import pytest

from course.datasets import load_digits
from course.experiments.digit_question import HELD_OUT, digit_classifier, digit_question


@pytest.mark.parametrize(("question", "share"), [("even", 0.4958), ("eight", 0.0968)])
def test_both_parts_have_the_same_share_of_yes(question: str, share: float) -> None:
    _, _, y, y_held = digit_question(question)
    assert len(y_held) == HELD_OUT
    assert y.mean() == pytest.approx(share, abs=1e-3)
    assert y_held.mean() == pytest.approx(share, abs=2e-3)


def test_no_digit_is_lost_or_in_both_parts() -> None:
    x, x_held, _, _ = digit_question()
    together = np.concatenate([x, x_held])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(load_digits()[0], axis=0))


def test_the_answers_belong_to_the_digits() -> None:
    x, digit = load_digits()
    known = {row.tobytes(): d for row, d in zip(x, digit, strict=True)}
    for question, is_yes in (("even", lambda d: d % 2 == 0), ("eight", lambda d: d == 8)):
        _, x_held, _, y_held = digit_question(question)
        assert [int(is_yes(known[row.tobytes()])) for row in x_held] == y_held.tolist()


def test_the_classifier_has_learned_and_repeats() -> None:
    _, x, _, y = digit_question()
    model = digit_classifier()
    assert model.count_params() == 65
    assert model.evaluate(x, y, verbose=0)[1] > 0.85
    for a, b in zip(model.get_weights(), digit_classifier().get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(model.get_weights()[0], digit_classifier(seed=1).get_weights()[0])


def test_refuses_an_unknown_question() -> None:
    with pytest.raises(ValueError, match="question"):
        digit_question("prime")
