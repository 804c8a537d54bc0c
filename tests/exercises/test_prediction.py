from __future__ import annotations

import pytest
from ipywidgets import HTML, Button, FloatText, RadioButtons, Textarea

from course.exercises import Prediction, Progress


@pytest.fixture
def depth() -> Prediction:
    return Prediction("20 layers: do they learn?", "11.depth", ["yes", "no"], progress=Progress())


@pytest.fixture
def share() -> Prediction:
    return Prediction("How much is left?", "11.share", unit=" %", progress=Progress())


def test_without_a_prediction_the_result_stands_alone(depth, share, capsys):
    depth.reveal("no")
    share.reveal(0.04701849845)
    out = capsys.readouterr().out
    assert out == (
        "No prediction recorded; measured: no.\nNo prediction recorded; measured: 0.0470185 %.\n"
    )


def test_it_stands_beside_the_result(depth, capsys):
    depth.record("a", " deeper sees more ")
    depth.reveal("no")
    assert capsys.readouterr().out == (
        "You predicted: yes\nBecause: deeper sees more\n"
        "✗ You predicted: yes; measured: no.\nBecause: deeper sees more\n"
    )


@pytest.mark.parametrize(("answer", "mark"), [(0.5, "✗"), (0.05, "✓"), (0, "✗")])
def test_a_number_may_be_off_by_the_tolerance(share, capsys, answer, mark):
    share.record(answer, "a guess")
    share.reveal(0.047, tolerance=0.01)
    assert f"{mark} You predicted: {answer:g} %; measured: 0.047 %." in capsys.readouterr().out


def test_nothing_can_be_changed_after_the_reveal(depth):
    depth.record("yes", "so")
    depth.reveal("no")
    with pytest.raises(ValueError, match="has been revealed"):
        depth.record("no", "I knew it")
    assert depth.answer == "yes"


def test_a_reason_and_an_answer_are_needed(depth, share):
    with pytest.raises(ValueError, match="say why"):
        depth.record("yes", "  ")
    with pytest.raises(ValueError, match="answer must be one of"):
        depth.record("perhaps", "so")
    with pytest.raises(TypeError, match="answer must be a number"):
        share.record("half", "so")
    assert depth.answer is None


def test_it_is_there_again_after_a_restart(tmp_path):
    Prediction("?", "11.depth", ["yes", "no"], progress=Progress(tmp_path)).record("no", "so")
    again = Prediction("?", "11.depth", ["yes", "no"], progress=Progress(tmp_path))
    assert (again.answer, again.reason) == ("no", "so")


def test_the_widget_records(depth):
    field, reason, button, status = parts(depth, RadioButtons)
    button.click()
    assert "choose one first" in status.value
    field.value = "no"
    button.click()
    assert "say why" in status.value
    reason.value = "0.5 ** 20"
    button.click()
    assert (depth.answer, depth.reason) == ("no", "0.5 ** 20")
    assert "You predicted: no" in status.value


def test_the_widget_takes_numbers(share):
    field, reason, button, _ = parts(share, FloatText)
    field.value, reason.value = 3.5, "a guess"
    button.click()
    assert share.answer == 3.5
    assert repr(share) == "How much is left?"


def parts(prediction, kind):
    children = prediction.widget().children
    kinds = (kind, Textarea, Button, HTML)
    return [[child for child in children if isinstance(child, k)][-1] for k in kinds]
