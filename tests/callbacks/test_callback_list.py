"""Several callbacks as one."""

from __future__ import annotations

from typing import Any

import pytest

from course.callbacks import (
    Callback,
    CallbackList,
    History,
    ModelCheckpoint,
    WeightHistory,
    as_callbacks,
)


class Ending(Callback):
    """Overrides one hook."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        pass


class Older(Callback):
    """Overrides one hook under its older name."""

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        pass


class Grandchild(Ending):
    """Inherits the hook."""


def test_a_hook_set_on_an_instance_may_add_anything() -> None:
    history = History()
    CallbackList([history], None, metrics=["loss"])
    assert history.params["added_metrics"] == []
    history.on_epoch_end = lambda epoch, logs: None
    CallbackList([history], None, metrics=["loss"])
    assert history.params["added_metrics"] is None


def test_who_overrides_a_hook() -> None:
    ending, older, grandchild, nobody = Ending(), Older(), Grandchild(), Callback()
    patched = Callback()
    patched.on_train_batch_end = lambda batch, logs=None: None
    everyone = CallbackList([ending, older, grandchild, nobody, patched], None)
    assert everyone.overriding("on_train_batch_end") == [ending, older, grandchild, patched]
    assert everyone.overriding("on_train_batch_begin") == []
    assert everyone.overriding("on_test_batch_end") == []


@pytest.mark.parametrize(
    ("by_epoch", "by_batch"),
    [
        (ModelCheckpoint("x.keras"), ModelCheckpoint("x.keras", save_freq=2)),
        (WeightHistory(), WeightHistory(freq="batch")),
    ],
)
def test_what_happens_once_an_epoch_costs_nothing_a_batch(by_epoch: Any, by_batch: Any) -> None:
    everyone = CallbackList([by_epoch, by_batch], None)
    assert everyone.overriding("on_train_batch_end") == [by_batch]
    assert everyone.overriding("on_epoch_end") == [by_epoch, by_batch]


@pytest.mark.parametrize("base", [ModelCheckpoint, WeightHistory])
def test_who_writes_the_hook_anew_is_called(base: Any) -> None:
    class Own(base):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            pass

    own = Own("x.keras")
    assert CallbackList([own], None).overriding("on_train_batch_end") == [own]


def test_callbacks_are_called_in_their_order() -> None:
    said: list[tuple[str, int]] = []

    class Speaker(Callback):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            said.append((self.name, epoch))

    CallbackList([Speaker("a"), Speaker("b")], None).call("on_epoch_begin", 3, {})
    assert said == [("a", 3), ("b", 3)]


def test_lists_single_ones_and_none() -> None:
    one = Callback()
    assert as_callbacks(None) == []
    assert as_callbacks(one) == [one]
    assert as_callbacks((one, one)) == [one, one]
    assert as_callbacks(c for c in [one]) == [one]


@pytest.mark.parametrize("given", [3, "stop", [Callback(), "stop"], [None]])
def test_what_is_no_callback_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="callbacks must be instances of Callback"):
        as_callbacks(given)


@pytest.mark.parametrize("given", [Ending, [Ending]])
def test_a_class_is_to_be_called(given: Any) -> None:
    with pytest.raises(TypeError, match=r"a class: call it"):
        as_callbacks(given)
