"""Loading: from a file to a model. Nothing in the file is run, and nothing in it is believed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course import checks
from course.engine.hollow import hollow_weights
from course.models.saving import archive, hdf5, legacy, weights
from course.models.saving.compiling import compile_model
from course.models.saving.rebuild import model_from_entry
from course.serialization import custom_object_scope

_HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
LONGEST_MESSAGE = 2000  # characters


def load_model(
    filepath: str | os.PathLike[str],
    custom_objects: dict[str, Any] | None = None,
    compile: bool = True,  # noqa: A002  as Keras calls it
) -> Any:
    """Return the model in a file, of this package or of Keras.

    Nothing in the file is run or unpickled, and no more memory is taken than the file is long.

    Parameters
    ----------
    filepath : str or path-like
        A ``.keras`` file, or an ``.h5`` file of a whole model.
    custom_objects : dict of str to object, optional
        Layers, losses, metrics, ... of one's own by the names that they have in the file.
    compile : bool, default True
        Whether to compile the model as it was, the optimizer's state included.

    Returns
    -------
    Model or Sequential

    Raises
    ------
    FileNotFoundError
        If there is no file.
    ValueError
        If it is no model, is damaged, declares more than it holds, or has something that is
        unknown or not supported here; it is named.
    """
    with_compile = checks.flag("compile", compile)
    with _blaming(filepath), custom_object_scope(custom_objects):
        content = _content(filepath)
        if content.startswith(archive.SIGNATURE):
            return _from_archive(content, with_compile)
        if content.startswith(_HDF5_SIGNATURE):
            return _from_hdf5(content, with_compile)
        raise ValueError(f"it is neither a .keras nor an .h5 file ({_kind(content)})")


def _from_archive(content: bytes, with_compile: bool) -> Any:
    parts = archive.unpack(content)
    entry = archive.parse(parts.config)
    with hollow_weights():
        model = model_from_entry(entry)
    with hdf5.reading(parts.weights) as file:
        found = weights.find_weights(model, file), weights.find_generators(model, file)
        _finish(model, file, found, entry.get("compile_config") if with_compile else None, weights)
    return model


def _from_hdf5(content: bytes, with_compile: bool) -> Any:
    with hdf5.reading(content) as file:
        entry, compiled = legacy.configs(file)
        with hollow_weights():
            model = model_from_entry(entry)
        found = (legacy.find_weights(model, file) if model.built else []), []
        _finish(model, file, found, compiled if with_compile else None, legacy)
    return model


def _finish(
    model: Any, file: hdf5.Reader, found: tuple[list[Any], list[Any]], compiled: Any, form: Any
) -> None:
    """Fill the model, compile it, and then fill the optimizer."""
    everything = weights.Found(found[0], [], found[1])
    arrays, _ = weights.read(model, everything, file.size)
    weights.assign(model, everything, arrays, [])
    compile_model(model, compiled)
    slots = weights.Found([], form.find_optimizer(model, file), [])
    weights.assign(model, slots, *weights.read(model, slots, file.size))


def load_weights(model: Any, filepath: str | os.PathLike[str]) -> None:
    """Read the weights of a file into a model; see :meth:`Model.load_weights`."""
    with _blaming(filepath):
        content = _content(filepath)
        if content.startswith(archive.SIGNATURE):
            content = archive.unpack(content).weights
        elif not content.startswith(_HDF5_SIGNATURE):
            raise ValueError(f"it is no file of weights ({_kind(content)})")
        with hdf5.reading(content) as file:
            form = legacy if legacy.is_legacy(file) else weights
            found = weights.Found(form.find_weights(model, file), *_of_training(model, file, form))
            arrays = weights.read(model, found, file.size)
    weights.assign(model, found, *arrays)


def _of_training(model: Any, file: hdf5.Reader, form: Any) -> tuple[list[Any], list[Any]]:
    generators = weights.find_generators(model, file) if form is weights else []
    return form.find_optimizer(model, file), generators


def model_from_json(text: str, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return a model, with new weights, of what :meth:`Model.to_json` returned.

    Parameters
    ----------
    text : str
        JSON, of this package or of Keras.
    custom_objects : dict of str to object, optional
        Layers and functions of one's own, by name.

    Raises
    ------
    ValueError, TypeError
        If it is none, or something in it is unknown.
    """
    if not isinstance(text, str | bytes):
        raise TypeError(f"text must be the JSON that Model.to_json returns, got {text!r:.80}.")
    with custom_object_scope(custom_objects):
        return model_from_entry(archive.parse(text, "text"))


# -- files -------------------------------------------------------------------------------------


@contextmanager
def _blaming(filepath: Any) -> Iterator[None]:
    """Let every error of a file begin with its name."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        if isinstance(filepath, str | os.PathLike):
            said = str(error)[:LONGEST_MESSAGE]  # it may quote the file
            raise ValueError(f"{str(filepath)!r} cannot be loaded: {said}") from error
        raise
    except (RecursionError, MemoryError) as error:
        raise ValueError(f"{str(filepath)!r} cannot be loaded: it is too large.") from error


def _content(filepath: Any) -> bytes:
    if not isinstance(filepath, str | os.PathLike):
        raise TypeError(f"filepath must be the name of a file, got {filepath!r}.")
    path = Path(filepath)
    if path.is_dir():
        hint = " (a SavedModel of TensorFlow)" if (path / "saved_model.pb").exists() else ""
        raise ValueError(f"it is a folder{hint}; a model is one file, .keras or .h5")
    if not path.exists():
        raise FileNotFoundError(f"There is no file {str(path)!r}.")
    if not path.is_file():
        raise ValueError("it is no file that has an end, but a pipe or a device")
    return path.read_bytes()


def _kind(content: bytes) -> str:
    """Say what a foreign file seems to be."""
    known = {b"": "it is empty", b"\x89PNG": "a picture", b"{": "JSON", b"\x80": "a pickle"}
    known |= {b"%PDF": "a PDF", b"\x1f\x8b": "gzip", b"\x93NUMPY": "a NumPy array"}
    if not content:
        return known[b""]
    kinds = (kind for start, kind in known.items() if start and content.startswith(start))
    return next(kinds, f"it begins with {content[:8]!r}")
