"""Symbolic tensors know their shape and where they come from."""

from __future__ import annotations

import pickle

from course import Input
from course.engine import is_symbolic
from course.layers import Dense


def test_only_tensors_and_lists_of_them_are_symbolic() -> None:
    x = Input((2,))
    assert is_symbolic(x)
    assert is_symbolic([x, x])
    assert is_symbolic((x,))
    for other in ([], None, 1.0, [x, 1.0], [[1.0]], "x"):
        assert not is_symbolic(other)


def test_a_tensor_remembers_its_call() -> None:
    x = Input((2,), name="entry")
    layer = Dense(3, name="hidden")
    h, again = layer(x), layer(x, training=True)
    assert (h.shape, h.name, h.node.layer) == ((None, 3), "hidden", layer)
    assert h.node is not again.node
    assert (h.node.training, again.node.training) == (None, True)
    assert x.node.index < h.node.index < again.node.index
    assert repr(h) == "Tensor(shape=(None, 3), from='hidden')"


def test_what_is_made_after_reading_counts_as_later() -> None:
    x = Input((2,))
    far = x.node.index + 1000
    x.node.index = far  # as if written by a process that had made many nodes
    again = pickle.loads(pickle.dumps(x))
    assert again.node.index == far
    assert again.node.layer.output is again
    later = Dense(1)(again)
    assert later.node.index > far
    assert Dense(1)(later).node.index > later.node.index
    old = pickle.loads(pickle.dumps(Input((2,))))
    assert Dense(1)(old).node.index > far + 2
