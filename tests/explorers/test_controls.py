from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.explorers import Choice, IntSlider, LogSlider, Slider, Steps, Toggle

CONTROLS = (
    Slider("noise", 0.0, 0.5, default=0.1, step=0.05),
    LogSlider("learning_rate", 1e-5, 10.0, default=0.01),
    IntSlider("depth", 1, 20, default=3),
    Choice("activation", ["tanh", "relu", None]),
    Steps("batch_size", [1, 8, 64, 512], default=8),
    Toggle("normalize", True),
)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: type(c).__name__)
def test_sweep_default_and_widget_are_values_of_the_control(control):
    values = (*control.sweep(), control.default)
    assert len(set(control.sweep())) >= 2
    for value in values:
        assert control.check(value) == value
        widget = control.widget(value)
        assert control.clean(widget.value) == value


@pytest.mark.parametrize("control", CONTROLS[:3], ids=lambda c: type(c).__name__)
def test_sweep_has_both_ends(control):
    low, high, middle = control.sweep()
    assert (low, high) == (control.low, control.high)
    assert low < middle < high


def test_middle_of_a_logarithmic_slider_is_the_geometric_one():
    assert LogSlider("rate", 1e-4, 1.0, default=0.1).sweep() == (1e-4, 1.0, 0.01)


def test_types_are_python_s_own():
    depth, rate = CONTROLS[2].check(np.int64(7)), CONTROLS[1].check(np.float32(0.5))
    assert (type(depth), type(rate)) == (int, float)
    assert CONTROLS[0].check(0) == 0.0


@pytest.mark.parametrize(
    ("control", "value", "message"),
    [
        (CONTROLS[0], 0.6, "noise must be at least 0 and at most 0.5, got 0.6"),
        (CONTROLS[0], float("nan"), "noise must be"),
        (CONTROLS[1], "fast", "learning_rate must be a number, got 'fast'"),
        (CONTROLS[2], 2.5, "depth must be a whole number, got 2.5"),
        (CONTROLS[2], True, "depth must be a whole number, got True"),
        (CONTROLS[2], 21, "at most 20, got 21"),
        (CONTROLS[3], "tahn", "'tanh', 'relu', None, got 'tahn'. Did you mean 'tanh'"),
        (CONTROLS[4], 3, "batch_size must be one of 1, 8, 64, 512, got 3"),
        (CONTROLS[4], True, "batch_size must be one of"),
        (CONTROLS[5], 1, "normalize must be True or False, got 1"),
    ],
)
def test_wrong_values_are_named(control, value, message):
    with pytest.raises((TypeError, ValueError)) as caught:
        control.check(value)
    assert message in str(caught.value)


@given(st.floats(1e-5, 10.0))
def test_logarithmic_slider_gives_three_digits_inside(value):
    clean = CONTROLS[1].clean(value)
    assert 1e-5 <= clean <= 10.0
    assert clean == pytest.approx(value, rel=6e-3)
    assert float(f"{clean:.3g}") == clean


@given(st.integers(0, 10))
def test_slider_gives_round_steps(position):
    assert CONTROLS[0].clean(position * 0.05 + 1e-12) == round(position * 0.05, 10)
