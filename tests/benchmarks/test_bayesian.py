"""The comparison of searches: its functions, its table of measured networks, its intervals."""

from __future__ import annotations

import hashlib
import re

import numpy as np
import pytest

from benchmarks.bayesian import (
    PROBLEMS,
    Problem,
    branin,
    branin_space,
    cell,
    digits,
    hartmann,
    main,
    median_interval,
    search,
    table,
)
from course.datasets.files import data_file
from course.experiments.wide_race import NAMES, measured
from course.tuners import HyperParameters


@pytest.mark.parametrize("place", [(-np.pi, 12.275), (np.pi, 2.275), (3 * np.pi, 2.475)])
def test_branin_is_lowest_where_the_literature_says(place):
    assert branin(dict(zip("xy", place, strict=True))) == pytest.approx(0, abs=1e-6)


def test_hartmann_is_lowest_where_the_literature_says():
    place = [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573]
    assert hartmann({f"x{i}": u for i, u in enumerate(place)}) == pytest.approx(0, abs=1e-5)
    assert hartmann({f"x{i}": 0.5 for i in range(6)}) > 2


def test_every_network_of_the_space_was_measured():
    trials = search(PROBLEMS["digits, points of accuracy"]._replace(trials=40), "random search", 0)
    assert len(trials) == 40
    assert 0 <= min(trials) < 3 < max(trials) < 100
    accuracies = measured()
    assert len(accuracies) == 3 * 9 * 3 * 4 * 3 * 3
    best_key = max(accuracies, key=accuracies.get)
    values = dict(zip(NAMES, best_key, strict=True))
    assert digits(values) == 0 < accuracies[best_key] < 1
    values |= {"optimizer": "adam"}
    values.pop("momentum")
    assert digits(values) > 0


def test_the_card_has_the_checksum_of_its_file():
    card = data_file("digits_search.md").read_text(encoding="utf-8")
    written = re.search(r"SHA-256 \| `([0-9a-f]{64})`", card)[1]
    assert hashlib.sha256(data_file("digits_search.csv").read_bytes()).hexdigest() == written


@pytest.mark.parametrize(("n", "k"), [(6, 1), (10, 2), (20, 6), (30, 10)])
def test_the_interval_is_that_of_the_sign_test(n, k):
    values = np.random.default_rng(0).permutation(n).astype(float)
    assert median_interval(values) == ((n - 1) / 2, k - 1, n - k)


def test_the_table_has_a_line_for_each_problem():
    regrets = {"Branin": {"a": [3.0, 1, 2, 5, 4, 6], "b": [0.0123] * 6}}
    assert table(regrets).splitlines() == [
        "| median regret [95 % interval] | trials | a | b |",
        "|---|--:|--:|--:|",
        "| Branin | 30 | 3.5 [1, 6] | 0.012 [0.012, 0.012] |",
    ]
    assert cell([2.0] * 9) == "2 [2, 2]"


def test_one_command_prints_the_table(capsys, monkeypatch):
    monkeypatch.setitem(PROBLEMS, "Branin", Problem(branin_space, branin, 6))
    main(["--seeds", "1", "--problem", "Branin", "--workers", "1"])
    head, _, line = capsys.readouterr().out.splitlines()
    assert head.count("|") == line.count("|") == 6
    assert line.startswith("| Branin | 6 | ")


def test_spaces_declare_what_the_functions_read():
    for problem in PROBLEMS.values():
        hp = HyperParameters()
        problem.declare(hp)
        assert np.isfinite(problem.regret(hp.values))
