"""The drive moves every control everywhere, and no fault on the way stays unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from course.series.drive import ExplorerError, drive


@dataclass
class Control:
    """A control with three values to try."""

    name: str
    values: tuple[float, ...]

    def sweep(self) -> tuple[float, ...]:
        """Both ends and the middle."""
        return self.values


@dataclass
class Explorer:
    """What the drive needs of an explorer, with a fault that can be planted."""

    fault_at: float | None = None
    number: float = 1.0
    words: str = "a summary"
    python: str = "x = 1"
    visited: list[tuple[str, object]] = field(default_factory=list)
    presets = ("wild",)
    controls = (Control("depth", (1, 10, 20)), Control("rate", (0.0, 0.5, 1.0)))

    def __post_init__(self) -> None:
        self.state = SimpleNamespace(depth=3, rate=0.25)

    def set(self, **values: float) -> None:
        """Move controls."""
        self.visited += values.items()
        self.state.__dict__.update(values)
        if self.fault_at in values.values():
            raise ValueError("planted")

    def apply(self, preset: str) -> None:
        """Take a preset."""
        self.visited.append(("preset", preset))

    def reset(self) -> None:
        """Take the defaults."""
        self.visited.append(("reset", None))

    def numbers(self) -> dict[str, float]:
        """One number."""
        return {"loss": self.number}

    def summary(self) -> str:
        """Some words."""
        return self.words

    def code(self) -> str:
        """Some code."""
        return self.python


def test_every_control_goes_everywhere_and_back():
    explorer = Explorer()
    report = drive([explorer])
    assert explorer.visited == [
        ("depth", 1), ("depth", 10), ("depth", 20), ("depth", 3),
        ("rate", 0.0), ("rate", 0.5), ("rate", 1.0), ("rate", 0.25),
        ("preset", "wild"), ("reset", None),
    ]  # fmt: skip
    assert report.startswith("1 explorers, 10 moves, the slowest")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"fault_at": 20}, "Explorer: depth=20"),
        ({"fault_at": 0.5}, "ValueError: planted"),
        ({"number": float("nan")}, "not finite: {'loss': nan}"),
        ({"number": float("inf")}, "not finite: {'loss': inf}"),
        ({"words": ""}, "nothing to see"),
        ({"python": "x ="}, "SyntaxError"),
    ],
)
def test_a_planted_fault_is_found_beside_explorers_that_are_fine(fault, said: str):
    with pytest.raises(ExplorerError) as caught:
        drive([Explorer(), Explorer(**fault), Explorer()])
    assert said in str(caught.value)


def test_an_explorer_that_goes_on_takes_steps_after_every_move():
    class Bench(Explorer):
        def run(self, steps: int) -> None:
            self.visited.append(("run", steps))
            if self.state.rate == 1.0:
                raise OverflowError("diverged")

    bench = Bench()
    with pytest.raises(ExplorerError, match=r"(?s)1 moves failed:.*rate=1\.0.*diverged"):
        drive([bench])
    assert bench.visited[1::2] == [("run", 2)] * 10


def test_no_explorers_are_said():
    assert drive([]) == "no explorers"
