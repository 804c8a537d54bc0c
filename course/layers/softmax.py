"""Softmax as a layer of its own."""

from __future__ import annotations

from typing import Any

from course import activations
from course.engine.layer import Shape
from course.layers.activation import Activation


class Softmax(Activation):
    """Turn scores into probabilities; see :class:`course.activations.Softmax`::

        yᵢ = e^xᵢ / Σⱼ e^xⱼ        dxᵢ = yᵢ (dyᵢ − Σⱼ yⱼ dyⱼ)

    Input and output have the same shape.

    Parameters
    ----------
    axis : int, default -1
        Along which axis the probabilities sum to one; not the batch (0).
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError
        If `axis` is no whole number.
    ValueError
        If `axis` is 0; at the first call, if the inputs have no such axis.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equations 4.104 and 4.106.
    """

    def __init__(self, axis: int = -1, **kwargs: Any) -> None:
        f = activations.Softmax(axis)
        if f.axis == 0:
            raise ValueError(
                "Softmax works within each sample: axis must not be 0, which is the batch."
            )
        super().__init__(f, **kwargs)
        self.axis = f.axis

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        rank = len(input_shape)
        if not -rank < self.axis < rank:
            raise ValueError(
                f"axis={self.axis} does not fit inputs of shape {input_shape}, whose first axis is "
                "the batch."
            )
        return input_shape
