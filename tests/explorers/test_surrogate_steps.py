"""The surrogate on the screen: one more trial at a time, its code, its picture."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.digit_curves import RATES
from course.experiments.rate_steps import log_errors
from course.explorers.surrogate_steps import LIMITS, SurrogateSteps, draw_belief


@pytest.fixture(scope="module")
def explorer() -> SurrogateSteps:
    return SurrogateSteps()


def test_one_more_trial_is_made_where_the_last_picture_said(explorer: SurrogateSteps) -> None:
    explorer.reset()
    promised = explorer.result.next
    assert f"{RATES[promised]:g}" in explorer.note.get_text()
    np.testing.assert_allclose(explorer.next.get_xdata(), np.log10(RATES[promised]))
    explorer.set(trials=4)
    assert explorer.result.tried[-1] == promised


def test_the_axes_stay(explorer: SurrogateSteps) -> None:
    for preset in ("two trials", "six", "too sure"):
        explorer.apply(preset)
        assert explorer.top.get_ylim() == LIMITS


def test_too_sure_is_too_sure(explorer: SurrogateSteps) -> None:
    explorer.apply("too sure")
    belief, truth = explorer.result, log_errors(explorer.state.seed)
    assert truth[-1] > belief.mean[-1] + 5 * belief.std[-1]


def test_beta_belongs_to_the_bound(explorer: SurrogateSteps) -> None:
    explorer.reset()
    assert explorer.idle(explorer.state) == ("beta",)
    explorer.apply("ucb, much hope")
    assert explorer.idle(explorer.state) == ()


def test_regret_falls_with_trials(explorer: SurrogateSteps) -> None:
    explorer.reset()
    found = []
    for trials in (2, 4, 8):
        explorer.set(trials=trials)
        found.append(explorer.numbers()["regret"])
    assert found == sorted(found, reverse=True)
    assert found[0] > 3 > 1 > found[-1]
    assert "regret" in explorer.describe()


def test_code_gives_the_numbers(
    explorer: SurrogateSteps, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply("ucb, no hope")
    space: dict = {}
    exec(explorer.code(), space)
    assert space["belief"].tried == explorer.result.tried
    assert str(explorer.numbers()["regret"]) in capsys.readouterr().out


def test_the_opening_picture_has_a_dot_a_trial() -> None:
    ax = Figure().subplots()
    draw_belief(ax, 3, 6, "three")
    assert any(len(line.get_xdata()) == 3 and line.get_marker() == "o" for line in ax.lines)
    assert ax.get_title(loc="left") == "three"
