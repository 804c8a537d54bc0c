from __future__ import annotations

import gc
import inspect
import time
import weakref
from base64 import b64decode

import pytest

from course.explorers import Explorer, base


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert condition()


def test_set_computes_to_the_end_and_draws(powers):
    powers.set(depth=5, kind="stream")
    assert powers.result == [1, 2, 4, 8, 16]
    assert powers.drawn == [5]
    assert (powers.state.depth, powers.state.gain) == (5, 2.0)
    assert powers.numbers() == {"last": 16.0}


def test_the_first_result_comes_when_it_is_asked_for(powers):
    assert powers.begun == []
    assert powers.summary() == "last of 3: 4"
    assert powers.begun == [3]


@pytest.mark.parametrize("kind", ["compute", "draw", "empty"])
def test_errors_are_raised_kept_and_shown_and_go_away(powers, kind):
    powers.widget()
    with pytest.raises((ZeroDivisionError, ValueError)) as caught:
        powers.set(kind=kind)
    assert powers.error is caught.value
    assert 'role="alert"' in powers._panel._error.value
    assert "<failed>" not in powers._panel._error.value
    powers.set(kind="plain")
    assert powers.error is None
    assert powers._panel._error.value == ""


def test_errors_beside_the_cells_are_kept_and_shown(powers):
    powers.widget()
    powers.post(kind="compute")
    assert powers.wait(5)
    assert isinstance(powers.error, ZeroDivisionError)
    assert "compute &lt;failed&gt;" in powers._panel._error.value
    powers.post(kind="plain")
    assert powers.wait(5)
    assert powers.error is None


def test_an_empty_stream_is_an_error_of_its_author(powers):
    with pytest.raises(ValueError, match=r"Powers\.compute yielded no result"):
        powers.set(kind="empty")


def test_a_refused_value_changes_nothing(powers):
    powers.set(depth=4)
    before = powers.state, powers.result
    for wrong in ({"depth": 31}, {"gain": 2.0, "depht": 3}, {"kind": "?"}):
        with pytest.raises((TypeError, ValueError)):
            powers.set(**wrong)
    assert (powers.state, powers.result) == before


def test_the_newest_value_wins(powers):
    powers.pause = 0.005
    for depth in range(1, 31):
        powers.post(depth=depth)
    assert powers.wait(5)
    assert len(powers.result) == 30
    assert len(powers.begun) <= 3


def test_a_moving_slider_still_shows_pictures_of_a_slow_computation(powers):
    powers.figure()  # the first picture takes longer than all the others
    powers.drawn.clear()
    powers.pause = 0.004
    for depth in range(1, 31):
        powers.post(depth=depth)
        time.sleep(0.01)
    assert powers.wait(5)
    assert len(powers.drawn) > 2
    assert len(powers.result) == 30


def test_a_stream_is_shown_while_it_grows_and_in_the_end(powers):
    powers.pause = 0.01
    powers.post(kind="stream", depth=20)
    assert powers.wait(5)
    assert 3 <= len(powers.drawn) < 20
    assert powers.drawn[0] == 1
    assert powers.drawn[-1] == 20


def test_stop_keeps_what_was_shown_and_its_button_comes_and_goes(powers):
    powers.widget()
    powers.pause = 0.03
    powers.post(kind="stream", depth=30)
    button = powers._panel._stop
    wait_until(lambda: button.layout.visibility == "visible")
    button.click()
    assert powers.wait(5)
    assert powers.ended == [3]
    assert button.layout.visibility == "hidden"
    assert powers.summary().startswith(f"last of {powers.drawn[-1]}:")


def test_set_calls_off_what_the_worker_does(powers):
    powers.pause = 0.02
    powers.post(kind="stream", depth=30)
    wait_until(lambda: powers.drawn)
    powers.set(kind="plain", depth=2)
    assert powers.wait(5)
    assert powers.ended[-1] == 2
    assert len(powers.result) == 2


