"""The vectors that an optimizer remembers, each made when it is first asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.optimizers.optimizer import Optimizer


class Slots(dict[str, np.ndarray]):
    """Vectors by name, as long as all weights together.

    A hyperparameter that is set while training can ask for another one: ``optimizer.momentum``
    changed from 0 to 0.9. It is made at the next step, and no step before pays for that.

    Parameters
    ----------
    optimizer : Optimizer
        Whose `slots` says which there are, and what they start from.
    size : int
        How many weights there are.
    dtype : dtype
        Their float type.
    """

    def __init__(self, optimizer: Optimizer, size: int, dtype: Any) -> None:
        super().__init__()
        self._optimizer, self._size, self._dtype = optimizer, size, dtype
        self.block(slice(0))

    def block(self, part: slice) -> dict[str, np.ndarray]:
        """Return a part of every slot that the optimizer has now."""
        return {name: self[name][part] for name in self._optimizer.slots()}

    def __missing__(self, name: str) -> np.ndarray:
        starts = self._optimizer.slots()
        if name not in starts:
            raise KeyError(
                f"{type(self._optimizer).__name__} has no slot {name!r}; its slots() names "
                f"{', '.join(map(repr, starts)) or 'none'}."
            )
        self[name] = np.full(self._size, starts[name], self._dtype)
        return self[name]
