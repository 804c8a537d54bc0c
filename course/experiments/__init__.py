"""Experiments that lessons repeat: a network by its depth, its signals, many seeds, a verdict."""

from __future__ import annotations

from course.experiments.deep_network import deep_network
from course.experiments.digit_question import digit_classifier, digit_question
from course.experiments.paired import Difference, paired_difference
from course.experiments.signal_sizes import SignalSizes, signal_sizes
from course.experiments.table import Table, load_table, tuned
from course.experiments.two_circles import (
    LEARNED,
    counts,
    deep_circles,
    fresh_signals,
    learned,
    two_circles,
)

__all__ = [
    "LEARNED",
    "Difference",
    "SignalSizes",
    "Table",
    "counts",
    "deep_circles",
    "deep_network",
    "digit_classifier",
    "digit_question",
    "fresh_signals",
    "learned",
    "load_table",
    "paired_difference",
    "signal_sizes",
    "tuned",
    "two_circles",
]
