from __future__ import annotations

import os

import pytest

from course.cli.errors import CommandError
from course.cli.lessons import find, title, where_stopped


@pytest.mark.parametrize(
    "wanted", ["11", "second", "Second", "11_second", "11 second", "11_second.ipynb", "011"]
)
def test_a_lesson_has_a_number_and_a_name(series, wanted):
    assert find(wanted) == "11_second"
    assert find("0") == "00_first"
    assert title("11_second") == "11 second"


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("12", "The nearest is 11 second."),
        ("3", "The nearest is 00 first."),
        ("secnod", "Did you mean 'second'?"),
        ("%%", "lesson %%. There are"),
    ],
)
def test_an_unknown_one_is_answered_with_the_nearest(series, wanted, near):
    with pytest.raises(CommandError) as error:
        find(wanted)
    assert near in str(error.value)
    assert str(error.value).endswith("There are: 00 first; 11 second")


def test_a_student_stopped_where_the_newest_answer_is(series, tmp_path):
    assert where_stopped(tmp_path / "none") == "00_first"
    for age, key in enumerate(["11.depth", "00.units", "77.gone"]):
        (tmp_path / f"{key}.json").write_text("1", encoding="utf-8")
        os.utime(tmp_path / f"{key}.json", (1000 - age, 1000 - age))
    assert where_stopped(tmp_path) == "11_second"
    os.utime(tmp_path / "77.gone.json", (2000, 2000))
    assert where_stopped(tmp_path) == "11_second"
    os.utime(tmp_path / "00.units.json", (1500, 1500))
    assert where_stopped(tmp_path) == "00_first"