def test_presets_reset_and_restore(powers):
    powers.set(depth=9, gain=3.0)
    line = powers.share()
    powers.apply("deep")
    assert powers.state == type(powers)(depth=20, grid=True).state
    assert powers.is_at("deep")
    powers.reset()
    assert powers.state == type(powers)().state
    powers.restore(line)
    assert (powers.state.depth, powers.state.gain, powers.state.grid) == (9, 3.0, False)
    with pytest.raises(ValueError, match=r"Unknown preset 'dep'\. Did you mean 'deep'"):
        powers.apply("dep")


def test_the_line_is_the_repr_and_is_python(powers):
    again = eval(repr(powers), {"Powers": type(powers)})
    assert again.state == powers.state
    assert repr(powers) == powers.share() == repr(again)


def test_freeze_keeps_a_picture_beside_the_live_one(powers):
    panel = powers.widget() and powers._panel
    powers.set(gain=0.5)
    powers.freeze()
    kept = powers.frozen
    powers.set(gain=4.0)
    assert powers.frozen is kept
    assert kept.summary == "last of 3: 0.25"
    assert kept.png != bytes(panel._live._image.value)
    assert bytes(panel._frozen._image.value) == kept.png
    assert "A: gain=0.5" in panel._frozen._caption.value
    assert "B: gain=4.0" in panel._live._caption.value
    powers.thaw()
    assert powers.frozen is None
    assert panel._frozen.root.layout.display == "none"


def test_a_notebook_gets_the_widget_the_picture_and_stable_words(powers):
    data, metadata = powers._repr_mimebundle_()
    again, _ = type(powers)()._repr_mimebundle_(include=None, exclude=None)
    assert data["text/plain"] == "Powers\nlast of 3: 4"
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert (again["image/png"], again["text/plain"]) == (data["image/png"], data["text/plain"])
    assert metadata["image/png"]["alt"] == powers.describe() == "Powers. last of 3: 4"
    assert powers.widget() is powers.widget()


def test_the_registry_holds_the_living_in_order(powers):
    other = type(powers)()
    assert [e for e in type(powers).instances() if e in (powers, other)] == [powers, other]
    assert powers in Explorer.instances()
    gone = weakref.ref(other)
    del other
    gc.collect()
    assert gone() is None
    assert [e for e in Explorer.instances() if isinstance(e, type(powers))][-1] is powers


def test_the_guide_of_the_module_runs(tmp_path):
    guide = inspect.cleandoc(base.__doc__)
    code = guide[guide.index("    from course") : guide.index("``Decay()``")]
    names = {"__name__": "guide"}
    exec(inspect.cleandoc("\n" + code), names)
    decay = names["Decay"](depth=3, gain=0.5)
    assert decay.summary() == "after 3 layers: 0.125"
    assert len(code.strip().splitlines()) <= 40
    exec(decay.code(), {})
    for preset in decay.presets:
        decay.apply(preset)


def test_the_next_preset_is_one_call_away(powers):
    assert powers.next_preset() == "fades"
    assert powers.next_preset() == "deep"
    assert powers.state.depth == 20
    assert powers.next_preset(-1) == "fades"
    powers.set(depth=9)
    assert powers.next_preset(-1) == "deep"  # where no preset is, the last one is before


def test_without_presets_there_is_no_next(powers, monkeypatch):
    monkeypatch.setattr(type(powers), "presets", {})
    with pytest.raises(ValueError, match="Powers has no presets"):
        powers.next_preset()


def test_long_work_tells_its_share_to_the_panel(powers, monkeypatch):
    seen = []
    powers.widget()
    monkeypatch.setattr("course.explorers.live.PATIENCE", 0.0)
    monkeypatch.setattr(
        powers._panel, "show_busy", lambda busy, share=None: seen.append((busy, share))
    )

    def compute(state, poll):
        poll(0.5)
        return [1.0]

    monkeypatch.setattr(powers, "compute", compute)
    powers.post(depth=4)
    assert powers.wait(5)
    assert (True, 0.5) in seen
    assert seen[-1] == (False, None)


def test_on_a_projector_the_same_pixels_hold_larger_type(powers, monkeypatch):
    desk = powers.figure()
    monkeypatch.setenv("COURSE_PROJECTOR", "1")
    hall = type(powers)().figure()
    assert tuple(hall.bbox.size) == tuple(desk.bbox.size)
    assert hall.dpi == 1.25 * desk.dpi
