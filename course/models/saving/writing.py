"""Saving: what a model can do with a file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from course import atomic, checks
from course.models.saving import archive, legacy, reading, weights
from course.models.saving.compiling import compile_config, warn_of_extras
from course.models.saving.describe import layer_entry
from course.models.saving.limits import check_size

Path_ = str | os.PathLike[str]
HDF5 = (".h5", ".hdf5")


class Saver:
    """The part of a model that is written to files and read from them."""

    def save(
        self, filepath: Path_, overwrite: bool = True, *, include_optimizer: bool = True
    ) -> None:
        """Write architecture, weights, and what it was compiled with, the optimizer's state too.

        Keras 3 opens the file, and training goes on there or here as if it had not been
        interrupted. The file is replaced whole: a process killed while saving leaves the old one.

        Parameters
        ----------
        filepath : str or path-like
            Ends in ``.keras``, or in ``.h5`` for the older format.
        overwrite : bool, default True
            Whether a file that is there may be replaced.
        include_optimizer : bool, default True
            Whether to write what the model was compiled with.

        Raises
        ------
        ValueError
            If the name ends in neither, or the model has thousands of layers.
        TypeError
            If a layer cannot be described; the name of the argument is given.
        OSError
            If the file cannot be written, or is there and must not be replaced.
        """
        _check_ending(filepath, (".keras", *HDF5), weights_only=False)
        include_optimizer = checks.flag("include_optimizer", include_optimizer)
        _check_overwrite(filepath, overwrite)
        check_size(self)
        entry = layer_entry(self)
        is_older = str(filepath).endswith(HDF5)
        compiled = compile_config(self, names=not is_older) if include_optimizer else None
        warn_of_extras({**entry, "compile_config": compiled})
        if is_older:
            content = legacy.to_bytes(self, entry, compiled)
        else:
            if compiled is not None:
                entry["compile_config"] = compiled
            content = archive.pack(entry, weights.to_bytes(self))
        atomic.write(filepath, content)

    def save_weights(self, filepath: Path_, overwrite: bool = True) -> None:
        """Write the weights, and the optimizer's state where the model is compiled.

        Parameters
        ----------
        filepath : str or path-like
            Ends in ``.weights.h5``.
        overwrite : bool, default True
            Whether a file that is there may be replaced.

        Raises
        ------
        ValueError
            If the name ends otherwise, or the model is not built.
        OSError
            If the file cannot be written, or is there and must not be replaced.
        """
        _check_ending(filepath, (".weights.h5",), weights_only=True)
        _check_overwrite(filepath, overwrite)
        self.graph  # noqa: B018  says so if there are no weights yet
        atomic.write(filepath, weights.to_bytes(self))

    def load_weights(self, filepath: Path_) -> None:
        """Read the weights, and the optimizer's state where the model is compiled.

        The architecture must be that of the model that was saved. A file that is refused
        changes nothing.

        Parameters
        ----------
        filepath : str or path-like
            What :meth:`save_weights` or :meth:`save` wrote, here or in Keras.

        Raises
        ------
        ValueError
            If the model is not built, the file is damaged or of another kind, or the weights do
            not fit; the layer and both shapes are named.
        FileNotFoundError
            If there is no file.
        """
        self.graph  # noqa: B018  says so if there are no weights yet
        reading.load_weights(self, filepath)

    def to_json(self, **kwargs: Any) -> str:
        """Return the architecture, without weights, as JSON; `model_from_json` reads it.

        Parameters
        ----------
        **kwargs
            Passed to :func:`json.dumps`: ``indent=2``.
        """
        return json.dumps(layer_entry(self), **kwargs)


def _check_ending(filepath: Path_, endings: tuple[str, ...], weights_only: bool) -> None:
    if not isinstance(filepath, str | os.PathLike):
        raise TypeError(f"filepath must be the name of a file, got {filepath!r}.")
    if not str(filepath).endswith(endings):
        what = "weights go into a file" if weights_only else "a model goes into a file"
        raise ValueError(f"filepath={str(filepath)!r}: {what} that ends in {' or '.join(endings)}.")


def _check_overwrite(filepath: Path_, overwrite: bool) -> None:
    if not checks.flag("overwrite", overwrite) and Path(filepath).exists():
        raise FileExistsError(
            f"{str(filepath)!r} is there, and overwrite=False. Give another name."
        )
