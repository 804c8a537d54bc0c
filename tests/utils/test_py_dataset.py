"""Data that is read batch by batch."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Sequential, older
from course.layers import Dense
from course.utils import PyDataset, Sequence


class Halves(PyDataset):
    """Two batches; counts the passes."""

    def __init__(self, **arguments: int) -> None:
        super().__init__(**arguments)
        self.passes = 0

    def __len__(self) -> int:
        return 2

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        return np.full((4, 1), float(index)), np.full(4, float(index))

    def on_epoch_end(self) -> None:
        self.passes += 1


def test_a_model_trains_on_it_and_tells_it_the_end_of_each_epoch() -> None:
    model = Sequential([Input((1,)), Dense(1)])
    model.compile("sgd", "mse")
    halves = Halves(workers=4, max_queue_size=2)
    assert (halves.workers, halves.use_multiprocessing, halves.max_queue_size) == (4, False, 2)
    model.fit(halves, epochs=3, verbose=0)
    assert halves.passes == 3
    assert model.optimizer.iterations == 6
    assert model.predict(halves).shape == (8, 1)


def test_what_must_be_defined_is_named() -> None:
    class Nothing(PyDataset):
        pass

    with pytest.raises(NotImplementedError, match=r"Nothing must define __len__\(\)"):
        len(Nothing())
    with pytest.raises(NotImplementedError, match=r"Nothing must define __getitem__\(index\)"):
        Nothing()[0]
    assert Nothing().on_epoch_end() is None


def test_the_older_name_warns_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match=r"utils\.Sequence is the older spelling.*PyDataset"):

        class Old(Sequence):
            pass

    class Older(Sequence):
        pass

    assert issubclass(Old, PyDataset)
    assert issubclass(Older, PyDataset)
