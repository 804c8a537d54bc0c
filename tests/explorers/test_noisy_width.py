"""Width on twenty noisy points: what it streams, draws and says."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.curves_by_width import NOISY_EPOCHS
from course.explorers.noisy_width import WIDTHS, NoisyWidth, mean_errors
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> NoisyWidth:
    return NoisyWidth()


def test_one_unit_underfits(explorer: NoisyWidth) -> None:
    explorer.apply("1 unit")
    one = explorer.result
    explorer.apply("64 units")
    assert explorer.result.epoch == NOISY_EPOCHS
    assert explorer.result.new < one.new
    assert explorer.result.training < one.training
    assert "193 parameters for 20 points" in explorer.summary()


def test_streams_and_ends_when_asked(explorer: NoisyWidth) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    assert [next(stream).epoch for _ in range(3)] == [0, 25, 50]
    calls = []

    def poll(share: float | None = None) -> None:
        calls.append(share)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert len(calls) == 3


def test_the_marks_are_where_the_numbers_are(explorer: NoisyWidth) -> None:
    explorer.set(width=16, seed=1)
    training, new = explorer.marks
    assert training.get_xdata() == [16] == new.get_xdata()
    np.testing.assert_allclose(training.get_ydata(), [explorer.result.training])
    np.testing.assert_allclose(new.get_ydata(), [explorer.result.new])


def test_code_gives_the_picture(explorer: NoisyWidth, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.set(width=16, seed=3)
    space: dict = {}
    exec(explorer.code(), space)
    said = capsys.readouterr().out.strip().splitlines()[-1]
    pair = [float(part) for part in said.partition("(")[2].strip(")").split(",")]
    np.testing.assert_allclose(pair, [explorer.result.training, explorer.result.new], rtol=0.02)


def test_mean_errors_of_the_table_have_every_width() -> None:
    widths, training, new = mean_errors()
    assert tuple(widths) == WIDTHS
    assert np.all(training < new)
