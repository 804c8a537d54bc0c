"""Figures, and the table they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Figure(NamedTuple):
    """A measured value, and how many times that of the first column it is."""

    value: float
    ratio: float | None = None

    def __str__(self) -> str:
        """Write ``173 (1.10)``."""
        if self.ratio is None:
            return short(self.value)
        return (
            f"{short(self.value)} ({self.ratio:.2f})"
            if self.ratio < 10
            else (f"{short(self.value)} ({self.ratio:,.0f})")
        )


def short(value: float) -> str:
    """Write three digits or so: ``0.0123``, ``12.3``, ``1,234``."""
    return f"{value:,.0f}" if abs(value) >= 99.95 else f"{value:.3g}"


@dataclass
class Table:
    """What one part of the benchmarks found.

    Parameters
    ----------
    part : str
        Its name, as on the command line.
    head : str
        What the figures are, with their unit: ``'µs a step (× floor)'``.
    rows : dict of str to dict of str to Figure
        By line and column. A line may lack a column.
    notes : list of str
        What else is to be said, a line each.
    """

    part: str
    head: str
    rows: dict[str, dict[str, Figure]]
    notes: list[str] = field(default_factory=list)

    def text(self, markdown: bool = False) -> str:
        """Lay it out so that the columns line up."""
        names = list(dict.fromkeys(name for row in self.rows.values() for name in row))
        cells = [
            [label, *(str(row[name]) if name in row else "" for name in names)]
            for label, row in self.rows.items()
        ]
        head = [self.head, *names]
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        lines = [_line(row, widths, markdown) for row in (head, *cells)]
        if markdown:
            lines[1:1] = ["|".join(["", _rule(widths[0]), *map(_right, widths[1:]), ""])]
        return "\n".join([*lines, *self.notes])

    def ratios(self) -> dict[str, float]:
        """Return every ratio by ``'part: line, column'``."""
        return {
            f"{self.part}: {label}, {name}": figure.ratio
            for label, row in self.rows.items()
            for name, figure in row.items()
            if figure.ratio is not None
        }


def _line(cells: list[str], widths: list[int], markdown: bool) -> str:
    (label, *others), (first, *rest) = cells, widths
    aligned = [label.ljust(first), *(c.rjust(w) for c, w in zip(others, rest, strict=True))]
    return f"| {' | '.join(aligned)} |" if markdown else "  ".join(aligned)


def _rule(width: int) -> str:
    return "-" * (width + 2)


def _right(width: int) -> str:
    return "-" * (width + 1) + ":"
