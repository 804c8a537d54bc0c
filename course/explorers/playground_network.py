"""The network of the playground and its optimizer, as objects and as the code for them."""

from __future__ import annotations

from math import ceil
from typing import Any

from course import layers, optimizers
from course.models import Sequential
from course.optimizers import schedules
from course.regularizers import L1L2

HORIZON = 100  # epochs until a schedule has brought the rate down
OPTIMIZERS = {
    "SGD": optimizers.SGD,
    "momentum": lambda rate: optimizers.SGD(rate, momentum=0.9),
    "Nesterov": lambda rate: optimizers.SGD(rate, momentum=0.9, nesterov=True),
    "RMSprop": optimizers.RMSprop,
    "Adam": optimizers.Adam,
}
OPTIMIZER_CODE = {
    "SGD": "SGD({rate})",
    "momentum": "SGD({rate}, momentum=0.9)",
    "Nesterov": "SGD({rate}, momentum=0.9, nesterov=True)",
    "RMSprop": "RMSprop({rate})",
    "Adam": "Adam({rate})",
}
SCHEDULES = ("constant", "step", "exponential", "inverse_time", "cosine")


def network(state: Any) -> Sequential:
    """Return the network that the controls describe, not compiled.

    Each hidden layer is ``Dense → BatchNormalization → activation → Dropout`` with whatever of
    it is switched on; what ends in the activation is called ``hidden_1``, ``hidden_2``, ...
    """
    chain = [layers.Input(shape=(len(state.features),))]
    for k in range(1, state.layers + 1):
        chain += _hidden(state, k)
    chain.append(layers.Dense(1, "sigmoid", name="output", **_weights(state)))
    return Sequential(chain)


def optimizer(state: Any, rows: int) -> optimizers.Optimizer:
    """Return the optimizer; `rows` to learn from tell a schedule how long an epoch is."""
    return OPTIMIZERS[state.optimizer](rate(state, rows))


def rate(state: Any, rows: int) -> float | schedules.LearningRateSchedule:
    """Return the learning rate, or the schedule that it begins."""
    lr, steps = state.learning_rate, HORIZON * ceil(rows / state.batch_size)
    if state.schedule == "step":
        return schedules.ExponentialDecay(lr, max(1, steps // 4), 0.5, staircase=True)
    if state.schedule == "exponential":
        return schedules.ExponentialDecay(lr, steps, 0.1)
    if state.schedule == "inverse_time":
        return schedules.InverseTimeDecay(lr, steps, 9.0)
    if state.schedule == "cosine":
        return schedules.CosineDecay(lr, steps)
    return lr


def layers_code(state: Any) -> list[str]:
    """Return the lines of the list of layers."""
    given = f', kernel_initializer="{state.kernel_initializer}"'
    if state.l1 or state.l2:
        given += f", kernel_regularizer=keras.regularizers.L1L2({state.l1}, {state.l2})"
    lines = [f"keras.Input(shape=({len(state.features)},)),"]
    for _ in range(state.layers):
        if state.batch_normalization:
            lines += [
                f"layers.Dense({state.units}{given}),",
                "layers.BatchNormalization(),",
                f'layers.Activation("{state.activation}"),',
            ]
        else:
            lines.append(f'layers.Dense({state.units}, activation="{state.activation}"{given}),')
        if state.dropout:
            lines.append(f"layers.Dropout({state.dropout}),")
    lines.append(f'layers.Dense(1, activation="sigmoid"{given}),')
    return lines


def optimizer_code(state: Any, rows: int) -> str:
    """Return the call that makes the optimizer."""
    value = rate(state, rows)
    text = repr(value) if isinstance(value, float) else f"keras.optimizers.schedules.{value!r}"
    return "keras.optimizers." + OPTIMIZER_CODE[state.optimizer].format(rate=text)


def _hidden(state: Any, k: int) -> list[Any]:
    name, block = f"hidden_{k}", []
    if state.batch_normalization:
        block += [
            layers.Dense(state.units, **_weights(state)),
            layers.BatchNormalization(),
            layers.Activation(state.activation, name=name),
        ]
    else:
        block.append(layers.Dense(state.units, state.activation, name=name, **_weights(state)))
    if state.dropout:
        block.append(layers.Dropout(state.dropout))
    return block


def _weights(state: Any) -> dict[str, Any]:
    penalty = L1L2(state.l1, state.l2) if state.l1 or state.l2 else None
    return {"kernel_initializer": state.kernel_initializer, "kernel_regularizer": penalty}
