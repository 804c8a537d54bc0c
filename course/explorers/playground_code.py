"""The playground as a program of `course`, to go on with in a cell or a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.explorers.playground_data import DRAWN, FEATURES, SHARE, VALIDATION, Own
from course.explorers.playground_network import layers_code, optimizer_code

EPOCHS = 100  # where nothing has been trained yet


def program(state: Any, epoch: int, own: Own, source: Any) -> str:
    """Return code that draws the points, builds the network and trains it.

    Parameters
    ----------
    state : named tuple
        The values of the controls.
    epoch : int
        How long the network on the screen was trained.
    own : Own
        The points of the data set ``'csv'``.
    source : str, path, DataFrame, (x, y) or None
        Where they came from. A path is written into the code; for a DataFrame or arrays the
        code speaks of `my_points`, which whoever runs it has to have.
    """
    rows = state.n if state.data in DRAWN else len(own.x) - round(SHARE * len(own.x))
    columns = ", ".join(FEATURES[name][1] for name in state.features)
    layers = "\n".join(f"    {line}" for line in layers_code(state))
    return f"""\
import numpy as np

import course as keras
from course import layers
{_points(state, source)}

def features(p):
    return np.column_stack([{columns}])


keras.set_random_seed({state.seed})
model = keras.Sequential([
{layers}
])
model.compile(
    optimizer={optimizer_code(state, rows)},
    loss="binary_crossentropy",
    metrics=["accuracy"],
)
history = model.fit(
    features(p), y, batch_size={state.batch_size}, epochs={epoch or EPOCHS}, verbose=0,
    validation_data=(features(p_validation), y_validation),
)
print(model.evaluate(features(p_validation), y_validation, return_dict=True))"""


def _points(state: Any, source: Any) -> str:
    if state.data in DRAWN:
        return f"""
p, y = keras.datasets.{state.data}(n={state.n + VALIDATION}, noise={state.noise}, seed={state.seed})
p, y, p_validation, y_validation = p[:{state.n}], y[:{state.n}], p[{state.n}:], y[{state.n}:]
"""
    if source is None or isinstance(source, str | Path):
        argument = "" if source is None else repr(str(source))
    else:
        argument = "my_points"
    return f"""from course.explorers.playground_data import read_points

own = read_points({argument})
p, p_validation, y, y_validation = keras.datasets.split(
    own.x, own.y, test={SHARE}, seed={state.seed}, stratify=True
)
"""
