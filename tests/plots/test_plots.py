"""What holds for every kind of figure."""

from __future__ import annotations

import inspect

import pytest

from course import plots

KINDS = [
    "best_so_far",
    "brackets",
    "confusion",
    "contour",
    "curves",
    "histograms",
    "network",
    "parallel",
    "points",
    "projection",
    "scatter",
    "schedules",
    "signals",
    "spread",
    "surface",
    "surrogate",
    "tally",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_function_a_class_and_a_description_share_their_data(kind):
    function, picture = getattr(plots, kind), getattr(plots, kind.title().replace("_", ""))
    describe = getattr(plots, f"describe_{kind}")
    arguments = list(inspect.signature(function).parameters)
    at = arguments.index("ax")
    assert arguments[at + 1] == "title"
    words = [
        p.name
        for p in inspect.signature(describe).parameters.values()
        if p.kind is p.POSITIONAL_OR_KEYWORD
    ]
    assert len(words) == at
    assert next(iter(inspect.signature(picture).parameters)) == "ax"
    assert callable(picture.update)


def test_everything_listed_is_there():
    assert sorted(plots.__all__) == sorted(set(plots.__all__))
    assert all(hasattr(plots, name) for name in plots.__all__)
