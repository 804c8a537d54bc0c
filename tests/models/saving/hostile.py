"""Files that are damaged, foreign, or made to harm: each with what its refusal says.

    python tests/models/saving/hostile.py FOLDER

loads every file of a folder and prints how it was refused; a test runs it with little memory.
"""

from __future__ import annotations

import importlib
import io
import json
import pickle
import runpy
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import h5py
import numpy as np

from course import Input, Model, Sequential
from course.layers import Dense, Dropout
from course.models import load_model

Edit = Callable[[Any], Any]
BOMBS = runpy.run_path(str(Path(__file__).with_name("bombs.py")))
SECONDS = 10  # for a file, on a machine that does much else


def parts(model: Any, folder: Path) -> dict[str, bytes]:
    """Return the parts of a `.keras` file of a model."""
    model.save(folder / "good.keras")
    with zipfile.ZipFile(folder / "good.keras") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip of members."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, part in members.items():
            archive.writestr(name, part)
    return content.getvalue()


def corpus(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Return each file's bytes and what its refusal must say, by file name."""
    model = Sequential([Input((3,)), Dense(4, "tanh"), Dropout(0.5, seed=1), Dense(2)])
    model.compile("adam", "mse", metrics=["mae"])
    sound = parts(model, folder)
    model.save(folder / "good.h5")
    older = (folder / "good.h5").read_bytes()
    whole = packed(sound)
    config, weights = json.loads(sound["config.json"]), sound["model.weights.h5"]
    files: dict[str, tuple[bytes, str]] = {}

    def zipped(name: str, match: str, /, **members: bytes) -> None:
        changed = {**sound, **{key.replace("__", "."): m for key, m in members.items()}}
        files[f"{name}.keras"] = packed(changed), match

    def configured(name: str, match: str, edit: Edit) -> None:
        copy = json.loads(json.dumps(config))
        copy = edit(copy) or copy
        zipped(name, match, config__json=json.dumps(copy).encode())

    def layer(name: str, match: str, /, index: int = 1, **changes: Any) -> None:
        configured(name, match, lambda c: c["config"]["layers"][index]["config"].update(changes))

    def stored(name: str, match: str, edit: Edit) -> None:
        files[f"{name}.keras"] = packed({**sound, "model.weights.h5": edited(weights, edit)}), match

    def in_older(name: str, match: str, edit: Edit) -> None:
        files[f"{name}.h5"] = edited(older, edit), match

    _foreign(files, whole, older)
    _archives(files, zipped, sound, whole)
    _configurations(configured, layer)
    _arrays(stored, in_older)
    return files | BOMBS["bombs"](sound, older, edited)


def edited(content: bytes, edit: Edit) -> bytes:
    """Return an HDF5 file after a change to it."""
    buffer = io.BytesIO(content)
    with h5py.File(buffer, "r+") as file:
        edit(file)
    return buffer.getvalue()


def _foreign(files: dict[str, tuple[bytes, str]], whole: bytes, older: bytes) -> None:
    files["empty.keras"] = b"", "it is empty"
    files["picture.keras"] = b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"
    files["words.h5"] = b"once upon a time", "it begins with b'once upo'"
    files["json.keras"] = b'{"class_name": "Sequential"}', "JSON"
    files["pickle.keras"] = pickle.dumps(print), "a pickle"
    files["zip_of_else.keras"] = packed({"readme.txt": b"hello"}), "'readme.txt', which is no part"
    for n, cut in enumerate((10, 300, len(whole) // 2, len(whole) - 10)):
        files[f"cut{n}.keras"] = whole[:cut], "no whole zip file"
    for n, cut in enumerate((20, 600, len(older) // 2, len(older) - 10)):
        files[f"cut{n}.h5"] = older[:cut], "no whole HDF5 file"
    damaged = bytearray(whole)
    damaged[whole.index(b"config.json") + 200] ^= 1
    files["one_bit.keras"] = bytes(damaged), "no whole zip file .*CRC"
    empty = io.BytesIO()
    with h5py.File(empty, "w") as file:
        file["x"] = np.ones(3)
    files["other.h5"] = empty.getvalue(), "it holds no model"


def _archives(
    files: dict[str, tuple[bytes, str]], zipped: Callable[..., None], sound: Any, whole: bytes
) -> None:
    files["climbs.keras"] = packed({**sound, "../../evil": b"x"}), r"'../../evil', which is no part"
    files["absolute.keras"] = packed({**sound, "/etc/x": b"x"}), "'/etc/x', which is no part"
    files["asset.keras"] = packed({**sound, "assets/words.txt": b"x"}), "'assets/words.txt'"
    files["no_weights.keras"] = (
        packed({"config.json": sound["config.json"]}),
        "without model.weights.h5",
    )
    files["bomb.keras"] = (
        packed({**sound, "config.json": b" " * 30_000_000}, zipfile.ZIP_DEFLATED),
        "grows from .* to 30,000,000 bytes, more than 100 times",
    )
    files["weights_bomb.keras"] = (
        packed({**sound, "model.weights.h5": bytes(60_000_000)}, zipfile.ZIP_DEFLATED),
        "model.weights.h5 grows from",
    )
    files["long.keras"] = packed({**sound, "config.json": b" " * (33 * 2**20)}), "more than"
    twice = io.BytesIO(whole)
    with warnings.catch_warnings(), zipfile.ZipFile(twice, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("config.json", b"{}")
    files["twice.keras"] = twice.getvalue(), "holds 'config.json' twice"
    lying = bytearray(whole)  # the directory says that the weights are a terabyte
    at = whole.rindex(b"model.weights.h5") - 46
    lying[at + 20 : at + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    files["lies.keras"] = bytes(lying), "no whole zip file|damaged|truncated"
    zipped("deep", "nested too deeply", config__json=b"[" * 200_000)
    zipped("no_json", "config.json is no JSON", config__json=b"hello")
    zipped("no_text", "codec can't decode", config__json=b"\xff\xfe\x00")
    zipped("number", "got 5", config__json=b"5")
    zipped("list", "got ", config__json=b"[1, 2]")
    zipped("digits", "no JSON", config__json=b"9" * 10_000)


def _configurations(configured: Callable[..., None], layer: Callable[..., None]) -> None:
    def named(name: str, **entry: Any) -> Edit:
        return lambda c: c["config"]["layers"][1].update(class_name=name, **entry)

    layer("wide", r"layer 'dense' has kernel \(3, 1000000000\)", units=10**9)
    layer("wider", "cannot be loaded", units=10**30)
    layer("no_units", "units must be", units="many")
    layer("unknown_argument", "cannot be made.*Dense has no argument 'unitz'", unitz=3)
    layer("quantized", "quantization_config='int8' is not supported", quantization_config="int8")
    layer("half", "dtype='mixed_float16' is not supported", dtype="mixed_float16")
    layer("rate", "rate must be", index=2, rate=[1])
    layer("seed", "seed must be", index=2, seed=-1)
    layer("huge_input", "layer 'dense' has kernel", index=0, batch_shape=[None, 10**12])
    layer("activation", "Unknown activation 'tahn'. Did you mean 'tanh'", activation="tahn")
    layer("activation_class", "cannot be loaded", activation={"class_name": ["x"]})
    layer("initializer", "Unknown initializer", kernel_initializer={"class_name": "os.system"})
    layer("name", "cannot be loaded", name=["x"])
    configured("lambda", "Unknown layer 'Lambda'", named("Lambda"))
    configured("typo", "Unknown layer 'Dens'. Did you mean 'Dense'", named("Dens"))
    configured("own", "'Mine' is a class of 'evil.module'", named("Mine", module="evil.module"))
    configured("wrapped", "Unknown layer '__lambda__'", named("__lambda__"))
    configured("no_class", "has a 'class_name'", named(None))
    configured("no_config", "must be a dict", lambda c: c.update(config=[1]))
    configured("no_layers", "must have a list 'layers'", lambda c: c["config"].pop("layers") and c)
    configured(
        "layer_is_text", "entry of a layer is a dict", lambda c: c["config"].update(layers=["x"])
    )
    configured(
        "optimizer", "Unknown optimizer 'Adamm'", _compiled(optimizer={"class_name": "Adamm"})
    )
    configured("loss", "Unknown loss 'msse'", _compiled(loss="msse"))
    configured("compiled", "compile_config must be a dict", lambda c: c.update(compile_config=[1]))
    configured("ema", "use_ema=True is not supported", _optimizer(use_ema=True))
    configured("nested", "nested more than 20 deep", _nested)
    for name, (match, entry) in functional().items():
        configured(name, match, lambda c, entry=entry: entry)


def _compiled(**changes: Any) -> Edit:
    return lambda c: c["compile_config"].update(changes)


def _optimizer(**changes: Any) -> Edit:
    return lambda c: c["compile_config"]["optimizer"]["config"].update(changes)


def _nested(config: Any) -> Any:
    for _ in range(200):
        config = {"class_name": "Sequential", "config": {"name": "s", "layers": [config]}}
    return config


def functional() -> dict[str, tuple[str, Any]]:
    """Return configurations of graphs that cannot be."""
    x = Input((3,), name="x")
    model = Model(x, Dense(2, name="b")(Dense(3, name="a")(x)))

    def changed(edit: Edit) -> Any:
        entry = {"class_name": "Functional", "config": model.get_config()}
        entry = json.loads(json.dumps(entry))
        edit(entry["config"])
        return entry

    def place(layer: int, to: Any) -> Any:
        def edit(config: Any) -> None:
            node = config["layers"][layer]["inbound_nodes"][0]
            node["args"][0]["config"]["keras_history"] = to

        return changed(edit)

    def node(to: Any) -> Any:
        return changed(lambda c: c["layers"][1].update(inbound_nodes=to))

    call = {"args": [], "kwargs": {}}
    return {
        "loop": ("loop at layer 'a'", place(1, ["b", 0, 0])),
        "itself": ("loop at layer 'a'", place(1, ["a", 0, 0])),
        "nobody": ("output of 'z'", place(1, ["z", 0, 0])),
        "second_call": ("has 1 calls, but call 7", place(2, ["a", 7, 0])),
        "negative_call": ("has 1 calls, but call -1", place(2, ["a", -1, 0])),
        "second_output": ("called on output 1 of 'a'", place(2, ["a", 0, 1])),
        "no_place": ("what is no output of a layer", place(2, "a")),
        "text_call": ("is not understood", node(["x"])),
        "calls_no_list": ("must be a list", node("x")),
        "no_arguments": ("called on 0 arguments", node([call])),
        "mask": (
            "only training=True, False or None",
            node(
                [
                    {
                        **call,
                        "args": [
                            {
                                "class_name": "__keras_tensor__",
                                "config": {"keras_history": ["x", 0, 0]},
                            }
                        ],
                        "kwargs": {"mask": 3},
                    }
                ]
            ),
        ),
        "never_called": ("'a' is never called", node([])),
        "no_ends": ("must have a list 'output_layers'", changed(lambda c: c.pop("output_layers"))),
        "wrong_end": ("names an input or output", changed(lambda c: c.update(output_layers=[3]))),
        "end_nowhere": ("'q'", changed(lambda c: c.update(output_layers=["q", 0, 0]))),
        "two_names": (
            "Two layers are called 'a'",
            changed(lambda c: c["layers"][2].update(name="a")),
        ),
        "no_name": ("name of a Functional must be text", changed(lambda c: c.update(name=3))),
    }


def _arrays(stored: Callable[..., None], in_older: Callable[..., None]) -> None:
    kernel = "layers/dense/vars/0"

    def replaced(make: Callable[[Any, str], Any]) -> Edit:
        def edit(file: Any) -> None:
            del file[kernel]
            make(file, kernel)

        return edit

    def soft(file: Any, name: str) -> None:
        file[name] = h5py.SoftLink("/layers/dense/vars/1")

    def outside(file: Any, name: str) -> None:
        file[name] = h5py.ExternalLink("/etc/passwd", "/x")

    def virtual(file: Any, name: str) -> None:
        layout = h5py.VirtualLayout((3, 4), "f4")
        layout[:] = h5py.VirtualSource("other.h5", "x", (3, 4))
        file.create_virtual_dataset(name, layout)

    def hollow(file: Any, name: str) -> None:
        file.create_dataset(name, (3, 4), "f4", chunks=(3, 4), compression="gzip")

    def external(file: Any, name: str) -> None:
        file.create_dataset(name, (3, 4), "f4", external=[("/etc/passwd", 0, 48)])

    def words(file: Any, name: str) -> None:
        file.create_dataset(name, (3, 4), h5py.string_dtype())

    def huge(file: Any, name: str) -> None:
        file.create_dataset(name, (10**6, 10**6), "f4", chunks=(1000, 1000), compression="gzip")

    def aliased(file: Any) -> None:  # one array under many names
        for name in ("momentum", "velocity"):
            file[f"layers/{name}"] = file["layers/dense"]

    stored("soft_link", "is a link to elsewhere", replaced(soft))
    stored("outside_link", "is a link to elsewhere", replaced(outside))
    stored("virtual", "kept in other files", replaced(virtual))
    stored("external", "kept in other files", replaced(external))
    stored("hollow_array", "declares 48 bytes .*more than it holds", replaced(hollow))
    stored("huge_array", "declares 4,000,000,000,000 bytes", replaced(huge))
    stored("words_array", "not numbers", replaced(words))
    stored("missing_array", "has no array|but the file holds", replaced(lambda f, n: None))
    stored("group_for_array", "has no array", replaced(lambda f, n: f.create_group(n)))
    stored("aliased", "'layers/momentum' is a second name of 'layers/dense'", aliased)
    stored("renamed", "has no array", lambda f: f.move(kernel, "layers/dense/vars/x"))
    stored("optimizer_gap", "no array 'optimizer/vars/5'", lambda f: f.pop("optimizer/vars/5"))
    stored("no_layers_stored", "nothing for it", lambda f: f.pop("layers"))
    stored("optimizer_shapes", "does not fit Adam", lambda f: f.pop("optimizer/vars/9"))
    in_older("no_config_text", "holds no text", _set("model_config", np.arange(2)))
    in_older("config_no_json", "model_config is no JSON", _set("model_config", "{"))
    in_older("training_no_json", "training_config is no JSON", _set("training_config", "{"))
    in_older("only_weights", "weights alone", _drop)
    in_older("no_weights_group", "has no group", lambda f: f.pop("model_weights/dense"))
    in_older("names_are_numbers", "holds no text", _names_as_numbers)
    in_older("name_climbs", "is a link to elsewhere|has no array", _climbing_name)


def _set(name: str, value: Any) -> Edit:
    return lambda file: file.attrs.create(name, value)


def _drop(file: Any) -> None:
    del file.attrs["model_config"]


def _names_as_numbers(file: Any) -> None:
    file["model_weights"].attrs["layer_names"] = np.arange(3)


def _climbing_name(file: Any) -> None:
    file["model_weights/dense"].attrs["weight_names"] = [b"../../x", b"/etc"]


def main() -> None:
    """Load every file of a folder in a gigabyte; print its name and how it was refused."""
    with suppress(ImportError):  # Windows knows no such limit
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    for path in sorted(Path(sys.argv[1]).iterdir()):
        start = perf_counter()
        try:
            load_model(path)
        except (ValueError, FileNotFoundError) as error:
            assert perf_counter() - start < SECONDS, path.name
            print(path.name, type(error).__name__, str(error).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
