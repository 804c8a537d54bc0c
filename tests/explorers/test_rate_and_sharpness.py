"""Rate and sharpness: what the presets promise, the numbers against the code, the axes."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.rate_and_sharpness import UPDATES, RateAndSharpness
from course.explorers.worker import Cancelled


@pytest.fixture(scope="module")
def explorer() -> RateAndSharpness:
    return RateAndSharpness()


def test_streams_from_before_the_first_update(explorer: RateAndSharpness) -> None:
    stream = explorer.compute(explorer.state, lambda share=None: None)
    first, second = next(stream), next(stream)
    assert len(first.run.losses) == len(first.run.products) == 1
    assert len(second.run.losses) == 21
    assert second.run.losses[0] == pytest.approx(first.run.losses[0])


def test_below_2_the_loss_falls_at_every_update(explorer: RateAndSharpness) -> None:
    explorer.apply("0.4: below 2")
    numbers = explorer.numbers()
    assert 1.5 < numbers["highest"] < 2
    assert numbers["rises"] == 0
    assert numbers["loss"] < 0.12


def test_across_2_the_loss_rises_at_times_and_the_curvature_comes_back(
    explorer: RateAndSharpness,
) -> None:
    explorer.apply("1.0: across 2")
    numbers = explorer.numbers()
    assert numbers["highest"] > 3 > 2 > numbers["settled"]
    assert numbers["rises"] > 3
    assert numbers["loss"] < 0.05
    assert numbers["accuracy"] > 0.94


def test_three_ends_in_guessing_with_finite_numbers(explorer: RateAndSharpness) -> None:
    explorer.apply("3.0: not back")
    numbers = explorer.numbers()
    assert numbers["loss"] == pytest.approx(np.log(10), abs=0.02)
    assert numbers["accuracy"] < 0.2
    assert numbers["silent"] > 0.7
    assert np.isfinite(list(numbers.values())).all()


def test_batches_make_the_loss_rise_below_2(explorer: RateAndSharpness) -> None:
    explorer.apply("0.3, batches of 32")
    assert explorer.numbers()["highest"] < 2
    assert explorer.numbers()["rises"] > 30


@pytest.mark.parametrize("learning_rate", [0.001, 10.0])
def test_axes_stay_where_they_are(explorer: RateAndSharpness, learning_rate: float) -> None:
    before = [ax.get_ylim() for ax in explorer.figure().axes]
    explorer.set(learning_rate=learning_rate, batch_size=500)
    assert [ax.get_ylim() for ax in explorer.figure().axes] == before
    assert np.isfinite(explorer.product.get_ydata()).all()


def test_polls_and_ends(explorer: RateAndSharpness) -> None:
    shares = []

    def poll(share: float) -> None:
        shares.append(share)
        if len(shares) == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(explorer.compute(explorer.state, poll))
    assert len(shares) == 5
    assert max(shares) < 0.1


@pytest.mark.parametrize("preset", ["0.4: below 2", "0.3, batches of 32"])
def test_code_gives_the_picture(
    explorer: RateAndSharpness, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    loss, product = (float(line.split(":")[1]) for line in capsys.readouterr().out.splitlines())
    assert loss == pytest.approx(explorer.numbers()["loss"], rel=1e-3)
    assert product == pytest.approx(explorer.result.run.products[-1], rel=0.02)
    assert len(explorer.result.run.losses) == UPDATES + 1
