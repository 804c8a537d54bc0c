"""Rows of a file: one an epoch, none lost."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback, CSVLogger, EarlyStopping, LambdaCallback
from course.layers import Dense

X, Y = np.arange(6.0)[:, None], np.arange(6.0)


def model() -> Sequential:
    """Return a model whose losses are 55/6, or 1/2 over the first two rows, and stay so."""
    network = Sequential([Input((1,)), Dense(1, kernel_initializer="zeros")])
    network.compile("sgd", "mse", metrics=["mae"])
    network.optimizer.learning_rate = 0.0
    return network


def fit(*callbacks: Callback, epochs: int = 2, **options: Any) -> Any:
    return model().fit(X, Y, epochs=epochs, verbose=0, callbacks=list(callbacks), **options)


def rows(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file, delimiter=separator))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def test_a_row_for_each_epoch(path: Path) -> None:
    history = fit(CSVLogger(path), validation_data=(X[:2], Y[:2])).history
    header, *body = rows(path)
    assert header == ["epoch", "loss", "mae", "val_loss", "val_mae"]
    assert [row[0] for row in body] == ["0", "1"]
    assert (path.read_bytes().count(b"\n"), path.read_bytes().count(b"\r")) == (3, 0)
    for column, key in enumerate(header[1:], 1):
        assert [float(row[column]) for row in body] == history[key]


def test_another_separator_and_a_folder_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "log.txt"
    fit(CSVLogger(str(path), separator=";"), epochs=1)
    assert path.read_text().startswith("epoch;loss;mae\n0;9.1666")
    assert [len(row) for row in rows(path, ";")] == [3, 3]


def test_what_an_epoch_does_not_have_is_marked(path: Path) -> None:
    fit(CSVLogger(path), validation_data=(X, Y), validation_freq=2)
    assert [row[3] == "NA" for row in rows(path)[1:]] == [True, False]


def test_a_row_is_in_the_file_when_its_epoch_has_ended(path: Path) -> None:
    counts: list[int] = []
    count = LambdaCallback(on_epoch_end=lambda epoch, logs: counts.append(len(rows(path))))
    fit(CSVLogger(path), count, epochs=3)
    assert counts == [2, 3, 4]


def test_an_error_in_training_leaves_the_rows(path: Path) -> None:
    def fail(epoch: int, logs: Any) -> None:
        if epoch == 2:
            raise KeyboardInterrupt

    logger = CSVLogger(path)
    with pytest.raises(KeyboardInterrupt):
        fit(LambdaCallback(on_epoch_end=fail), logger, epochs=9)
    assert [row[0] for row in rows(path)] == ["epoch", "0", "1"]
    fit(CSVLogger(path, append=True), epochs=3, initial_epoch=2)
    assert [row[0] for row in rows(path)] == ["epoch", "0", "1", "2"]


def test_appending_goes_on_and_not_appending_begins_anew(path: Path) -> None:
    fit(CSVLogger(path, append=True))
    logger = CSVLogger(path, append=True)
    fit(logger)
    fit(logger)
    assert [row[0] for row in rows(path)] == ["epoch", "0", "1", "0", "1", "0", "1"]
    fit(CSVLogger(path))
    assert [row[0] for row in rows(path)] == ["epoch", "0", "1"]


def test_a_file_is_read_with_its_separator(path: Path) -> None:
    path.write_text("epoch;note;loss\n0;a,b;1.0\n")
    fit(CSVLogger(path, separator=";", append=True), epochs=1)
    table = rows(path, ";")
    assert [row[:3] for row in table[:2]] == [["epoch", "note", "loss"], ["0", "a,b", "1.0"]]
    assert table[2][:2] == ["0", "NA"]


def test_the_columns_of_a_file_to_append_to_are_kept(path: Path) -> None:
    path.write_text("mae,epoch,note\n0.5,0,first\n")
    fit(CSVLogger(path, append=True), epochs=1)
    table = rows(path)
    assert table[:2] == [["mae", "epoch", "note", "loss"], ["0.5", "0", "first", "NA"]]
    assert table[2][1:3] == ["0", "NA"]
    assert float(table[2][3]) == pytest.approx(55 / 6)


def test_a_row_that_was_cut_short_is_not_joined_to_the_next(path: Path) -> None:
    path.write_text("epoch,loss,mae\n0,1.5,2.5\n1,0.")
    fit(CSVLogger(path, append=True), epochs=1)
    assert rows(path)[1:3] == [["0", "1.5", "2.5"], ["1", "0.", "NA"]]
    assert len(rows(path)) == 4


def test_appending_to_an_empty_file(path: Path) -> None:
    path.touch()
    fit(CSVLogger(path, append=True), epochs=1)
    assert rows(path)[0] == ["epoch", "loss", "mae"]


def test_a_key_that_comes_later_gets_a_column(path: Path) -> None:
    def add(epoch: int, logs: dict) -> None:
        if epoch == 1:
            logs["extra"] = np.array([1.0, 2.0])
            logs["word"] = "a,b"

    fit(LambdaCallback(on_epoch_end=add), CSVLogger(path), epochs=3)
    table = rows(path)
    assert table[0] == ["epoch", "loss", "mae", "extra", "word"]
    assert [row[3:] for row in table[1:]] == [["NA", "NA"], ["[1.0, 2.0]", "a,b"], ["NA", "NA"]]
    assert list(path.parent.iterdir()) == [path]


def test_a_fit_that_is_refused_leaves_the_old_file(path: Path) -> None:
    path.write_text("old")
    with pytest.raises(ValueError, match="needs validation"):
        fit(CSVLogger(path), EarlyStopping())
    assert path.read_text() == "old"


def test_pandas_reads_it(path: Path) -> None:
    import pandas as pd

    history = fit(CSVLogger(path), validation_data=(X, Y), validation_freq=2)
    frame = pd.read_csv(path, index_col="epoch")
    np.testing.assert_array_equal(frame["loss"], history.history["loss"])
    assert frame["val_loss"].isna().tolist() == [True, False]


@pytest.mark.parametrize("separator", ["", ";;", "\n", '"', 3, None])
def test_separators_that_are_refused(separator: Any) -> None:
    with pytest.raises(ValueError, match=r"separator must be one character such as ',', got"):
        CSVLogger("log.csv", separator=separator)


def test_files_that_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="filename must be a path, got 3"):
        CSVLogger(3)
    with pytest.raises(IsADirectoryError, match="cannot be written"):
        fit(CSVLogger(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=r"filename=.* cannot be written"):
        fit(CSVLogger(tmp_path / "file" / "log.csv"))
