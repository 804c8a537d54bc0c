"""Arrays in a file come back as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from course.tuners import arrays

KEPT = {
    "weights/0": np.arange(6, dtype="float32").reshape(2, 3),
    "column": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "none": np.zeros((0, 4)),
    "scalar": np.asarray(7),
    "flag": np.asarray(True),
    "other end": np.arange(3, dtype=">i4"),
    "words": np.asarray('["ä", 1]'),
    "list": np.asarray(["a", "bcd"]),
}


def test_they_come_back_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(arrays.packed(KEPT))
    loaded = arrays.load(tmp_path / "a.npz")
    assert list(loaded) == list(KEPT)
    for name, array in KEPT.items():
        assert loaded[name].dtype == array.dtype
        np.testing.assert_array_equal(loaded[name], array, strict=True)
        assert loaded[name].flags.writeable


def test_what_numpy_writes_is_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", a=np.ones((1, 2, 3)), b=np.zeros(300, "<u2"))
    assert [a.shape for a in arrays.load(tmp_path / "a.npz").values()] == [(1, 2, 3), (300,)]


def test_objects_are_not_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", a=np.array([None]))
    with pytest.raises(ValueError, match="no array of numbers or texts"):
        arrays.load(tmp_path / "a.npz")
