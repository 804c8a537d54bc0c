from __future__ import annotations

import pytest
from ipywidgets import HTML, BoundedIntText, Button, HBox

from course.exercises import Vote


@pytest.fixture
def vote() -> Vote:
    return Vote("Does it learn?", ["yes", "<no>"], [0.75, 0.25])


def test_words_without_the_expected_split(vote):
    assert repr(vote) == "Does it learn?\n(a) yes\n(b) <no>"


def test_the_split_stands_beside_the_expected_one(vote, capsys):
    vote.count(30, 90)
    assert capsys.readouterr().out == (
        "(a) yes\n"
        "  here      25% ██████\n"
        "  expected  75% ░░░░░░░░░░░░░░░░░░\n"
        "(b) <no>\n"
        "  here      75% ██████████████████\n"
        "  expected  25% ░░░░░░\n"
    )


@pytest.mark.parametrize(
    ("hands", "message"),
    [((1,), "2 counts expected, got 1"), ((0, 0), "nobody has voted"), ((-1, 3), "at least 0")],
)
def test_counts_that_are_none(vote, hands, message):
    with pytest.raises(ValueError, match=message):
        vote.count(*hands)


@pytest.mark.parametrize("expected", [[0.5], [0.5, 0.6], [1.5, -0.5]])
def test_expected_shares_add_up(expected):
    with pytest.raises(ValueError, match="expected must be"):
        Vote("?", ["a", "b"], expected)


def test_the_widget_shows_bars(vote):
    children = vote.widget().children
    rows = [child.children for child in children if isinstance(child, HBox)]
    fields = [child for row in rows for child in row if isinstance(child, BoundedIntText)]
    (button,) = [child for child in children if isinstance(child, Button)]
    bars = [child for child in children if isinstance(child, HTML)][-1]
    button.click()
    assert "nobody has voted" in bars.value
    fields[0].value, fields[1].value = 3, 1
    button.click()
    assert "here 75%" in bars.value
    assert "&lt;no&gt;" in bars.value
    assert "expected 25%" in bars.value
