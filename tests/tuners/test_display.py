"""What a search shows."""

from __future__ import annotations

import re
import sys
import types
from typing import Any

import pytest

from course.tuners import HyperParameters, Objective, Trial
from course.tuners.display import Display, duration


def ended(number: int, score: float | None) -> Trial:
    """A completed trial, or one that failed."""
    hp = HyperParameters()
    hp.Float("rate", 0.123456, 1)
    hp.Boolean("flag")
    trial = Trial(hp, number, "FAILED" if score is None else "COMPLETED")
    trial.score = score
    trial.message = "Traceback\nValueError: why" if score is None else None
    return trial


def show(verbose: int, total: int | None = 3) -> Display:
    """Show three trials, the second of which failed."""
    display = Display(verbose, Objective("val_accuracy"), total)
    trials: list[Trial] = []
    for number, score in enumerate([0.5, None, 0.75]):
        trials.append(ended(number, score))
        display.trial_ended(trials[-1], trials)
    display.said("a sentence")
    display.close()
    return display


def test_a_line_for_each_trial_with_the_time_left(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    show(1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Trial 1/3  val_accuracy: 0.5000  best: 0.5000  0 s left  (rate=0.1235, flag=False)"
    )
    assert "val_accuracy: failed  best: 0.5000" in lines[1]
    assert lines[1].endswith("(rate=0.1235, flag=False: ValueError: why)")
    assert lines[2] == "Trial 3/3  val_accuracy: 0.7500  best: 0.7500  (rate=0.1235, flag=False)"
    assert lines[3] == "a sentence"


def test_how_many_there_will_be_may_be_unknown(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    show(1, total=None)
    assert capsys.readouterr().out.startswith("Trial 1  val_accuracy: 0.5000  best: 0.5000  (")


def test_silence(capsys: Any) -> None:
    show(0)
    assert capsys.readouterr() == ("", "")


class Bar:
    """What tqdm has of what is used."""

    def __init__(self, total: int | None, desc: str, bar_format: str) -> None:
        self.total, self.n, self.shown, self.format = total, 0, [], bar_format
        self.is_closed = False

    def set_postfix_str(self, text: str, refresh: bool) -> None:
        self.shown.append(text)

    def update(self, n: int) -> None:
        self.n += n

    def close(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize("total", [5, None])
def test_what_stays_in_a_notebook_holds_no_times(
    total: int | None, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    bar = show(1, total)._bar
    assert (bar.n, bar.total, bar.is_closed) == (3, 3, True)
    assert bar.shown[-1] == "best: 0.7500"
    assert not re.search("elapsed|remaining|rate", bar.format)
    assert ("left" in bar.shown[0]) == (total is not None)
    assert capsys.readouterr().out == (
        "a sentence\n3 trials, 1 failed; best val_accuracy: 0.7500  (rate=0.1235, flag=False)\n"
    )
    show(2, total)
    assert " left" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (89, "89 s"), (150, "2 min"), (7800, "2 h 10 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_epochs_of_a_round_are_shown(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    trial = ended(0, 0.5)
    trial.values.update({"tuner/initial_epoch": 3, "tuner/epochs": 9})
    Display(1, Objective("loss"), None).trial_ended(trial, [trial])
    assert capsys.readouterr().out.endswith("(rate=0.1235, flag=False; epochs 4 to 9)\n")


def test_before_anything_completed_there_is_no_best(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    trial = ended(0, None)
    Display(1, Objective("loss"), None).trial_ended(trial, [trial])
    assert "failed  no best yet" in capsys.readouterr().out


def test_a_line_has_an_end_however_many_values_there_are(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    trial = ended(0, 0.5)
    trial.values.update({f"units_{i}": 100 + i for i in range(40)})
    Display(1, Objective("loss"), None).trial_ended(trial, [trial])
    line = capsys.readouterr().out
    assert "units_9=109" in line
    assert line.endswith(" ...)\n")
    assert len(line) < 240
