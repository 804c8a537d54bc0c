"""Reading HDF5 files that may be damaged or made to harm.

Only groups, and arrays of numbers that lie whole in the file, are read: no links to elsewhere, no
arrays put together from other files, nothing that takes more memory than the file is long.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

LONGEST_TEXT = 32 * 2**20  # bytes of a configuration


@contextmanager
def reading(content: bytes) -> Iterator[Reader]:
    """Open the bytes of an HDF5 file.

    Raises
    ------
    ValueError
        Here and within the block, if it is none, is damaged, or holds what is not read.
    """
    import h5py

    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            yield Reader(file, len(content))
    except (OSError, KeyError, RuntimeError, OverflowError, UnicodeDecodeError) as error:
        raise ValueError(f"it is no whole HDF5 file ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


class Reader:
    """An open file, or a group in it.

    Parameters
    ----------
    group : h5py.Group
        To read from.
    size : int
        Length of the whole file in bytes, which no array in it can exceed.
    """

    def __init__(self, group: Any, size: int) -> None:
        self.group, self.size = group, size

    def names(self) -> list[str]:
        """Return what is directly in the group."""
        return list(self.group)

    def __contains__(self, path: str) -> bool:
        return self._find(path) is not None

    def within(self, path: str) -> Reader:
        """Return the group at `path`.

        Raises
        ------
        ValueError
            If there is none.
        """
        found = self._find(path)
        if found is None or not hasattr(found, "keys"):
            raise ValueError(f"it has no group {path!r}")
        return Reader(found, self.size)

    def _find(self, path: str) -> Any:
        """Follow a path, hard links only."""
        import h5py

        here = self.group
        for name in filter(None, path.split("/")):
            if not hasattr(here, "keys") or name == "." or here.get(name, getlink=True) is None:
                return None
            if not isinstance(here.get(name, getlink=True), h5py.HardLink):
                raise ValueError(f"{path!r} is a link to elsewhere, which is not followed")
            here = here[name]
        return here

    def dataset(self, path: str) -> Dataset:
        """Return the array at `path`, checked but not yet read.

        Raises
        ------
        ValueError
            If there is none, it holds no numbers, or declares more than the file holds.
        """
        found = self._find(path)
        if found is None or not hasattr(found, "dtype"):
            raise ValueError(f"it has no array {path!r}")
        return Dataset(path, found, self.size)

    def text(self, name: str) -> str | None:
        """Return an attribute that holds text, or None where there is none."""
        if name not in self.group.attrs:
            return None
        value = self._attribute(name)
        if isinstance(value, np.ndarray) and value.shape == ():
            value = value.item()
        if isinstance(value, bytes):
            value = value.decode("utf-8")
        if not isinstance(value, str):
            raise ValueError(f"its attribute {name!r} holds no text")
        if len(value) > LONGEST_TEXT:
            raise ValueError(f"its attribute {name!r} is {len(value):,} characters long")
        return value

    def texts(self, name: str) -> list[str]:
        """Return an attribute that lists texts; long ones are cut into name0, name1, ..."""
        if name in self.group.attrs:
            return self._texts(name)
        found, part = [], 0
        while f"{name}{part}" in self.group.attrs:
            found += self._texts(f"{name}{part}")
            part += 1
        return found

    def _texts(self, name: str) -> list[str]:
        values = np.atleast_1d(self._attribute(name)).tolist()
        values = [v.decode("utf-8") if isinstance(v, bytes) else v for v in values]
        if not all(isinstance(v, str) for v in values):
            raise ValueError(f"its attribute {name!r} holds no texts")
        return values

    def _attribute(self, name: str) -> Any:
        """Read an attribute of texts, or an empty one."""
        import h5py

        declared = self.group.attrs.get_id(name)
        if 0 in declared.shape:
            return []
        if declared.dtype.kind != "S" and not h5py.check_string_dtype(declared.dtype):
            raise ValueError(f"its attribute {name!r} holds no text")
        if declared.get_storage_size() > self.size:
            raise ValueError(f"its attribute {name!r} declares more than the file holds")
        return self.group.attrs[name]


class Dataset:
    """An array in a file, checked and not yet read."""

    def __init__(self, path: str, dataset: Any, size: int) -> None:
        kind = dataset.dtype.kind
        if kind not in "fiu" or dataset.dtype.itemsize > 8:
            raise ValueError(f"{path!r} holds {dataset.dtype}, not numbers")
        if dataset.is_virtual or dataset.external:
            raise ValueError(f"{path!r} is kept in other files, which are not read")
        if dataset.shape is None:
            raise ValueError(f"{path!r} is empty")
        self.path, self.shape = path, tuple(dataset.shape)
        self.nbytes = (
            int(np.prod([int(n) for n in self.shape], dtype=object)) * dataset.dtype.itemsize
        )
        if self.nbytes > min(size, dataset.id.get_storage_size()):
            raise ValueError(
                f"{path!r} declares {self.nbytes:,} bytes of shape {self.shape}, more than it holds"
            )
        self._dataset = dataset

    def read(self) -> np.ndarray:
        """Return the array."""
        return self._dataset[()]


def read_all(datasets: list[Dataset], size: int) -> list[np.ndarray]:
    """Read arrays that are together no longer than the file.

    Raises
    ------
    ValueError
        If they are: several of them then lie in one place.
    """
    total = sum(dataset.nbytes for dataset in datasets)
    if total > size:
        raise ValueError(f"its arrays declare {total:,} bytes, the file has {size:,}")
    return [dataset.read() for dataset in datasets]
