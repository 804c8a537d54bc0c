"""Models: a graph of layers that can be trained."""

from __future__ import annotations

from course.models.model import Model
from course.models.sequential import Sequential

__all__ = ["Model", "Sequential"]
