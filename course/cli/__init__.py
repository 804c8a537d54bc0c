"""What a student and an instructor do around the lessons: the command ``course``."""

from __future__ import annotations

from course.cli.program import main

__all__ = ["main"]
