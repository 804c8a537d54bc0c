"""What a refused call leaves exactly as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from course import Model, config


@contextmanager
def unchanged(model: Any = None, folder: Path | None = None) -> Iterator[None]:
    """Compare what is before the block with what is after it.

    Parameters
    ----------
    model : Model, optional
        Its weights, what it was compiled with, the state of its optimizer, its last record.
        Anything else is not looked at.
    folder : Path, optional
        Its files and folders, with all bytes.
    """
    before = state(model, folder)
    yield
    np.testing.assert_equal(state(model, folder), before)


def state(model: Any, folder: Path | None) -> dict[str, Any]:
    """Return all that a call could have changed: settings, generators, files, a model."""
    return {
        "floatx": config.floatx(),
        "epsilon": config.epsilon(),
        "generator": config.generator().bit_generator.state,
        "NumPy's generator": np.random.get_state(legacy=False),  # noqa: NPY002
        "files": {} if folder is None else files(folder),
        "model": of_model(model) if isinstance(model, Model) else {},
    }


def files(folder: Path) -> dict[str, bytes | None]:
    """Return the content of all files below a folder; None stands for a folder."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def of_model(model: Model) -> dict[str, Any]:
    """Return what a model knows and has learned."""
    optimizer = model.optimizer
    slots = {} if model._parameters is None else model._parameters.slots
    return {
        "built": model.built,
        "weights": model.get_weights(),
        "trainable": [layer.trainable for layer in model.layers],
        "slots": {name: slot.copy() for name, slot in slots.items()},
        "iterations": None if optimizer is None else optimizer.iterations,
        "rate": None if optimizer is None else float(optimizer.learning_rate),
        "optimizer": id(optimizer),
        "compiled": id(model._compiled),
        "history": id(model.history),
        "record": {} if model.history is None else dict(model.history.history),
    }
