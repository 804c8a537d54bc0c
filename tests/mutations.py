"""Small changes to files, each decided by a sequence of whole numbers: the same ones repeat it.

A `Draw` gives the numbers: ``draw(n)`` is one in [0, n). It may come from a seed, or from a fuzzer
that looks at what each number led to.
"""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import inf, nan
from typing import Any

import h5py

Draw = Callable[[int], int]
Members = dict[str, bytes]

WORDS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 2**31 - 1, 2**32 - 1, 2**40, 2**63 - 1, 2**64 - 1)
DEEP: list[Any] = []
for _ in range(300):
    DEEP = [DEEP]
VALUES: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 10**6, 10**12, 10**30, -(10**12), 0.5, 1e308, -1e308, nan,
    inf, "", "x", "tanh", "../../x", "/etc/passwd", "x" * 10_000, "\x00", "\x1b[2J", "\ud800",
    "os.system", "__import__('os').system('id')", [], [[]], [None], [0], [10**12], {}, DEEP,
    {"class_name": "Lambda", "config": {"function": ["4wAAAAA=", None, None]}},
    {"class_name": "__lambda__", "config": {"value": "4wAAAAA="}},
    {"class_name": "function", "config": "eval", "module": "builtins"},
    {"class_name": "Popen", "config": {"args": "id"}, "module": "subprocess"},
    {"class_name": "Dense", "config": {"units": 10**9}},
    {"class_name": "AUC", "config": {"num_thresholds": 10**9}},
)  # fmt: skip


def several(edit: Callable[[Any, Draw], Any], most: int) -> Callable[[Any, Draw], Any]:
    """Return what makes up to so many of an edit."""

    def edits(content: Any, draw: Draw) -> Any:
        for _ in range(1 + draw(most)):
            content = edit(content, draw)
        return content

    return edits


# -- bytes -------------------------------------------------------------------------------------


def edit_bytes(content: bytes, draw: Draw) -> bytes:
    """Flip a bit, overwrite, insert, take out, double or cut."""
    if not content:
        return bytes([draw(256)])
    at, kind = draw(len(content)), draw(16)  # most changes leave the length as it is
    end = at + 1 + draw(16)
    before, part, after = content[:at], content[at:end], content[end:]
    if kind <= 5:
        return before + bytes([content[at] ^ 1 << draw(8)]) + content[at + 1 :]
    if kind <= 8:
        return before + bytes([draw(256)]) + content[at + 1 :]
    if kind <= 12:
        word = struct.pack("<Q", WORDS[draw(len(WORDS))])[: (1, 2, 4, 8)[draw(4)]]
        return before + word + content[at + len(word) :]
    if kind == 13:
        return before + after
    if kind == 14:
        return before + part * (2 + draw(3)) + after
    return before


# -- JSON --------------------------------------------------------------------------------------


def edit_json(value: Any, draw: Draw) -> Any:
    """Replace, take out, repeat or exchange something somewhere in what JSON can say."""
    value = json.loads(json.dumps(value))
    places = list(_places(value))
    if not places:
        return VALUES[draw(len(VALUES))]
    (holder, key), kind = places[draw(len(places))], draw(8)
    if kind <= 4:
        holder[key] = VALUES[draw(len(VALUES))]
    elif kind == 5:
        del holder[key]
    elif kind == 6:
        other, its_key = places[draw(len(places))]
        holder[key] = json.loads(json.dumps(other[its_key]))
    else:
        holder[key] = [holder[key]] * (1, 2, 1000)[draw(3)]
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Find every part of lists and dicts: what holds it, and where."""
    if not isinstance(value, dict | list):
        return
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        yield from _places(part)


def json_bytes(edit: Callable[[Any, Draw], Any] = edit_json) -> Callable[[bytes, Draw], bytes]:
    """Return the same edit of a JSON file; sometimes of its bytes."""

    def edits(content: bytes, draw: Draw) -> bytes:
        if draw(4) == 0:
            return edit_bytes(content, draw)
        try:
            return json.dumps(edit(json.loads(content), draw)).encode("utf-8", "surrogatepass")
        except ValueError:
            return edit_bytes(content, draw)

    return edits


# -- HDF5 --------------------------------------------------------------------------------------


def hdf5_bytes(**edits: Callable[[bytes, Draw], bytes]) -> Callable[[bytes, Draw], bytes]:
    """Return an edit of an HDF5 file: of its bytes, or of a text among the attributes of its root.

    Parameters
    ----------
    **edits
        What to do with a text by the name of its attribute.
    """

    def edit(content: bytes, draw: Draw) -> bytes:
        name = [None, *edits][draw(len(edits) + 1)]
        if name is None:
            return several(edit_bytes, 4)(content, draw)
        buffer = io.BytesIO(content)
        with h5py.File(buffer, "r+") as file:
            text = file.attrs.get(name, "{}")
            text = edits[name](text if isinstance(text, bytes) else text.encode(), draw)
            with suppress(ValueError, OSError):  # a text with zeros in it, or a very long one
                file.attrs[name] = text.decode("utf-8", "replace")
        return buffer.getvalue()

    return edit


# -- zip archives ------------------------------------------------------------------------------


def unzipped(content: bytes) -> Members:
    """Return the members of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Members, draw: Draw | None = None) -> bytes:
    """Return a zip of members; with a `draw` it may be compressed, hold links, or lie."""
    methods = (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as archive:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, part in members.items():
            info = zipfile.ZipInfo(name)
            if draw is not None and draw(4) == 0:
                info.compress_type = methods[draw(3)]
            if draw is not None and draw(8) == 0:
                info.external_attr = 0o120777 << 16  # a symbolic link
                part = b"/etc/passwd"
            archive.writestr(info, part)
    return content.getvalue()


NAMES = ("../evil", "/evil", "config.json", "model.weights.h5", "evil.pkl", "assets/x", "a" * 5000)


def edit_archive(members: Members, draw: Draw) -> Members:
    """Rename, take out, empty or blow up a member, or put one in."""
    name, kind = list(members)[draw(len(members))], draw(5)
    rest = {other: part for other, part in members.items() if other != name}
    if kind == 0:
        return rest
    if kind == 1:
        return rest | {NAMES[draw(len(NAMES))]: members[name]}
    if kind == 2:
        return members | {name: b""}
    if kind == 3:
        return members | {name: bytes(10_000_000)}
    return members | {NAMES[draw(len(NAMES))]: b"cos\nsystem\n(S'id'\ntR."}


def zip_bytes(
    **edits: Callable[[bytes, Draw], bytes],
) -> Callable[[bytes, Draw], bytes]:
    """Return an edit of an archive: of its bytes, its list of members, or what is in one.

    Parameters
    ----------
    **edits
        What to do with members by the ends of their names, a dot written as ``_``.
    """

    def edit(content: bytes, draw: Draw) -> bytes:
        kind, members = draw(8), unzipped(content)
        if kind == 0:
            return several(edit_bytes, 4)(content, draw)
        if kind == 1:
            return zipped(edit_archive(members, draw), draw)
        ends = [(n, e) for n in members for end, e in edits.items() if _ends(n, end)]
        name, change = ends[draw(len(ends))]
        return zipped(members | {name: change(members[name], draw)})

    return edit


def _ends(name: str, end: str) -> bool:
    return name.endswith(end.replace("_", "."))
