"""Arrays in an `.npz` file: written as NumPy does, read as if it were made to harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from math import prod
from pathlib import Path

import numpy as np

# What NumPy writes before an array of numbers or texts, in version 1 of its format.
HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<>|][biufU]\d+)', 'fortran_order': (False|True), "
    rb"'shape': \(([\d, ]*)\), \} *\n",
    re.DOTALL,
)


def packed(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return an `.npz` file of arrays by name."""
    buffer = io.BytesIO()
    np.savez(buffer, **{name.replace("/", "|"): array for name, array in arrays.items()})
    return buffer.getvalue()


def load(path: Path) -> dict[str, np.ndarray]:
    """Return the arrays of a file by name, in its order.

    No more memory is taken than the file is long, and nothing is unpickled.

    Raises
    ------
    ValueError
        If it is not what :func:`packed` returned; the caller names it.
    """
    if not path.is_file():
        raise ValueError("it is no file")
    content = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise ValueError("it is compressed")
            if sum(member.file_size for member in members) > len(content):
                raise ValueError("it declares more than it holds")
            arrays = {member.filename: _array(archive.read(member)) for member in members}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"it is no whole zip file ({error})") from error
    return {name.removesuffix(".npy").replace("|", "/"): array for name, array in arrays.items()}


def _array(content: bytes) -> np.ndarray:
    """Return an array from the bytes of an `.npy` file."""
    header = HEADER.match(content)
    if header is None:
        raise ValueError("it holds what is no array of numbers or texts")
    dtype, order = np.dtype(header[1].decode()), "F" if header[2] == b"True" else "C"
    shape = tuple(int(n) for n in header[3].split(b",") if n.strip())
    data = memoryview(content)[header.end() :]
    if prod(shape) * dtype.itemsize != len(data):
        raise ValueError(f"an array of shape {shape!s:.80} has {len(data):,} bytes")
    return np.frombuffer(data, dtype).reshape(shape, order=order).copy()
