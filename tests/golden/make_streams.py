"""Write ``streams.json``: which batches Keras takes, and when.

    KERAS_BACKEND=torch python tests/golden/make_streams.py

needs Keras and PyTorch.
"""

from __future__ import annotations

import json
from pathlib import Path

import keras
from streams import results


def main() -> None:
    """Run everything and write the file, one case a line."""
    found = {"keras": keras.__version__, **results(keras)}
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in found.items()]
    Path(__file__).with_name("streams.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
