"""Compare files with real Keras, both ways, for every layer, optimizer, loss and metric.

    KERAS_BACKEND=torch python tests/golden/check_files_with_keras.py [words]

needs an interpreter that has Keras 3 beside the package's own requirements. Each model of
`saved_models.py` (those whose name holds one of the words, if any are given) is trained a little
by one library, written, and read by the other; both then predict, evaluate and go on training,
and must agree. Prints a line for each that does not, and ends with 1 if there is one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import keras
import numpy as np
import saved_models

import course

NEAR = {"rtol": 2e-4, "atol": 2e-5}
ENDINGS = (".keras", ".h5", ".weights.h5")


def write(model: Any, path: Path) -> None:
    """Save a model, or its weights, as the name says."""
    if path.name.endswith(".weights.h5"):
        model.save_weights(path)
    else:
        model.save(path)


def read(library: ModuleType, path: Path, make: Any) -> Any:
    """Load a model, or its weights into one of the same architecture."""
    if not path.name.endswith(".weights.h5"):
        return library.models.load_model(path)
    keras.utils.clear_session()
    model = make(library)
    if library is keras:
        model.optimizer.build(model.trainable_variables)
    model.load_weights(path)
    return model


def arrays(outputs: Any) -> list[np.ndarray]:
    """Return outputs as a list of arrays."""
    return [np.asarray(a) for a in (outputs if isinstance(outputs, list) else [outputs])]


def weights(model: Any) -> dict[str, np.ndarray]:
    """Return the weights of all layers by the layers' names."""
    found = {}
    for layer in model.layers:
        if hasattr(layer, "layers"):
            found |= {f"{layer.name}/{key}": w for key, w in weights(layer).items()}
        else:
            found |= {f"{layer.name}/{i}": w for i, w in enumerate(layer.get_weights())}
    return dict(sorted(found.items()))


def compare(one: Any, other: Any, x: Any, y: Any, goes_on: bool) -> None:
    """Let both predict, evaluate, and go on training."""
    near(one.predict(x, verbose=0), other.predict(x, verbose=0), "predictions")
    near(results(one, x, y), results(other, x, y), "evaluation")
    if not goes_on:
        return
    assert int(one.optimizer.iterations) == int(other.optimizer.iterations) > 0, "iterations"
    for model in (one, other):
        saved_models.train(model, x, y)
    ours, theirs = weights(one), weights(other)
    assert ours.keys() == theirs.keys(), (list(ours), list(theirs))
    for key in ours:
        near(ours[key], theirs[key], f"weights {key} after training went on")
    rates = [np.asarray(m.optimizer.learning_rate).item() for m in (one, other)]
    near(rates[0], rates[1], "learning rate")


def results(model: Any, x: Any, y: Any) -> Any:
    """Return the loss and metrics, less those named for several outputs."""
    found = model.evaluate(x, y, verbose=0, return_dict=True, batch_size=saved_models.ROWS)
    return [np.ravel(found[key]) for key in sorted(found)]


def near(one: Any, other: Any, what: str) -> None:
    for a, b in zip(arrays(one), arrays(other), strict=True):
        np.testing.assert_allclose(a, b, **NEAR, err_msg=what)


def check(make: Any, x: Any, y: Any, writer: ModuleType, reader: ModuleType, path: Path) -> None:
    """Train with one library, write, and compare with what the other reads.

    Keras cannot go on training from an `.h5` file, its own included: it makes the slots for the
    weights of no layer. There, what it reads is compared before that.
    """
    model = make(writer)
    saved_models.train(model, x, y)
    write(model, path)
    goes_on = reader is course or path.suffix != ".h5" or path.name.endswith(".weights.h5")
    compare(model, read(reader, path, make), x, y, goes_on)


def main() -> int:
    """Check all, or those whose names hold a word of the command line."""
    warnings.simplefilter("ignore")
    failed = done = 0
    for name, (make, x, y) in saved_models.cases().items():
        if len(sys.argv) > 1 and not any(word in name for word in sys.argv[1:]):
            continue
        for writer, reader in ((keras, course), (course, keras)):
            for ending in ENDINGS:
                with tempfile.TemporaryDirectory() as folder:
                    keras.utils.clear_session()
                    try:
                        check(make, x, y, writer, reader, Path(folder) / f"model{ending}")
                    except Exception as error:
                        failed += 1
                        lines = str(error).strip().splitlines()
                        print(f"FAILED {name} {ending} written by {writer.__name__}:", *lines[:12])
                        if "-v" in sys.argv:
                            traceback.print_exc()
                    done += 1
    print(f"{done - failed} of {done} files agree with Keras {keras.__version__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
