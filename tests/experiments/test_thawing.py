"""How features are pulled, and what they still know under the old head."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import thawing
from course.experiments import transferred_digits as td


def test_the_pull_is_the_gradient_over_both_hidden_kernels() -> None:
    parts, model = td.transfer_parts("parity", 0, 10), td.beginning("parity", "frozen", 0.01)
    told = thawing.pull(model, parts)
    assert [layer.trainable for layer in model.layers] == [False, False, True]
    td.freeze(model, False)
    gradients = model.gradients(parts.x, parts.y)
    both = [gradients[f"features_{k}/kernel"].ravel() for k in (1, 2)]
    assert told == pytest.approx(np.linalg.norm(np.concatenate(both)), rel=1e-5)


def test_a_trained_head_pulls_less_than_a_fresh_one() -> None:
    fresh, trained = thawing.pulls(50, 0.01, 0)
    assert trained < fresh / 3


def test_untouched_features_know_what_they_knew_and_random_ones_do_not() -> None:
    source = td.source_network("parity", 0)
    knew = td.accuracy(source, *td.judging_digits())
    assert thawing.still_known(td.beginning("parity", "frozen", 0.01, 0), 0) == knew
    assert thawing.still_known(td.beginning("parity", "from scratch", 0.01, 0), 0) < 0.4
