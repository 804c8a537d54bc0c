"""AdamW: three steps by hand, from w = 1 with lr = 0.1, λ = 0.2 and g = 0.5, 0.2, −0.4."""

from __future__ import annotations

import pytest

from course.optimizers import Adam, AdamW
from steps import steps

G = [0.5, 0.2, -0.4]


def test_by_hand() -> None:
    # Each step is w·0.98 and then that of Adam: -0.099999367..., -0.089856992..., -0.017627803...
    # 0.98 - 0.099999367...; 0.98·0.880000632... - 0.089856992...; 0.98·0.772543627... - ...
    expected = [0.880000632452, 0.772543627231, 0.739464951685]
    assert steps(AdamW(0.1, 0.2), G) == pytest.approx(expected, rel=1e-11)


def test_it_is_adam_with_weight_decay() -> None:
    assert steps(AdamW(0.1, 0.2), G) == steps(Adam(0.1, weight_decay=0.2), G)
    assert steps(AdamW(0.1, weight_decay=0), G) == steps(Adam(0.1), G)


def test_the_decay_follows_the_rate() -> None:
    assert steps(AdamW(0.5, 0.5), [0.0, 0.0]) == pytest.approx([0.75, 0.5625])


def test_defaults() -> None:
    assert repr(AdamW()) == (
        "AdamW(learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, "
        "epsilon=1e-07, amsgrad=False)"
    )
    assert list(AdamW(amsgrad=True).slots()) == ["momentum", "velocity", "velocity_hat"]


def test_it_needs_a_decay() -> None:
    with pytest.raises(TypeError, match="weight_decay must be a number, got None"):
        AdamW(weight_decay=None)
    with pytest.raises(ValueError, match=r"weight_decay must be at least 0, got -0\.1"):
        AdamW(weight_decay=-0.1)
