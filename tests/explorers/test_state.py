from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.explorers import Choice, Explorer, IntSlider, Slider, Toggle
from course.explorers.state import changed, read, state_type, written

CONTROLS = (
    IntSlider("depth", 1, 30, default=3),
    Slider("gain", -1e6, 1e6, default=1.0),
    Choice("kind", ["it's", 'a "b"', "∑", None, 3]),
    Toggle("grid"),
)
STATE = state_type(CONTROLS)()


@given(
    st.integers(1, 30),
    st.floats(-1e6, 1e6),
    st.sampled_from(CONTROLS[2].options),
    st.booleans(),
)
def test_a_line_brings_the_state_back(depth, gain, kind, grid):
    state = changed(
        STATE, CONTROLS, {"depth": depth, "gain": gain, "kind": kind, "grid": grid}, "T"
    )
    line = written("T", state)
    assert "\n" not in line
    assert changed(STATE, CONTROLS, read("T", line), "T") == state


@given(st.text(max_size=80))
@example("T(" + "(" * 500)
@example("T(a=" + "-" * 1500 + "1)")
@example("T(**{'depth': 3})")
@example("T(depth=__import__('os').getcwd())")
@example("T(1)")
@example("a.T(depth=1)")
@example("T(depth=1); T()")
@example("T(depth=1, depth=2)")
@example("T(" * 3000)
@example("\0")
def test_anything_else_is_refused_in_one_way(text):
    with pytest.raises(ValueError, match="expected a line such as 'T"):
        read("T", text)


def test_a_line_of_another_explorer_and_no_line_at_all():
    with pytest.raises(ValueError, match="of Depth, not of T"):
        read("T", "Depth(depth=3)")
    with pytest.raises(TypeError, match="text must be a line"):
        read("T", 3)


def test_unknown_controls_are_named_with_the_nearest():
    with pytest.raises(TypeError, match=r"T has no argument 'dept'. Did you mean 'depth'"):
        changed(STATE, CONTROLS, {"dept": 4}, "T")


def test_the_state_cannot_be_written_to():
    with pytest.raises(AttributeError):
        STATE.depth = 4


def test_faults_of_an_author_appear_with_the_class():
    with pytest.raises(ValueError, match="duplicate"):
        type("Twice", (Explorer,), {"controls": (Toggle("a"), Toggle("a"))})
    with pytest.raises(ValueError, match="depth must be"):
        type("Outside", (Explorer,), {"controls": (IntSlider("depth", 1, 3, default=4),)})
    with pytest.raises(TypeError, match="Preset has no argument 'b'"):
        type("Preset", (Explorer,), {"controls": (Toggle("a"),), "presets": {"p": {"b": True}}})
