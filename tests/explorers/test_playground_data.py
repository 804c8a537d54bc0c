"""Points of one's own: what is read, and what is said when it cannot be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course.explorers.playground import Playground
from course.explorers.playground_data import DRAWN, FEATURES, features, parts, read_points

ROWS = [(i % 7, (i * i) % 11, "ab"[i % 2]) for i in range(20)]


def write(path: Path, rows: list, header: str = "age,height,group") -> Path:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_file_a_frame_and_arrays_say_the_same(tmp_path: Path) -> None:
    file = read_points(write(tmp_path / "my.csv", ROWS))
    frame = read_points(pd.DataFrame(ROWS, columns=["age", "height", "group"]))
    arrays = read_points(([row[:2] for row in ROWS], [row[2] for row in ROWS]))
    for other in (frame, arrays):
        np.testing.assert_array_equal(file.x, other.x)
        np.testing.assert_array_equal(file.y, other.y)
    assert file.columns == frame.columns == ("age", "height")
    assert file.classes == ("a", "b")
    assert np.abs(file.x).max() == pytest.approx(1.2)


def test_the_heart_of_the_course() -> None:
    own = read_points()
    assert own.x.shape == (160, 2)
    assert np.mean(own.y) == 0.5


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        (ROWS, "age,height,weight,group", "four|4"),
        (ROWS[:3], "age,height,group", "at least 8 rows, got 3"),
        ([*ROWS, ("x", 1, "a")], "age,height,group", "Row 21 of age must be a number, got 'x'"),
        ([*ROWS, (1, "nan", "a")], "age,height,group", "Row 21 of height must be finite"),
        ([*ROWS, (1, 1, "c")], "age,height,group", "two classes, got 3"),
        ([*ROWS, (1, 1)], "age,height,group", "Row 21 has 2 values"),
        ([(*r[:2], "a") for r in ROWS] + [(1, 1, "b")], "a,b,c", "at least two rows"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, rows: list, header: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_points(write(tmp_path / "my.csv", rows, header))


def test_an_empty_file_and_a_stranger_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="two columns"):
        read_points(tmp_path / "empty.csv")
    with pytest.raises(TypeError, match="CSV file"):
        read_points(42)
    with pytest.raises(FileNotFoundError):
        Playground(data="nowhere.csv")


def test_own_points_are_shown_trained_on_and_written_into_the_code(tmp_path: Path) -> None:
    path = write(tmp_path / "my.csv", ROWS)
    playground = Playground(data=str(path), units=2)
    playground.run(2)
    assert playground.state.data == "csv"
    assert playground.result.columns == ("age", "height")
    space: dict = {}
    exec(playground.code().replace("epochs=2,", "epochs=1,"), space)
    assert len(space["p"]) == len(playground._run.x)


@pytest.mark.parametrize("data", DRAWN)
def test_as_many_points_as_asked_for_in_two_parts(data: str) -> None:
    found = parts(data, 40, 0.1, 0, read_points())
    assert (len(found.x), len(found.y)) == (40, 40)
    assert (len(found.x_validation), len(found.y_validation)) == (250, 250)


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_what_its_code_says(name: str) -> None:
    p = np.random.default_rng(0).normal(size=(9, 2))
    np.testing.assert_allclose(
        features(p, [name])[:, 0], eval(FEATURES[name][1], {"p": p, "np": np}), rtol=1e-5
    )
