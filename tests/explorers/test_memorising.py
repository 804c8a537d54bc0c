"""Shuffled labels as a slider: the stream, the verdicts of the presets, the code."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.regularized_digits import shared_digits
from course.explorers.memorising import EPOCHS, STRENGTHS, Memorising, draw_parting, shares
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> Memorising:
    return Memorising()


def test_streams_from_the_first_epoch(explorer: Memorising) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert [len(next(stream).training) for _ in range(3)] == [1, 10, 20]


def test_polls_every_epoch(explorer: Memorising) -> None:
    calls = 0

    def poll(share: float | None = None) -> None:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert calls == 7


@pytest.mark.parametrize(
    ("preset", "gap", "by_heart"),
    [
        ("true labels", (0, 0.12), (0, 0)),
        ("30 % shuffled", (0.2, 0.4), (0.9, 1)),
        ("all shuffled", (0.8, 1), (0.9, 1)),
        ("30 %, dropout", (-0.2, -0.01), (0, 0.35)),
        ("30 %, L2", (-0.25, -0.03), (0, 0.2)),
        ("30 %, L1", (-0.25, -0.03), (0, 0.2)),
        ("all shuffled, L2", (0.2, 0.6), (0.3, 0.7)),
        ("true labels, L2 too strong", (0, 0.12), (0, 0)),
    ],
)
def test_presets_show_what_they_are_called(
    explorer: Memorising, preset: str, gap: tuple, by_heart: tuple
) -> None:
    explorer.apply(preset)
    assert len(explorer.result.training) == EPOCHS
    numbers = explorer.numbers()
    assert gap[0] <= numbers["gap"] <= gap[1]
    assert by_heart[0] <= numbers["by heart"] <= by_heart[1]
    assert numbers["gap"] == pytest.approx(numbers["training"] - numbers["validation"])


def test_too_strong_a_penalty_costs_training_accuracy(explorer: Memorising) -> None:
    explorer.apply("true labels, L2 too strong")
    strong = explorer.numbers()
    explorer.set(strength=1)
    assert strong["training"] < 0.96 < explorer.numbers()["training"]


def test_the_strength_is_grey_where_nothing_helps(explorer: Memorising) -> None:
    explorer.reset()
    assert "strength" in explorer.idle(explorer.state)
    assert "none\n" in explorer.summary()
    explorer.set(method="max-norm", strength=3)
    assert not explorer.idle(explorer.state)
    assert "max-norm 1\n" in explorer.summary()
    assert {len(values) for values in STRENGTHS.values()} == {5}


def test_shares_by_hand() -> None:
    digits = shared_digits(0, 0.3)
    wrong = digits.y != digits.true
    assert shares(digits.y, digits) == (1, 1, 0)
    assert shares(digits.true, digits) == (1, 0, 1)
    assert shares(np.full(200, -1), digits) == (0, 0, 0)
    right, *none = shares(digits.true, shared_digits(0))
    assert right == 1
    assert np.isnan(none).all()
    assert wrong.any()


@pytest.mark.parametrize("preset", ["all shuffled", "30 %, dropout"])
def test_code_gives_the_picture(
    explorer: Memorising, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    training, validation = (float(line.split()[1]) for line in capsys.readouterr().out.splitlines())
    assert training == pytest.approx(explorer.numbers()["training"], abs=1e-6)
    assert validation == pytest.approx(explorer.numbers()["validation"], abs=1e-6)


def test_the_curves_part_where_labels_are_wrong() -> None:
    ax = Figure().subplots()
    lines = draw_parting(ax, 1.0, (0,), "they part")
    assert lines["training"][-1] - lines["validation"][-1] > 0.8
    assert len(lines["validation"]) == EPOCHS
    assert ax.get_title(loc="left") == "they part"
