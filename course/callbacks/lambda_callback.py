"""A callback made of functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course import checks
from course.callbacks.callback import Callback

_HOOKS = [name for name in vars(Callback) if name.startswith("on_")]


class LambdaCallback(Callback):
    """Call functions where a class of one's own would be too much.

    ::

        LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch, logs["loss"]))

    Parameters
    ----------
    **hooks : callable
        By the name of their hook, with the arguments of that hook: ``(epoch, logs)`` for
        `on_epoch_begin` and `on_epoch_end`; ``(batch, logs)`` for the batch hooks,
        `on_train_batch_end` and the like; ``(logs)`` for the others, `on_train_begin` and
        the like.

    Raises
    ------
    TypeError
        If there is no such hook, or something given is no function.
    """

    def __init__(self, **hooks: Callable[..., Any] | None) -> None:
        super().__init__()
        checks.unknown_arguments("LambdaCallback", set(hooks) - set(_HOOKS), _HOOKS)
        for name, function in hooks.items():
            if function is None:
                continue
            if not callable(function):
                raise TypeError(f"{name} must be a function, got {function!r}.")
            setattr(self, name, function)
