from __future__ import annotations

import pytest


@pytest.fixture
def panel(powers):
    powers.widget()
    return powers._panel


def test_a_slider_posts_its_tidied_value(powers, panel):
    panel.fields["gain"].value = 3.16227766
    assert powers.wait(5)
    assert powers.state.gain == 3.16
    assert panel.fields["gain"].value == 3.16227766  # not sent back while it is dragged
    assert powers.result == [1.0, 3.16, 3.16**2]


def test_code_moves_the_controls_without_computing_twice(powers, panel):
    begun = len(powers.begun)
    powers.set(gain=0.0123 * 10, depth=7, kind="stream", batch_size=8, grid=True)
    powers.wait(5)
    shown = {name: field.value for name, field in panel.fields.items()}
    assert shown == powers.state._asdict()
    assert len(powers.begun) == begun + 1


def test_controls_are_named_as_in_the_code(powers, panel):
    assert [field.description for field in panel.fields.values()] == list(powers.state._fields)


def test_advanced_controls_come_on_request(panel):
    (toggle,) = panel._all_controls()
    assert panel.fields["batch_size"].layout.display == "none"
    assert panel.fields["depth"].layout.display is None
    toggle.value = True
    assert panel.fields["batch_size"].layout.display == ""


def test_buttons_of_presets_and_reset(powers, panel):
    panel._presets["deep"].click()
    assert powers.wait(5)
    assert (powers.state.depth, panel.fields["depth"].value) == (20, 20)
    assert panel._presets["deep"].button_style == "primary"
    assert panel._presets["fades"].button_style == ""
    panel.actions()[0].click()
    assert powers.wait(5)
    assert powers.state.depth == 3
    assert panel._presets["deep"].button_style == ""


def test_the_line_can_be_read_and_written(powers, panel):
    powers.set(depth=8)
    assert panel._line.value == powers.share()
    panel._line.value = "Powers(depth=12)"
    assert powers.wait(5)
    assert powers.state.depth == 12
    panel._line.value = "nonsense"
    assert isinstance(powers.error, ValueError)
    assert "nonsense" in panel._error.value
    assert powers.state.depth == 12


def test_code_on_request_and_up_to_date(powers, panel):
    assert panel._code.value == ""
    panel._show_code(True)
    assert "print(2.0 ** 3)" in panel._code.value
    powers.set(depth=4)
    assert "print(2.0 ** 4)" in panel._code.value


def test_the_freeze_button_keeps_and_puts_away(powers, panel):
    panel._freeze.value = True
    assert powers.frozen is not None
    panel._freeze.value = False
    assert powers.frozen is None
    powers.freeze()
    assert panel._freeze.value


def test_summary_and_description_are_for_screen_readers_too(panel):
    assert 'aria-live="polite"' in panel._live._summary.value
    assert "Powers. last of 3" in panel._words.value


def test_messages_are_handled_beside_the_cells(panel):
    class Comm:
        def _reply_subshell_for(self, data, default):
            return "where the cells run"

    from course.explorers.beside import answer_beside_cells

    class Widget:
        comm = Comm()
        children = ()

    answer_beside_cells(Widget)
    assert Widget.comm._reply_subshell_for({}, "beside") == "beside"


def test_two_buttons_lead_from_preset_to_preset(powers, panel):
    back, on = panel._steps()
    seen = []
    for button in (on, on, on, back):
        button.click()
        assert powers.wait(5)
        seen.append(next(name for name in powers.presets if powers.is_at(name)))
    assert seen == ["fades", "deep", "fades", "deep"]
    assert "Enter" in on.tooltip


def test_controls_without_a_say_are_grey(powers, panel, monkeypatch):
    monkeypatch.setattr(type(powers), "idle", lambda self, state: {"gain"} if state.grid else ())
    powers.set(grid=True)
    assert [name for name, field in panel.fields.items() if field.disabled] == ["gain"]
    powers.set(grid=False)
    assert not any(field.disabled for field in panel.fields.values())


def test_a_bar_says_how_much_of_long_work_is_done(panel):
    panel.show_busy(True, 0.25)
    assert 'value="0.25"' in panel._progress.value
    assert "25%" in panel._progress.value
    panel.show_busy(True)
    assert "25%" in panel._progress.value
    panel.show_busy(False)
    assert panel._progress.value == ""
