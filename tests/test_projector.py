from __future__ import annotations

import pytest

from course import projector
from course.plots import style


@pytest.mark.parametrize(("value", "scale"), [(None, 1), ("", 1), ("0", 1), ("1", 1.25)])
def test_only_the_variable_turns_it_on(monkeypatch, value, scale):
    if value is None:
        monkeypatch.delenv(projector.VARIABLE, raising=False)
    else:
        monkeypatch.setenv(projector.VARIABLE, value)
    assert projector.scale() == scale


def test_a_style_sheet_grows_with_it(monkeypatch):
    css = "a { margin: 0 4px; width: 50% }"
    monkeypatch.delenv(projector.VARIABLE, raising=False)
    assert projector.enlarged(css) == css
    monkeypatch.setenv(projector.VARIABLE, "1")
    assert projector.enlarged(css) == "a { margin: 0 5px; width: 50% }"


def test_figures_keep_their_pixels(monkeypatch):
    monkeypatch.delenv(projector.VARIABLE, raising=False)
    desk = style.axes(None).figure
    monkeypatch.setenv(projector.VARIABLE, "1")
    hall = style.axes(None).figure
    assert tuple(hall.bbox.size) == pytest.approx(tuple(desk.bbox.size))
    assert hall.get_figwidth() == pytest.approx(desk.get_figwidth() / 1.25)
