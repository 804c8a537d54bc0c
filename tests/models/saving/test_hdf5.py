"""Reading HDF5: texts in every form that Keras wrote them, and numbers that are whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
import pytest

from course import Input, Sequential
from course.layers import Dense
from course.models.saving import hdf5


def file_with(write: Callable[[Any], Any]) -> bytes:
    """Return an HDF5 file that `write` filled."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        write(file)
    return content.getvalue()


@pytest.mark.parametrize("value", ["text", b"text", np.array("text", "S4"), np.array(b"text")])
def test_texts_in_every_form(value: Any) -> None:
    content = file_with(lambda f: f.attrs.create("a", value))
    with hdf5.reading(content) as file:
        assert file.text("a") == "text"
        assert file.text("b") is None


def test_what_is_no_single_text() -> None:
    content = file_with(lambda f: f.attrs.create("a", np.array([b"one", b"two"])))
    with hdf5.reading(content) as file:
        assert file.texts("a") == ["one", "two"]
        assert file.texts("b") == []
        with pytest.raises(ValueError, match="'a' holds no text"):
            file.text("a")


def test_a_text_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "LONGEST_TEXT", 3)
    content = file_with(lambda f: f.attrs.create("a", "text"))
    with (
        hdf5.reading(content) as file,
        pytest.raises(ValueError, match="'a' is 4 characters long"),
    ):
        file.text("a")


def test_arrays_that_lie_in_one_place_are_not_read_twice_over() -> None:
    content = file_with(lambda f: f.create_dataset("x", data=np.ones(200)))
    with hdf5.reading(content) as file:
        x = file.dataset("x")
        assert hdf5.read_all([x], file.size)[0].sum() == 200
        with pytest.raises(ValueError, match=r"declare 16,000 bytes, the file has"):
            hdf5.read_all([x] * 10, file.size)


def test_an_array_without_a_shape() -> None:
    content = file_with(lambda f: f.create_dataset("x", data=h5py.Empty("f4")))
    with hdf5.reading(content) as file, pytest.raises(ValueError, match="'x' is empty"):
        file.dataset("x")


def test_a_learning_rate_that_was_changed_is_loaded_with_the_weights(tmp_path: Any) -> None:
    model, other = (Sequential([Input((1,)), Dense(1)]) for _ in range(2))
    for one in (model, other):
        one.compile("sgd", "mse")
    model.optimizer.learning_rate = 0.5
    model.save_weights(tmp_path / "m.weights.h5")
    other.load_weights(tmp_path / "m.weights.h5")
    assert other.optimizer.learning_rate == 0.5
