"""Small files that, believed, would take much time or memory, or be read from elsewhere."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from itertools import count
from typing import Any

import h5py
import numpy as np

Files = dict[str, tuple[bytes, str]]
Edit = Callable[[Any], Any]


def bombs(members: dict[str, bytes], older: bytes, edited: Callable[[bytes, Edit], bytes]) -> Files:
    """Return each file's bytes and what its refusal says, by file name.

    Parameters
    ----------
    members : dict of str to bytes
        Of a sound `.keras` file, a compiled `Sequential` with Adam.
    older : bytes
        The same model as an `.h5` file.
    edited : callable
        Changes an HDF5 file.
    """
    files: Files = {}

    def stored(name: str, match: str, edit: Edit) -> None:
        weights = edited(members["model.weights.h5"], edit)
        files[f"{name}.keras"] = archive(members | {"model.weights.h5": weights}), match

    def in_older(name: str, match: str, edit: Edit) -> None:
        files[f"{name}.h5"] = edited(older, edit), match

    def configured(name: str, match: str, config: Any) -> None:
        content = json.dumps(config).encode()
        files[f"{name}.keras"] = archive(members | {"config.json": content}), match

    config = json.loads(members["config.json"])
    _archives(files, members)
    _links(stored, in_older)
    files["one_text.h5"] = one_text(older, edited), "its texts are longer than the file"
    _numbers(stored)
    _models(configured)
    _compiled(configured, config)
    return files


def archive(members: dict[str, bytes], **methods: int) -> bytes:
    """Return a zip of members, stored or compressed by a method given for the start of a name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, part in members.items():
            method = methods.get(name.partition(".")[0], zipfile.ZIP_STORED)
            file.writestr(zipfile.ZipInfo(name), part, method)
    return content.getvalue()


def _archives(files: Files, members: dict[str, bytes]) -> None:
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        said = "is compressed in a way that is not read"
        files[f"{name}_config.keras"] = archive(members, config=method), f"config.json {said}"
        files[f"{name}_weights.keras"] = archive(members, model=method), f"weights.h5 {said}"
    zeros = members | {"model.weights.h5": bytes(10_000_000)}
    modest = bytearray(archive(zeros, model=zipfile.ZIP_DEFLATED))
    at = modest.rindex(b"model.weights.h5") - 46  # of its entry in the directory
    modest[at + 24 : at + 28] = struct.pack("<I", 500_000)
    files["modest_bomb.keras"] = bytes(modest), "no whole zip file .*CRC"
    link = zipfile.ZipInfo("model.weights.h5")
    link.external_attr = 0o120777 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("config.json", members["config.json"])
        file.writestr(link, "/etc/passwd")
    files["symbolic_link.keras"] = content.getvalue(), "no whole HDF5 file"


def _links(stored: Callable[..., None], in_older: Callable[..., None]) -> None:
    def doubling(file: Any) -> None:  # 2⁴⁰ paths
        here = file["layers/dense"]
        for _ in range(40):
            here = here.create_group("a")
            here.parent["b"] = here

    def circle(file: Any) -> None:
        file["layers/dense/again"] = file["layers"]

    def two_names(file: Any) -> None:
        file["model_weights/second"] = file["model_weights/dense"]
        file["model_weights"].attrs["layer_names"] = [b"dense", b"second"]

    def names(group: str, name: str, values: Any) -> Edit:
        return lambda file: file[group].attrs.create(name, values)

    stored("doubling", "is a second name of 'layers/dense/a", doubling)
    stored("circle", "'layers/dense/again.*is a second name of|nested too deeply", circle)
    in_older("two_names", "'model_weights/second' is a second name", two_names)
    many = np.array([b"dense"] * 5000)
    in_older("same_layers", "lists a name twice", names("model_weights", "layer_names", many))
    many = np.array([b"dense/kernel"] * 5000)
    in_older("same", "lists a name twice", names("model_weights/dense", "weight_names", many))
    in_older("empty_text", "holds no text", names("/", "model_config", h5py.Empty("S10")))
    slashes = [b"dense", b"/dense", b"//dense"]
    in_older("slashes", "has no group '/dense'", names("model_weights", "layer_names", slashes))


def one_text(older: bytes, edited: Callable[[bytes, Edit], bytes]) -> bytes:
    """Return a file that lists one long text 3,000 times; it lies there once."""
    texts = np.array(["x" * 100_000, *["dense"] * 2999], dtype=h5py.string_dtype())
    content = edited(older, lambda f: f["model_weights"].attrs.create("layer_names", texts))
    at = content.index(struct.pack("<I", 100_000))  # then an address and a number
    while content[at + 16 : at + 20] != struct.pack("<I", 5):
        at = content.index(struct.pack("<I", 100_000), at + 1)
    return content[:at] + content[at : at + 16] * 3000 + content[at + 16 * 3000 :]


