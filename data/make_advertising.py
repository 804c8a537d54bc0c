"""Make advertising.csv: 200 markets drawn from a published regression.

    python data/make_advertising.py

Only the standard library draws, because `random.Random(seed).random()` is promised to give
the same numbers in every version of Python.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from statistics import NormalDist

INTERCEPT, SLOPE, RESIDUAL_ERROR = 7.03, 0.0475, 3.26
LOWEST, HIGHEST, MARKETS = 0.7, 296.4, 200
SEED = 1  # the first, counting from 0, that draws no negative sales


def make(folder: Path) -> Path:
    """Write advertising.csv, the columns TV and sales to one decimal, into `folder`."""
    draw = Random(SEED).random
    noise = NormalDist(0, RESIDUAL_ERROR)
    tv = [round(LOWEST + (HIGHEST - LOWEST) * draw(), 1) for _ in range(MARKETS)]
    tv[tv.index(min(tv))], tv[tv.index(max(tv))] = LOWEST, HIGHEST
    rows = [f"{x:.1f},{INTERCEPT + SLOPE * x + noise.inv_cdf(draw()):.1f}\n" for x in tv]
    file = folder / "advertising.csv"
    file.write_bytes("".join(["TV,sales\n", *rows]).encode("ascii"))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
