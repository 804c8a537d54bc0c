"""Small helpers, where Keras has them."""

from __future__ import annotations

from course.config import set_random_seed
from course.utils.check_gradients import check_gradients
from course.utils.py_dataset import PyDataset, Sequence
from course.utils.to_categorical import to_categorical

__all__ = ["PyDataset", "Sequence", "check_gradients", "set_random_seed", "to_categorical"]
