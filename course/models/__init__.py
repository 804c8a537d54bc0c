"""Models: a graph of layers that can be trained."""

from __future__ import annotations

from course.models.model import Model
from course.models.saving.clone import clone_model
from course.models.saving.reading import load_model, model_from_json
from course.models.sequential import Sequential

__all__ = ["Model", "Sequential", "clone_model", "load_model", "model_from_json"]
