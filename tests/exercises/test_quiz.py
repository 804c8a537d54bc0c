from __future__ import annotations

import pytest
from ipywidgets import HTML, RadioButtons

from course.exercises import Quiz

CHOICES = {
    "they multiply": (True, "Each layer is a factor."),
    "they <add>": (False, "A chain rule has products."),
}


@pytest.fixture
def quiz() -> Quiz:
    return Quiz("What do slopes do?", CHOICES)


def test_words_without_the_answer(quiz):
    assert repr(quiz) == "What do slopes do?\n(a) they multiply\n(b) they <add>"
    data = quiz._repr_mimebundle_()
    assert data["text/plain"] == repr(quiz)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"]


@pytest.mark.parametrize("answer", ["they <add>", "b", "B", 1])
def test_an_answer_is_answered(quiz, capsys, answer):
    quiz.answer(answer)
    assert capsys.readouterr().out == "✗ they <add>\nA chain rule has products.\n"
    assert quiz.response(0).startswith("✓ they multiply")


@pytest.mark.parametrize("answer", ["c", 2, -1, True, None, "they"])
def test_another_answer_is_refused(quiz, answer):
    with pytest.raises(ValueError, match=r"answer must be one of \(a\) they multiply, \(b\)"):
        quiz.answer(answer)


def test_the_buttons_answer_at_once(quiz):
    _, *parts = quiz.widget().children
    (buttons,) = [part for part in parts if isinstance(part, RadioButtons)]
    response = [part for part in parts if isinstance(part, HTML)][-1]
    assert buttons.value is None
    assert response.value == ""
    buttons.value = "they <add>"
    assert "✗ they &lt;add&gt;" in response.value
    assert 'role="status"' in response.value
    buttons.value = "they multiply"
    assert "✓ they multiply" in response.value


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"a": (True, "yes")}, "a right and a wrong answer"),
        ({"a": (False, "no"), "b": (False, "no")}, "a right and a wrong answer"),
        ({"a": (True, "yes"), "b": (False, "")}, "'b' has no explanation"),
    ],
)
def test_faults_of_an_author(choices, message):
    with pytest.raises(ValueError, match=message):
        Quiz("?", choices)
