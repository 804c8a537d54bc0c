"""What Keras has in `keras.saving`: models in files, and names for classes of one's own."""

from __future__ import annotations

import os
from typing import Any

from course.models import Model, load_model
from course.serialization import custom_object_scope, register_keras_serializable


def save_model(model: Any, filepath: str | os.PathLike[str], overwrite: bool = True) -> None:
    """Write a model to a file; see :meth:`course.Model.save`."""
    if not isinstance(model, Model):
        raise TypeError(f"save_model takes a model, got {model!r}.")
    model.save(filepath, overwrite)


__all__ = ["custom_object_scope", "load_model", "register_keras_serializable", "save_model"]
