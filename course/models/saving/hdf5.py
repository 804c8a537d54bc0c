"""Reading HDF5 files that may be damaged or made to harm.

Only groups, and arrays of numbers that lie whole in the file, are read: no links to elsewhere, no
second names of what has one already, no arrays that are compressed or put together from other
files, nothing that takes more memory than the file is long.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, takewhile
from math import prod
from typing import Any

import numpy as np

from course import config

LONGEST_TEXT = 16 * 2**20  # bytes of a configuration
ADDRESSES = (8, 8)  # bytes of them, and of lengths
MOST_TEXTS = 10_000  # in a list whose texts lie apart from it


@contextmanager
def reading(content: bytes) -> Iterator[Reader]:
    """Open the bytes of an HDF5 file.

    Raises
    ------
    ValueError
        Here and within the block, if it is none, is damaged, or holds what is not read.
    """
    import h5py

    _check_texts(content)
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            if file.id.get_create_plist().get_sizes() != ADDRESSES:
                raise ValueError("its addresses are not 8 bytes long")
            yield Reader(file, len(content))
    except FloatingPointError as error:
        raise ValueError(f"it holds numbers that {config.floatx()} does not") from error
    except (OSError, KeyError, RuntimeError, OverflowError, UnicodeDecodeError) as error:
        raise ValueError(f"it is no whole HDF5 file ({_first_line(error)})") from error


def _check_texts(content: bytes) -> None:
    """Refuse a file that refers so often to a long text that all copies are longer than the file.

    Texts of any length lie in heaps, apart from the list that has an address and a number for each.
    """
    total, long_ones = 0, 0
    for heap in re.finditer(rb"GCOL\x01", content):
        start = heap.start()
        size = int.from_bytes(content[start + 8 : start + 16], "little")
        here, end = start + 16, min(len(content), start + size) - 16
        while here < end:
            number, length = struct.unpack_from("<H6xQ", content, here)
            if number == 0:
                break
            if length > 4096:
                total += length * content.count(struct.pack("<QI", start, number))
                long_ones += 1
            if total > 2 * len(content) or long_ones > 100:
                raise ValueError("its texts are longer than the file")
            here += 16 + -(-length // 8) * 8


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
    path : str, default ''
        Where the group is in the file.
    places : dict of int to str, optional
        The address of each object met so far, and its path.
    """

    def __init__(
        self, group: Any, size: int, path: str = "", places: dict[int, str] | None = None
    ) -> None:
        self.group, self.size, self.path = group, size, path
        self.places = {} if places is None else places

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
        return Reader(found, self.size, f"{self.path}/{path}", self.places)

    def _find(self, path: str) -> Any:
        """Follow a path, hard links only, to objects that have no other."""
        import h5py

        here, place = self.group, self.path
        for name in path.split("/"):
            link = here.get(name, getlink=True) if hasattr(here, "keys") and name else None
            if link is None or name == ".":
                return None
            if not isinstance(link, h5py.HardLink):
                raise ValueError(f"{path!r} is a link to elsewhere, which is not followed")
            here, place = here[name], f"{place}/{name}"
            first = self.places.setdefault(h5py.h5o.get_info(here.id).addr, place)
            if first != place:
                raise ValueError(f"{place[1:]!r} is a second name of {first[1:]!r}")
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
        parts, found = [name], []
        if name not in self.group.attrs:
            parts = takewhile(self.group.attrs.__contains__, (f"{name}{n}" for n in count()))
        for part in parts:
            found += self._texts(part)
        if len(set(found)) < len(found):
            raise ValueError(f"its attribute {name!r} lists a name twice")
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
        if declared.shape is None or 0 in declared.shape:
            return []
        if declared.dtype.kind != "S" and not h5py.check_string_dtype(declared.dtype):
            raise ValueError(f"its attribute {name!r} holds no text")
        if declared.dtype.kind != "S" and prod(declared.shape) > MOST_TEXTS:
            raise ValueError(f"its attribute {name!r} lists more than {MOST_TEXTS:,} texts")
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
        if dataset.id.get_create_plist().get_nfilters():
            raise ValueError(f"{path!r} is compressed, which is not read")
        self._dataset = dataset

    def read(self) -> np.ndarray:
        """Return the array, in a type that holds no larger numbers than weights do."""
        array = self._dataset[()]
        if array.dtype.kind != "f" or np.can_cast(array.dtype, config.floatx()):
            return array
        with np.errstate(over="raise"):
            return array.astype(config.floatx())


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