def _numbers(stored: Callable[..., None]) -> None:
    def replaced(path: str, value: Any, **how: Any) -> Edit:
        def edit(file: Any) -> None:
            del file[path]
            file.create_dataset(path, data=value, **how)

        return edit

    def chunk(file: Any) -> None:  # 48 bytes, of which 10 million come
        replaced("layers/dense/vars/0", np.ones((3, 4), "f4"), chunks=(3, 4), compression=9)(file)
        bomb = zlib.compress(bytes(10_000_000), 9)
        file["layers/dense/vars/0"].id.write_direct_chunk((0, 0), bomb)

    stored("chunk_bomb", "'layers/dense/vars/0' is compressed", chunk)
    steps, rate = "optimizer/vars/0", "optimizer/vars/1"
    stored("steps_nan", "number of steps must be .*nan", replaced(steps, np.float32(np.nan)))
    stored("steps_below_0", "number of steps must be at least 0", replaced(steps, np.int32(-5)))
    stored("rate_inf", "learning rate must be .*inf", replaced(rate, np.float32(np.inf)))
    stored("rate_below_0", "learning rate must be at least 0", replaced(rate, np.float32(-1)))
    large = replaced("layers/dense/vars/0", np.full((3, 4), 1e300))
    stored("larger_numbers", "holds numbers that float32 does not", large)


def _models(configured: Callable[..., None]) -> None:
    relu = {"class_name": "ReLU", "config": {}}
    some = {"class_name": "Sequential", "config": {"layers": [relu] * 100}}
    configured("many_layers", "more than 5,000 layers", chain([relu] * 20_000))
    configured("many_models", "more than 5,000 layers", chain([some] * 100))
    configured("shared_models", "more than 5,000 layers", shared(levels=12, width=4))
    calls = [[["x", 0, 0]]] * 20_000
    entry = {"class_name": "ReLU", "config": {"name": "r"}, "name": "r", "inbound_nodes": calls}
    configured("many_calls", "more than 5,000 calls", graph([entry], ["r", 0, 0]))
    outputs = [["x", 0, 0]] * 1000
    configured("many_outputs", "more than 100 inputs or outputs", graph([], outputs))
    name = {"class_name": "x" * 1_000_000, "config": {}}
    configured("long_name", "Unknown layer 'xxx", chain([name]))


def _compiled(configured: Callable[..., None], config: Any) -> None:
    def compiled(name: str, match: str, **changes: Any) -> None:
        configured(name, match, config | {"compile_config": config["compile_config"] | changes})

    auc = {"class_name": "AUC", "config": {"num_thresholds": 10**9}}
    compiled("thresholds", "num_thresholds must be at most 100000", metrics=[auc])
    compiled("many_metrics", "more than 200 losses and metrics", metrics=["mae"] * 1000)
    compiled("metrics_in_metrics", "more than 200 losses", weighted_metrics=[["mae"] * 50] * 50)


def chain(layers: list[Any]) -> dict[str, Any]:
    """Return the entry of a `Sequential` over vectors of three numbers."""
    entry = {"class_name": "InputLayer", "config": {"batch_shape": [None, 3]}}
    return {"class_name": "Sequential", "config": {"name": "s", "layers": [entry, *layers]}}


def graph(layers: list[Any], output: list[Any], name: str = "m") -> dict[str, Any]:
    """Return the entry of a functional model of one input, 'x'."""
    x = {"batch_shape": [None, 3], "name": "x"}
    entry = {"class_name": "InputLayer", "config": x, "name": "x", "inbound_nodes": []}
    ends = {"input_layers": ["x", 0, 0], "output_layers": output}
    config = {"name": name, "layers": [entry, *layers], **ends}
    return {"class_name": "Functional", "config": config}


def shared(levels: int, width: int) -> dict[str, Any]:
    """Return a model of models, each of which has all those one level below: widthˡᵉᵛᵉˡˢ paths."""
    numbers = count(1)

    def around(inner: list[Any]) -> dict[str, Any]:
        layers, before = [], "x"
        for entry in inner:
            name = f"m{entry['shared_object_id']}"
            layers.append({**entry, "name": name, "inbound_nodes": [[[before, 0, 0]]]})
            before = name
        is_model = inner[-1]["class_name"] == "Functional"
        number = next(numbers)
        entry = graph(layers, [before, int(is_model), 0], name=f"m{number}")
        return entry | {"shared_object_id": number}

    inner: list[Any] = []
    for _ in range(width):
        number = next(numbers)
        config = {"name": f"m{number}"}
        inner.append({"class_name": "ReLU", "config": config, "shared_object_id": number})
    for _ in range(levels):
        known = [{**entry, "config": {}} for entry in inner]
        inner = [around(inner), *(around(known) for _ in range(width - 1))]
    return around(inner)
