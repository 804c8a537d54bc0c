"""Paths of a descent: what the border of 2 says, and that the training does it."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.sales_line import descend, sales_data
from course.explorers.descent_path import EPOCHS, INPUTS, DescentPath, factor, ground, rounded


@pytest.fixture(scope="module")
def explorer() -> DescentPath:
    return DescentPath()


def test_condition_and_critical_rate(explorer: DescentPath) -> None:
    explorer.reset()
    raw = explorer.numbers()
    assert raw["condition"] == pytest.approx(109_280, rel=1e-4)
    assert raw["critical_rate"] == pytest.approx(3.5773e-5, rel=1e-4)
    explorer.set(inputs="standardized")
    assert explorer.numbers()["condition"] == pytest.approx(1)
    assert explorer.numbers()["critical_rate"] == pytest.approx(1)


@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("share", [0.5, 0.98, 1.02, 1.5])
def test_two_is_the_border(explorer: DescentPath, inputs: str, share: float) -> None:
    """Beyond it the path goes away from the lowest point along the steepest direction."""
    here = ground(inputs)
    with_share = min(max(share * 2 / here.steep, 1e-6), 2.0)
    explorer.set(inputs=inputs, learning_rate=with_share, batch_size=200)
    along = np.linalg.eigh(hessian_of(inputs))[1][:, -1]
    distances = np.abs((explorer.result.path - here.best) @ along)
    assert (distances[3] < distances[0]) == (share < 1)
    assert explorer.numbers()["product"] == pytest.approx(2 * share)


def hessian_of(inputs: str) -> np.ndarray:
    x = ground(inputs).x[:, 0].astype(float)
    return 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])


@pytest.mark.parametrize("product", [0.3, 1.0, 1.7, 2.4])
def test_the_curve_is_what_one_step_leaves(explorer: DescentPath, product: float) -> None:
    explorer.set(inputs="standardized", learning_rate=product / 2, batch_size=200)
    start, after = np.linalg.norm(explorer.result.path[:2] - ground("standardized").best, axis=1)
    assert after / start == pytest.approx(factor(product), abs=1e-5)


def test_raw_budgets_move_along_w_only(explorer: DescentPath) -> None:
    explorer.apply("raw")
    w, b = explorer.result.path[-1]
    assert w == pytest.approx(0.084, abs=0.001)
    assert abs(b) < 0.01


@pytest.mark.parametrize(
    ("preset", "gone"),
    [("raw", False), ("raw, 4e-5", True), ("0.95: to and fro", False), ("1.1: out", True)],
)
def test_presets_show_what_they_are_called(explorer: DescentPath, preset: str, gone: bool) -> None:
    explorer.apply(preset)
    assert explorer.result.gone == gone
    assert ("far outside" in explorer.summary()) == gone
    assert ("leaves the picture" in explorer.describe()) == gone
    assert ("above 2" in explorer.summary()) == gone


def test_one_step_is_enough_at_half(explorer: DescentPath) -> None:
    explorer.apply("0.5: one step")
    np.testing.assert_allclose(explorer.result.path[1], ground("standardized").best, rtol=1e-5)


@pytest.mark.parametrize(("batch_size", "updates"), [(1, 6000), (20, 300), (200, 30)])
def test_counts_the_updates(explorer: DescentPath, batch_size: int, updates: int) -> None:
    explorer.set(inputs="standardized", learning_rate=0.01, batch_size=batch_size)
    assert explorer.numbers()["updates"] == updates
    assert f"30 epochs, {updates:,} updates" in explorer.summary()


def test_the_path_is_that_of_one_fit(explorer: DescentPath) -> None:
    explorer.set(inputs="standardized", learning_rate=0.3, batch_size=200)
    path = descend(*sales_data(standardized=True), 0.3, epochs=EPOCHS)
    np.testing.assert_allclose(explorer.result.path, path, rtol=1e-5)


def test_the_picture_comes_epoch_by_epoch(explorer: DescentPath) -> None:
    explorer.reset()
    stream = list(explorer.compute(explorer.state, lambda share=None: None))
    assert [r.epochs for r in stream] == [1, *range(4, EPOCHS, 3), EPOCHS]
    np.testing.assert_array_equal(stream[0].path, stream[-1].path[:2])


def test_the_largest_steps_stay_numbers(explorer: DescentPath) -> None:
    for batch_size in (1, 20, 200):
        explorer.set(inputs="raw", learning_rate=2.0, batch_size=batch_size)
        assert np.isfinite(explorer.result.path).all()
        assert "after 1 update" in explorer.summary()


def test_the_landscape_follows_the_inputs(explorer: DescentPath) -> None:
    explorer.reset()
    raw = explorer.left.get_xlim()
    explorer.set(inputs="standardized")
    assert explorer.left.get_xlim() != raw
    assert explorer.marks[0].get_xdata() == pytest.approx(explorer.marks[1].get_xdata())
    explorer.reset()
    assert explorer.left.get_xlim() == raw


def test_says_when_it_is_at_the_border(explorer: DescentPath) -> None:
    explorer.set(inputs="standardized", learning_rate=1.0)
    assert "= 2, at 2" in explorer.summary()


@pytest.mark.parametrize("preset", ["raw", "batches of 20", "one by one"])
def test_code_gives_the_picture(
    explorer: DescentPath, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    space: dict = {}
    exec(explorer.code(), space)
    np.testing.assert_allclose([space["w"], space["b"]], explorer.result.path[-1], rtol=1e-4)
    assert capsys.readouterr().out


def test_a_small_rate_fits_beside_its_slider() -> None:
    assert DescentPath.controls[0].widget(3e-5).readout_format == ".2e"


def test_three_digits() -> None:
    assert rounded(1.677) == "1.68"
    assert rounded(109_280.1) == "109,000"
    assert rounded(0.51160) == "0.512"
