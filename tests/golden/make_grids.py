"""Write ``grids.json``: the trials of grid searches by KerasTuner, in their order.

    KERAS_BACKEND=torch python tests/golden/make_grids.py

needs Keras, a backend for it, and KerasTuner.
"""

from __future__ import annotations

import json
from pathlib import Path

import keras_tuner
from grids import SPACES, visited


def main() -> None:
    """Search every grid and write the file, one search a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(visited(keras_tuner, name))}" for name in SPACES]
    lines.insert(0, f'"keras_tuner": {json.dumps(keras_tuner.__version__)}')
    Path(__file__).with_name("grids.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
