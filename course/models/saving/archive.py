"""A `.keras` file: a zip of metadata.json, config.json and model.weights.h5."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import Any, NamedTuple

METADATA, CONFIG, WEIGHTS = "metadata.json", "config.json", "model.weights.h5"
LONGEST = {METADATA: 2**16, CONFIG: 16 * 2**20}  # bytes
EXPANSION = 100  # how many times its size in the zip a part may have
# bzip2 and LZMA are unpacked at once, however much comes of it; Keras stores.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
KERAS_VERSION = "3.15.1"  # whose layout is written
SIGNATURE = b"PK"


class Parts(NamedTuple):
    """What is in the zip, the configuration as text and the weights as a file."""

    config: str
    weights: bytes


def pack(config: dict[str, Any], weights: bytes) -> bytes:
    """Return the bytes of a `.keras` file."""
    metadata = {
        "keras_version": KERAS_VERSION,
        "date_saved": datetime.now().strftime("%Y-%m-%d@%H:%M:%S"),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in (
            (METADATA, json.dumps(metadata)),
            (CONFIG, json.dumps(config, allow_nan=False)),
            (WEIGHTS, weights),
        ):
            archive.writestr(zipfile.ZipInfo(name), part)  # stored, as Keras does, dated 1980
    return content.getvalue()


def unpack(content: bytes) -> Parts:
    """Return what is in a `.keras` file.

    Raises
    ------
    ValueError
        If it is none, is damaged, holds something else, or grows too much when unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _members(archive)
            config = _read(archive, members, CONFIG).decode("utf-8")
            return Parts(config, _read(archive, members, WEIGHTS))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"it is no whole zip file ({error})") from error
    except zipfile.zlib.error as error:
        raise ValueError(f"it is damaged ({error})") from error


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.filename not in (METADATA, CONFIG, WEIGHTS):
            raise ValueError(
                f"it holds {info.filename!r:.80}, which is no part of a model; known are "
                f"{METADATA}, {CONFIG} and {WEIGHTS}"
            )
        if info.filename in members:
            raise ValueError(f"it holds {info.filename!r} twice")
        members[info.filename] = info
    return members


def _read(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    if name not in members:
        raise ValueError(f"it is a zip file without {name}, so no model of Keras 3")
    info = members[name]
    if info.compress_type not in METHODS:
        raise ValueError(f"its {name} is compressed in a way that is not read; deflate is")
    if info.file_size > EXPANSION * max(info.compress_size, 1):
        raise ValueError(
            f"its {name} grows from {info.compress_size:,} to {info.file_size:,} bytes, more than "
            f"{EXPANSION} times"
        )
    if info.file_size > LONGEST.get(name, info.file_size):
        raise ValueError(f"its {name} has {info.file_size:,} bytes, more than {LONGEST[name]:,}")
    with archive.open(info) as part:
        return part.read(info.file_size)


def parse(text: str, what: str = CONFIG) -> Any:
    """Return what a JSON text says.

    Raises
    ------
    ValueError
        If it is none, or nested too deeply.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(f"its {what} is nested too deeply") from error
    except ValueError as error:
        raise ValueError(f"its {what} is no JSON ({error})") from error
