"""The best of k: its numbers against a plain loop, its presets against their names."""

from __future__ import annotations

import pytest

from course.experiments.best_of import shuffles, sixty_runs
from course.explorers.best_of_k import DRAWS, LOW, BestOfK


@pytest.fixture(scope="module")
def explorer() -> BestOfK:
    return BestOfK()


@pytest.fixture(autouse=True)
def _start(explorer: BestOfK) -> None:
    explorer.reset()


@pytest.mark.parametrize(("k", "size", "seed"), [(1, 20, 0), (10, 50, 10), (60, 400, 19)])
def test_numbers_are_those_of_a_plain_loop(explorer: BestOfK, k: int, size: int, seed: int) -> None:
    explorer.set(k=k, validation_size=size, seed=seed)
    right, digits, runs = sixty_runs(), shuffles(DRAWS, 797)[seed], shuffles(DRAWS, 60, 1)[seed]
    best, test = -1.0, 0.0
    for run in runs[:k]:
        score = right[run, digits[:size]].mean()
        if score > best:
            best, test = score, right[run, digits[size:]].mean()
    numbers = explorer.numbers()
    assert numbers["validation"] == pytest.approx(best)
    assert numbers["test"] == pytest.approx(test)
    assert numbers["optimism"] == pytest.approx(best - test)


def test_one_run_has_no_optimism_on_average_and_sixty_have_much(explorer: BestOfK) -> None:
    explorer.apply("one run")
    one = explorer.numbers()
    explorer.apply("best of 60")
    sixty = explorer.numbers()
    assert abs(one["mean optimism"]) < 0.005
    assert sixty["mean validation"] - one["mean validation"] > 0.06
    assert 0 < sixty["mean test"] - one["mean test"] < 0.02


def test_more_validation_digits_less_optimism(explorer: BestOfK) -> None:
    explorer.apply("20 digits")
    few = explorer.numbers()
    explorer.apply("400 digits")
    many = explorer.numbers()
    assert few["mean optimism"] > 3 * many["mean optimism"] > 0
    assert many["mean test"] > few["mean test"]


def test_hard_digits_make_a_single_choice_look_worse_than_it_is(explorer: BestOfK) -> None:
    explorer.apply("hard digits")
    assert explorer.numbers()["optimism"] < 0
    assert "optimism −3.2 points" in explorer.summary()


def test_the_picture_shows_the_choice(explorer: BestOfK) -> None:
    explorer.figure()
    explorer.set(k=30)
    (run,), (height,) = explorer.ring.get_data()
    assert 1 <= run <= 30
    assert height == pytest.approx(explorer.numbers()["validation"])
    assert len(explorer.tried.get_xdata()) == len(explorer.mean_best.get_xdata()) == 30
    assert explorer.later.get_xdata().tolist() == list(range(31, 61))
    ends = explorer.gap.get_ydata()
    assert sorted(ends) == pytest.approx(
        sorted([explorer.numbers()["test"], explorer.numbers()["validation"]])
    )
    assert explorer.optimism.get_text() in explorer.summary()


def test_dots_below_the_axis_stand_on_its_edge(explorer: BestOfK) -> None:
    explorer.figure()
    explorer.apply("20 digits")
    for seed in range(20):
        explorer.set(seed=seed)
        assert explorer.tried.get_ydata().min() > LOW
    assert (explorer.result.validation[:20] < LOW).any()


def test_says_the_numbers(explorer: BestOfK) -> None:
    assert explorer.summary() == (
        "best of 10: validation 94.0%, test 89.3%, optimism +4.7 points\n"
        "on average: validation 92.3%, test 88.4%, optimism +3.9 points"
    )
    assert "the ringed one is the best so far" in explorer.describe()


def test_code_gives_the_numbers(explorer: BestOfK, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.set(k=7, seed=3)
    exec(explorer.code(), {})
    said = capsys.readouterr().out
    assert f"validation {explorer.numbers()['validation']}" in said
    assert f"average {explorer.numbers()['mean optimism']}"[:20] in said
