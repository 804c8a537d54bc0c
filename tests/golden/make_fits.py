"""Write ``fits.json``: histories, weights and predictions of models trained by Keras.

    KERAS_BACKEND=torch python tests/golden/make_fits.py

needs Keras and PyTorch. Keras computes in float64, so that what is kept is exact to the digits
kept, and the package can be compared in both of its float types.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
from builders import FITS, train


def rounded(value: Any) -> Any:
    """Return plain dicts, lists and numbers of ten significant digits."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list) or np.ndim(value) > 0:
        return [rounded(part) for part in value]
    return float(f"{float(value):.10g}")


def main() -> None:
    """Train every model and write the file, one model a line."""
    keras.config.set_floatx("float64")
    lines = [f"{json.dumps(name)}: {json.dumps(rounded(train(keras, name)))}" for name in FITS]
    lines.insert(0, f'"keras": {json.dumps(keras.__version__)}')
    Path(__file__).with_name("fits.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
