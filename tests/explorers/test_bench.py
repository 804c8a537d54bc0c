from __future__ import annotations

import time

import pytest

from course.explorers import Bench


def wait_until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.005)
    assert condition()


def test_run_takes_steps_and_set_takes_none(counter):
    counter.run(10)
    assert (counter.summary(), counter.numbers()) == ("step 10", {"value": 10.0})
    counter.set(rate=2.0)
    assert counter.summary() == "step 10"
    counter.run(5)
    assert counter.numbers() == {"value": 20.0}
    counter.run(0)
    assert counter.summary() == "step 15"


def test_only_what_change_lets_pass_goes_on(counter):
    counter.run(3)
    counter.set(begin=2)
    assert counter.result == [2.0]


@pytest.mark.parametrize("again", ["restart", "reset", "apply", "restore"])
def test_what_begins_anew(counter, again):
    counter.run(3)
    arguments = {"apply": ["fast"], "restore": [counter.share()]}.get(again, [])
    getattr(counter, again)(*arguments)
    assert counter.summary() == "step 0"


def test_play_goes_on_until_pause_and_shows_the_last_step(counter):
    counter.play()
    wait_until(lambda: counter.result[-1] >= 3)
    counter.pause()
    assert counter.wait(5)
    at = counter.result
    assert counter._run == at
    time.sleep(0.08)
    assert counter.result == at


def test_pace_is_steps_per_picture(counter, monkeypatch):
    lengths = []
    monkeypatch.setattr(type(counter), "pace", 7)
    monkeypatch.setattr(counter, "draw", lambda values: lengths.append(len(values)))
    counter.play()
    wait_until(lambda: len(lengths) >= 3)
    counter.pause()
    counter.wait(5)
    assert lengths[1] - lengths[0] == lengths[2] - lengths[1] == 7


def test_a_control_moved_while_it_plays_goes_on_with_the_same_run(counter):
    counter.play()
    wait_until(lambda: len(counter.result) > 3)
    counter.post(rate=0.5)
    wait_until(lambda: len(counter.result) > 3 and counter.result[-1] % 1 == 0.5)
    assert counter.playing
    counter.set(rate=100.0)
    assert counter.playing
    counter.pause()
    counter.wait(5)
    steps = {b - a for a, b in zip(counter.result, counter.result[1:], strict=False)}
    assert {1.0, 0.5} <= steps


def test_step_takes_one_and_pauses(counter):
    counter.play()
    counter.step()
    assert counter.wait(5)
    assert not counter.playing
    before = len(counter.result)
    counter.step()
    assert counter.wait(5)
    assert len(counter.result) == before + 1


def test_one_bench_plays_at_a_time(counter):
    other = type(counter)()
    counter.play()
    other.play()
    assert (counter.playing, other.playing) == (False, True)
    counter.widget()
    assert not other.playing
    assert set(Bench.instances()) >= {counter, other}


def test_an_error_pauses_and_is_shown(counter):
    counter.widget()
    counter.play()
    counter.post(rate=1e3)
    assert counter.wait(5)
    assert isinstance(counter.error, OverflowError)
    assert not counter.playing
    assert "too fast" in counter._panel._error.value
    with pytest.raises(OverflowError):
        counter.run(1)
    counter.set(rate=1.0)
    assert counter.error is None


def test_steps_are_counted_from_zero(counter):
    with pytest.raises(ValueError, match="steps must be at least 0"):
        counter.run(-1)


def test_buttons_play_pause_step_restart(counter):
    counter.widget()
    play, step, restart = counter._panel.main.children
    assert [b.description for b in (play, step, restart)] == ["play", "step", "restart"]
    assert "■ stop" not in [button.description for button in counter._panel.actions()]
    play.click()
    assert counter.playing
    assert play.description == "pause"
    wait_until(lambda: len(counter.result) > 2)
    play.click()
    assert counter.wait(5)
    assert play.description == "play"
    before = len(counter.result)
    step.click()
    assert counter.wait(5)
    assert len(counter.result) == before + 1
    restart.click()
    assert counter.wait(5)
    assert counter.result == [0.0]
