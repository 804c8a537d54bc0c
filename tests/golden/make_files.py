"""Write ``keras_files/``: small models that Keras trained and saved, and what they predict.

    KERAS_BACKEND=torch python tests/golden/make_files.py

needs Keras and PyTorch. Beside the files, ``expected.json`` holds the predictions of each model as
it was saved, and after it was trained once more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import saved_models

FOLDER = Path(__file__).with_name("keras_files")
FILES = {
    "adam.keras": "optimizer: Adam with AMSGrad",
    "schedule.keras": "optimizer: cosine",
    "branches.keras": "graph: branches",
    "branches.h5": "graph: branches",
    "nested.weights.h5": "graph: nested",
    "frozen.h5": "graph: frozen",
    "ends_in_a_model.keras": "graph: ends in a model",
    "simple_rnn.keras": "layer: SimpleRNN",
    "metrics.keras": "metrics",
}


def predictions(model: Any, x: Any) -> list[Any]:
    """Return the outputs as lists of numbers of eight significant digits."""
    outputs = model.predict(x, verbose=0)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    return [[float(f"{v:.8g}") for v in np.ravel(part)] for part in outputs]


def main() -> None:
    """Train, save, note the predictions, train once more, note them again."""
    FOLDER.mkdir(exist_ok=True)
    expected: dict[str, Any] = {}
    for file, name in FILES.items():
        keras.utils.clear_session()
        make, x, y = saved_models.cases()[name]
        model = make(keras)
        saved_models.train(model, x, y)
        save = model.save_weights if file.endswith(".weights.h5") else model.save
        save(FOLDER / file)
        saved = predictions(model, x)
        saved_models.train(model, x, y)
        expected[file] = {"case": name, "saved": saved, "trained": predictions(model, x)}
    lines = [f"{json.dumps(file)}: {json.dumps(value)}" for file, value in expected.items()]
    lines.insert(0, f'"keras": {json.dumps(keras.__version__)}')
    (FOLDER / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
