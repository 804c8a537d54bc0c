"""Make playground.csv: a heart among other points, for the playground's own-data door.

    python data/make_playground.py

Points are drawn uniformly over a rectangle and called ``inside`` or ``outside`` by the curve
(a² + b² − 1)³ = a² b³; those too near to it to be told apart by eye are left out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

ROWS = 160
GAP = 0.15  # |value of the curve| below which a point is left out


def heart(rows: int = ROWS, seed: int = 0) -> list[tuple[float, float, str]]:
    """Return as many points of each class, in random order: width, height, class."""
    rng = np.random.default_rng(seed)
    p = np.round(rng.uniform((-1.7, -1.5), (1.7, 1.7), (20_000, 2)), 3)
    a, b = p.T
    value = (a**2 + b**2 - 1) ** 3 - a**2 * b**3
    inside, outside = p[value < -GAP / 3], p[value > GAP]
    labelled = [(*point, "inside") for point in inside[: rows // 2].tolist()]
    labelled += [(*point, "outside") for point in outside[: rows // 2].tolist()]
    return [labelled[i] for i in rng.permutation(rows)]


def main() -> None:
    """Write the file beside this script."""
    lines = ["width,height,class", *(f"{a:.3f},{b:.3f},{name}" for a, b, name in heart())]
    path = Path(__file__).with_name("playground.csv")
    path.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
