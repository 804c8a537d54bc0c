"""The stopwatch: nothing before the button, a ranking after it."""

from __future__ import annotations

from course.explorers.stopwatch import WORDS, Stopwatch


def test_nothing_is_measured_before_the_button() -> None:
    watch = Stopwatch(["relu", "tanh"])
    assert watch.words.value == repr(watch) == WORDS
    assert watch._repr_mimebundle_()["text/plain"] == WORDS


def test_the_button_measures() -> None:
    watch = Stopwatch(["tanh", "relu"])
    watch.button.click()
    assert "1.0 × relu" in watch.words.value
    assert "tanh" in watch.words.value


def test_times_are_against_relu_and_in_order() -> None:
    times = Stopwatch(["tanh", "relu"]).measure()
    assert times["relu"] == 1
    assert list(times.values()) == sorted(times.values())
