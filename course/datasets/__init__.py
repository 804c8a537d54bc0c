"""Data to learn from: small ones that are made, and two that are read from files."""

from __future__ import annotations

from course.datasets.advertising import load_advertising
from course.datasets.digits import load_digits
from course.datasets.planar import circles, gaussians, moons, spirals, xor
from course.datasets.sine import sine
from course.datasets.split import split

__all__ = [
    "circles",
    "gaussians",
    "load_advertising",
    "load_digits",
    "moons",
    "sine",
    "spirals",
    "split",
    "xor",
]
