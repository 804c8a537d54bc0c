"""All trainable weights of a model as one vector, and one optimizer step on it.

An optimizer is its formula over vectors, whatever the depth of the network. The layers see
their own weights as reshaped views into these vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

import numpy as np

from course.config import floatx
from course.engine.slots import Slots
from course.engine.variable import Variable
from course.optimizers.optimizer import Optimizer

# Vectors longer than this are updated block by block: what a formula computes on the way then
# stays in the processor's cache (32,768 float32 are 128 kB).
BLOCK = 32_768


class Parameters:
    """The flat vectors of one model: values, gradients and the optimizer's slots.

    Parameters
    ----------
    members : callable
        Returns ``(variables, trainable)``: the variables of the model that gradients may move,
        and those among them that they move now (what is frozen left out).
    optimizer : Optimizer
        Whose `update` makes the step.

    Attributes
    ----------
    value, grad : ndarray of shape (n,)
        All trainable weights, and the gradient of the loss with respect to them.
    slots : dict of str to ndarray of shape (n,)
        What the optimizer remembers: momentum, second moments.
    """

    def __init__(
        self,
        members: Callable[[], tuple[list[Variable], list[Variable]]],
        optimizer: Optimizer,
    ) -> None:
        self._members = members
        self.optimizer = optimizer
        self._remembered: dict[Variable, dict[str, np.ndarray]] = {}
        self.variables: list[Variable] = []
        self.trainable: list[Variable] = []
        self.pack()

    def pack(self) -> None:
        """Lay the trainable variables one after another; slots follow their variables.

        Until all is done the variables have no owner: who was interrupted begins anew.
        """
        self._remember_slots()
        variables, trainable = self._members()
        size = sum(v.size for v in trainable)
        dtype = trainable[0].dtype if trainable else floatx()
        self.value, self.grad = np.zeros(size, dtype), np.zeros(size, dtype)
        slots = Slots(self.optimizer, size, dtype)
        for v in variables:
            v.bind(v.value.copy(), None, owner=None)
        for v, here in _places(trainable):
            v.bind(self.value[here].reshape(v.shape), self.grad[here].reshape(v.shape), owner=None)
            remembered = self._remembered.get(v, {})
            for name in slots.keys() & remembered.keys():
                slots[name][here] = remembered[name]
        self.variables, self.trainable, self.slots = variables, trainable, slots
        self._regularized = [v for v in trainable if v.regularizer is not None]
        self._constrained = [v for v in trainable if v.constraint is not None]
        for v in variables:
            v.owner = self

    def _remember_slots(self) -> None:
        """Keep the slots of each variable aside, those about to be frozen included."""
        for v, here in _places(self.trainable):
            self._remembered[v] = {name: slot[here].copy() for name, slot in self.slots.items()}

    def is_current(self) -> bool:
        """Whether every variable still lives here and no layer was frozen or thawed."""
        for v in self.variables:  # at every step: a loop is faster than all(...)
            if v.owner is not self:
                return False
        return True

    def slots_of(self, variable: Variable) -> dict[str, np.ndarray]:
        """Return the optimizer's slots of one trainable variable, in its shape."""
        here = dict(_places(self.trainable))[variable]
        return {n: slot.reshape(variable.shape) for n, slot in self.slots.block(here).items()}

    def penalty(self, *, add_gradient: bool = False) -> float:
        """Return the sum of the penalties on weights, adding their gradients where asked."""
        total = 0.0
        for v in self._regularized:
            total += float(v.regularizer(v.value))
            if add_gradient:
                v.grad += v.regularizer.gradient(v.value)
        return total

    def step(self) -> None:
        """Take one step with the gradients at hand: clip, decay, update, constrain."""
        optimizer = self.optimizer
        w, g, slots = self.value, self.grad, self.slots
        lr, t = optimizer.current_learning_rate(), optimizer.iterations + 1
        self._clip()
        if optimizer.weight_decay:
            self._decay(1 - optimizer.weight_decay * lr)
        if w.size <= BLOCK:
            optimizer.update(w, g, slots, lr, t)
        else:
            for start in range(0, w.size, BLOCK):
                block = slice(start, start + BLOCK)
                optimizer.update(w[block], g[block], slots.block(block), lr, t)
        for v in self._constrained:
            v.value = v.constraint(v.value)
        optimizer.iterations = t

    def _decay(self, keep: float) -> None:
        """Shrink the weights, without those that the optimizer excludes, by the factor `keep`."""
        if self.optimizer.decays_all:
            self.value *= keep
            return
        for v in self.trainable:
            if self.optimizer.decays(v):
                np.multiply(v.value, keep, out=v.value)

    def _clip(self) -> None:
        optimizer = self.optimizer
        if optimizer.clipvalue is not None:
            np.clip(self.grad, -optimizer.clipvalue, optimizer.clipvalue, out=self.grad)
        elif optimizer.clipnorm is not None:
            _shorten([v.grad for v in self.trainable], optimizer.clipnorm)
        elif optimizer.global_clipnorm is not None:
            _shorten([self.grad], optimizer.global_clipnorm)


def _places(variables: list[Variable]) -> list[tuple[Variable, slice]]:
    """Return each variable with the slice of the vectors that is its own."""
    ends = np.cumsum([v.size for v in variables], dtype=int).tolist()
    return [(v, slice(end - v.size, end)) for v, end in zip(variables, ends, strict=True)]


def _shorten(vectors: Sequence[np.ndarray], longest: float) -> None:
    """Scale each array whose Euclidean norm exceeds `longest` down to it; all NaN where it is."""
    for g in vectors:
        norm = float(np.linalg.norm(g))
        if norm == inf:  # squares of float32 overflow early
            norm = float(np.linalg.norm(g.astype(float)))
        if not norm <= longest:
            g *= longest / norm
