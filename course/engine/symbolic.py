"""What flows through a network before there is data: tensors that know their shape and origin."""

from __future__ import annotations

from itertools import count
from typing import Any

_created = count()


class Node:
    """One call of a layer.

    Attributes
    ----------
    layer : Layer
        Whose call it is; a shared layer has several nodes.
    inputs : list of Tensor
        What the layer was called on; empty for an input.
    takes_list : bool
        Whether the layer was given a list, as merge layers are, rather than one tensor.
    training : bool or None
        A fixed `training` argument of the call; None leaves it to the model.
    index : int
        Place in the order of creation. A node is made after what it is called on, so this
        order is a topological order of every graph.
    """

    def __init__(
        self, layer: Any, inputs: list[Tensor], takes_list: bool, training: bool | None
    ) -> None:
        self.layer = layer
        self.inputs = inputs
        self.takes_list = takes_list
        self.training = training
        self.index = next(_created)

    @property
    def input_shape(self) -> Any:
        """The shape of what the layer was called on; a list of them where it was given a list."""
        shapes = [t.shape for t in self.inputs]
        return shapes if self.takes_list else shapes[0]

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Come back from a file: what is made from now on counts as made later."""
        global _created
        self.__dict__.update(state)
        self.layer.remember_call(self)
        _created = count(max(self.index + 1, next(_created)))


class Tensor:
    """The output of a node: a shape, with None for the batch, and the node it comes from."""

    def __init__(self, shape: tuple[int | None, ...], node: Node) -> None:
        self.shape = shape
        self.node = node

    @property
    def name(self) -> str:
        return self.node.layer.name

    def __repr__(self) -> str:
        return f"Tensor(shape={self.shape}, from={self.name!r})"


def is_symbolic(inputs: Any) -> bool:
    """Whether `inputs` is a symbolic tensor or a non-empty list of them."""
    if isinstance(inputs, list | tuple):
        return len(inputs) > 0 and all(isinstance(x, Tensor) for x in inputs)
    return isinstance(inputs, Tensor)
