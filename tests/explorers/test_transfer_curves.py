"""Four ways by number of labels: the stream, the crossover, the code."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.transfer_table import crossover, judged
from course.experiments.transferred_digits import FOUR, LABELS, UPDATES
from course.explorers.transfer_curves import FRAME, TransferCurves, draw_ways, rates
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> TransferCurves:
    return TransferCurves()


def test_streams_from_before_the_first_update(explorer: TransferCurves) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert [next(stream).updates[-1] for _ in range(3)] == [0, FRAME, 2 * FRAME]


def test_polls_at_every_update(explorer: TransferCurves) -> None:
    calls = 0

    def poll(share: float | None = None) -> None:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert calls == 7


@pytest.mark.parametrize("preset", TransferCurves.presets)
def test_presets_show_their_numbers(explorer: TransferCurves, preset: str) -> None:
    explorer.apply(preset)
    task, labels, _ = explorer.state
    numbers = explorer.numbers()
    for way in FOUR:
        _, accuracies = judged(task, way, labels)
        assert numbers[way] == pytest.approx(accuracies.mean(), abs=6e-4)
        assert explorer.lines[way].get_ydata()[LABELS.index(labels)] == accuracies.mean()
        assert len(explorer.result.accuracies[way]) == UPDATES // FRAME + 1
    frozen, *others = (explorer.lines[way].get_ydata() for way in FOUR)
    assert numbers["crossover"] == crossover(LABELS, frozen, np.max(others, axis=0))
    assert list(explorer.marker.get_xdata()) == [labels, labels]


def test_frozen_features_help_with_parity_and_not_with_new_digits(explorer: TransferCurves) -> None:
    explorer.apply("parity, 50")
    assert explorer.numbers()["frozen"] > explorer.numbers()["from scratch"]
    assert "crossover at" in explorer.summary()
    explorer.apply("new digits, 50")
    assert explorer.numbers()["frozen"] < explorer.numbers()["random frozen"]
    assert "no crossover: frozen is never the best" in explorer.summary()


@pytest.mark.parametrize("preset", ["parity, 10 labels", "new digits, 400"])
def test_code_gives_the_picture(
    explorer: TransferCurves, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 4
    for line in said:
        way, accuracy = line[:14].strip(), float(line[14:])
        assert accuracy == pytest.approx(explorer.result.accuracies[way][-1], abs=1e-3)


def test_each_way_has_the_rate_of_the_table() -> None:
    found = rates("parity", 10)
    assert list(found) == list(FOUR)
    assert found["frozen"] == judged("parity", "frozen", 10)[0]


def test_names_do_not_overlap_and_the_picture_says_its_sentence() -> None:
    ax = Figure(figsize=(5, 4)).subplots()
    draw_ways(ax, "parity", "it helps")
    places = np.sort([text.get_position()[1] for text in ax.texts])
    assert np.diff(places).min() > 0.01
    assert ax.get_title(loc="left") == "it helps"
