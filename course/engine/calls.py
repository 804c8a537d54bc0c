"""What happens when a layer is called: on arrays it computes, on symbolic tensors it connects."""

from __future__ import annotations

from typing import Any
from weakref import ref

import numpy as np

from course import checks, config
from course.engine.foreign import checked
from course.engine.symbolic import Node, Tensor, is_symbolic
from course.engine.undoing import unbuilt_on_error


class Calls:
    """The part of a layer that is called, and knows of the symbolic calls in its models."""

    name: str
    built: bool
    _calls: list[ref[Node]]  # known to the models that were made of them, not kept for their sake

    def __call__(self, inputs: Any, training: bool | None = None) -> Any:
        """Apply the layer to arrays, or connect it to symbolic tensors.

        Parameters
        ----------
        inputs : array_like, Tensor, or a list of them for merge layers
            Arrays give an array; symbolic tensors give a symbolic tensor.
        training : bool, optional
            On arrays False by default; on tensors left to the model by default.
        """
        if not hasattr(self, "built"):
            raise RuntimeError(
                f"The __init__ of {type(self).__name__} must call super().__init__()."
            )
        if self.built:
            return self._call(inputs, training)
        with unbuilt_on_error([self]):
            return self._call(inputs, training)

    def _call(self, inputs: Any, training: bool | None) -> Any:
        if training is not None:
            training = checks.flag("training", training)
        if is_symbolic(inputs):
            return self._connect(inputs, training)
        if isinstance(inputs, list) and any(isinstance(a, Tensor) for a in inputs):
            raise TypeError(
                f"{self.name!r} was called on symbolic tensors and arrays together: call it either "
                "on what Input and layers return, or on data."
            )
        if isinstance(inputs, list) and any(hasattr(a, "shape") for a in inputs):
            x = [self._array(a) for a in inputs]
            shape = [(None, *a.shape[1:]) for a in x]
        else:
            x = self._array(inputs)
            shape = (None, *x.shape[1:])
        self.ensure_built(shape)
        # It says so if the layer was built for another shape.
        forward = checked(self.forward, self, self.compute_output_shape(shape))
        with config.quiet():
            return forward(x, bool(training))[0]

    def _array(self, x: Any) -> np.ndarray:
        return checks.floats(f"The input of {self.name!r}", x)

    def _connect(self, inputs: Any, training: bool | None) -> Tensor:
        takes_list = not isinstance(inputs, Tensor)
        node = Node(self, list(inputs) if takes_list else [inputs], takes_list, training)
        self.ensure_built(node.input_shape)
        tensor = self._tensor_of(node)
        self.remember_call(node)
        return tensor

    def _tensor_of(self, node: Node) -> Tensor:
        return Tensor(tuple(self.compute_output_shape(node.input_shape)), node)

    def remember_call(self, node: Node) -> None:
        """Let :attr:`input` and :attr:`output` know of a symbolic call, while a model has it."""
        self._calls = [call for call in self._calls if call() is not None] + [ref(node)]

    @property
    def input(self) -> Any:
        """The symbolic tensor that the layer was first called on; a list for merge layers.

        Raises
        ------
        AttributeError
            If it was not called on symbolic tensors, or nothing has the result any more.
        """
        node = self._first_call()
        return list(node.inputs) if node.takes_list else node.inputs[0]

    @property
    def output(self) -> Tensor:
        """The symbolic tensor that came of the first call: where another model may begin or end.

        ``Model(model.inputs, model.get_layer('dense').output)`` ends at that layer.

        Raises
        ------
        AttributeError
            If the layer was not called on symbolic tensors, or nothing has the result any more.
        """
        return self._tensor_of(self._first_call())

    def _first_call(self) -> Node:
        for call in self._calls:
            node = call()
            if node is not None:
                return node
        raise AttributeError(
            f"Layer {self.name!r} has no input and output yet: it was not called on symbolic "
            "tensors. Put it into a model that begins with an Input(shape=...)."
        )

    def __getstate__(self) -> dict[str, Any]:
        # Nodes that are copied along tell their layers of themselves.
        return {name: kept for name, kept in vars(self).items() if name != "_calls"}
