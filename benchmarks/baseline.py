"""Ratios of an earlier run, kept in a file, and which of today's are worse.

Times differ from machine to machine, ratios far less: they are what is kept.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.tables import Table

FILE = Path(__file__).with_name("baseline.json")
WORSE = 1.15
"""From this many times the earlier ratio on, it counts as worse: two runs differ by less."""
NOT_OURS = ("products", "scikit-learn", "torch", "keras-jax", "keras-torch")


def ratios(tables: list[Table]) -> dict[str, float]:
    """Return the ratios that are ours to keep low, in order, to three decimals."""
    found = {key: ratio for table in tables for key, ratio in table.ratios().items()}
    ours = {key: ratio for key, ratio in found.items() if not key.endswith(NOT_OURS)}
    return {key: round(ratio, 3) for key, ratio in ours.items() if ratio != 1}


def save(tables: list[Table], path: Path | None = None) -> None:
    """Keep the ratios of `tables`; those of other parts stay as they are."""
    path = path or FILE
    kept = load(path) if path.exists() else {}
    path.write_text(json.dumps(kept | ratios(tables), indent=1, ensure_ascii=False) + "\n", "utf-8")


def load(path: Path | None = None) -> dict[str, float]:
    """Return what `save` kept."""
    return json.loads((path or FILE).read_text(encoding="utf-8"))


def worse(tables: list[Table], kept: dict[str, float]) -> list[str]:
    """Return a line for each ratio that is worse than the one kept."""
    return [
        f"{key}: {now:.2f}, was {kept[key]:.2f}"
        for key, now in ratios(tables).items()
        if key in kept and now > WORSE * kept[key]
    ]
