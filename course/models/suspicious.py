"""Outputs that do not fit their loss although every shape does: said once, at `compile`."""

from __future__ import annotations

from typing import Any

from course.activations import Linear, Sigmoid, Softmax
from course.engine.symbolic import Tensor
from course.layers import Dense
from course.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)

_CROSSENTROPIES = (BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy)


def suspicions(tensor: Tensor, loss: Any) -> list[str]:
    """Return what is wrong with the output of a network beside its loss; nearly always [].

    Only what cannot be meant is told: probabilities expected of a linear layer, logits of a
    layer that ends in sigmoid or softmax, and softmax over a single unit, which is always 1.

    Parameters
    ----------
    tensor : Tensor
        The output.
    loss : Loss or None
        As compiled.
    """
    layer = tensor.node.layer
    activation = getattr(layer, "activation", None)
    name = f"The output {layer.name!r}"
    if isinstance(activation, Softmax) and activation.axis == -1 and tensor.shape[-1] == 1:
        return [
            f"{name} is softmax over one unit, which is always 1: nothing can be learnt. Use "
            "sigmoid, or one unit for each class."
        ]
    if not isinstance(loss, _CROSSENTROPIES):
        return []
    fitting = "sigmoid" if isinstance(loss, BinaryCrossentropy) else "softmax"
    if loss.from_logits and type(activation) is (Sigmoid if fitting == "sigmoid" else Softmax):
        return [
            f"{name} ends in {fitting}, but {loss.name} was told from_logits=True, so it applies "
            f"one more. Leave one of the two out."
        ]
    if not loss.from_logits and type(layer) is Dense and isinstance(activation, Linear):
        return [
            f"{name} is linear, but {loss.name} takes probabilities, between 0 and 1. Give the "
            f"layer activation={fitting!r}, or the loss from_logits=True."
        ]
    return []
