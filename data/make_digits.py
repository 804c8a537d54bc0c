"""Make digits.npy from the copy of the digits that scikit-learn carries.

python data/make_digits.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits


def make(folder: Path) -> Path:
    """Write digits.npy of shape (1797, 65) into `folder`: 64 pixels, then the digit."""
    pixels, digit = load_digits(return_X_y=True)
    file = folder / "digits.npy"
    np.save(file, np.column_stack([pixels, digit]).astype(np.uint8), allow_pickle=False)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
