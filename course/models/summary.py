"""The table of layers that `model.summary()` prints."""

from __future__ import annotations

from typing import Any


def summary(model: Any) -> str:
    """Return a table of the layers with their output shapes and numbers of parameters.

    Parameters
    ----------
    model : Model
        Built or not.
    """
    if not model.built:
        return f"Model: {model.name}\n  not built yet: give an Input(shape=...) or call fit first."
    shapes = {node.layer: tensor.shape for node, tensor in _first_outputs(model)}
    rows = [
        (f"{layer.name} ({type(layer).__name__})", str(shapes[layer]), f"{layer.count_params():,}")
        for layer in model.layers
    ]
    header = ("Layer (type)", "Output shape", "Param #")
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(3)]
    line = "  ".join("─" * w for w in widths)
    table = [_row(header, widths), line, *(_row(row, widths) for row in rows), line]
    total = model.count_params()
    trainable = sum(v.size for v in model.trainable_weights)
    return "\n".join(
        [
            f"Model: {model.name}",
            *table,
            f"Parameters: {total:,}   trainable: {trainable:,}   other: {total - trainable:,}",
        ]
    )


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    left = "  ".join(cell.ljust(w) for cell, w in zip(cells[:2], widths[:2], strict=True))
    return f"{left}  {cells[2].rjust(widths[2])}"


def _first_outputs(model: Any) -> list[tuple[Any, Any]]:
    """Each node with a tensor that comes from it, those of first calls last so that they win."""
    nodes = model.graph.nodes
    tensors = [t for node in nodes for t in node.inputs] + model.outputs
    return [(t.node, t) for t in reversed(tensors) if t.node in nodes]
