"""Tools over the notebook files: execute them, guard what they store, move all their sliders.

``python -m course.series execute|guard|sweep|picture [notebook ...]``
"""

from __future__ import annotations

from course.series.execute import execute
from course.series.guard import guard
from course.series.lesson import LessonError, lessons
from course.series.picture import picture
from course.series.sweep import sweep

__all__ = ["LessonError", "execute", "guard", "lessons", "picture", "sweep"]
