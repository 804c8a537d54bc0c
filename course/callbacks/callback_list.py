"""Several callbacks called as one, each only for the hooks that it overrides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from course.callbacks.callback import Callback

_OLDER = {"on_train_batch_begin": "on_batch_begin", "on_train_batch_end": "on_batch_end"}


class CallbackList:
    """Calls a hook of all callbacks, in their order.

    Parameters
    ----------
    callbacks : iterable of Callback, Callback or None
        Whom to call.
    model : Model
        Whose training they see.
    **params
        ``epochs``, ``steps``, ``verbose``; in `fit` also ``metrics``, to which the list itself
        puts ``added_metrics``.

    Raises
    ------
    TypeError
        If one of them is no callback.
    """

    def __init__(self, callbacks: Any, model: Any, **params: Any) -> None:
        self.callbacks = as_callbacks(callbacks)
        if "metrics" in params:
            params["added_metrics"] = self._added_metrics()
        for callback in self.callbacks:
            callback.set_model(model)
            callback.set_params(params)

    def _added_metrics(self) -> list[str] | None:
        """The keys that callbacks add to the logs of an epoch; None if one may add any."""
        added: list[str] = []
        for callback in self.overriding("on_epoch_end"):
            keys = _added_by(callback)
            if keys is None:
                return None
            added += [key for key in keys if key not in added]
        return None if self.overriding("on_test_end") else added

    def overriding(self, hook: str) -> list[Callback]:
        """Return those callbacks that do something in `hook`."""
        names = [hook, _OLDER[hook]] if hook in _OLDER else [hook]
        return [
            callback
            for callback in self.callbacks
            if _overrides(callback, names) and callback.listens_to(hook)
        ]

    def hook(self, name: str) -> Callable[..., None] | None:
        """Return a function that calls a hook of those who override it; None if nobody does."""
        interested = [getattr(callback, name) for callback in self.overriding(name)]
        if not interested:
            return None

        def call(*arguments: Any) -> None:
            for function in interested:
                function(*arguments)

        return call

    def call(self, hook: str, *arguments: Any) -> None:
        """Call `hook` of every callback."""
        for callback in self.callbacks:
            getattr(callback, hook)(*arguments)


def _overrides(callback: Callback, hooks: list[str]) -> bool:
    return any(
        getattr(type(callback), hook) is not getattr(Callback, hook) or hook in vars(callback)
        for hook in hooks
    )


def _added_by(callback: Callback) -> tuple[str, ...] | None:
    """What the class that wrote this callback's `on_epoch_end` says that it adds."""
    if "on_epoch_end" in vars(callback):
        return None
    writer = next(c for c in type(callback).__mro__ if "on_epoch_end" in vars(c))
    return vars(writer).get("adds_to_logs")


def as_callbacks(given: Any) -> list[Callback]:
    """Return a list of callbacks for a list of them, a single one, or None.

    Raises
    ------
    TypeError
        If something in it is no callback.
    """
    several = isinstance(given, Iterable) and not isinstance(given, str)
    callbacks = list(given) if several else [] if given is None else [given]
    for callback in callbacks:
        if not isinstance(callback, Callback):
            is_class = isinstance(callback, type) and issubclass(callback, Callback)
            raise TypeError(
                "callbacks must be instances of Callback, such as [EarlyStopping()], got "
                f"{callback!r}{' (a class: call it)' if is_class else ''}."
            )
    return callbacks
