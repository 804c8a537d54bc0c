"""Batches that come ready made: which, in which order, how often, and what is said at the end."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator
from itertools import cycle, repeat
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import course
from course import Input, Model, Sequential, config, losses
from course.callbacks import Callback
from course.layers import Concatenate, Dense
from course.models import batches as batches_module
from course.models.streams import is_stream
from course.optimizers import SGD
from course.utils import PyDataset

ROWS = 3
FOLDER = Path(__file__).parents[1] / "golden"


def batch(i: int) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y, which are all i."""
    return np.full((ROWS, 1), float(i)), np.full((ROWS, 1), float(i))


def counted(n: int | None = None, start: int = 0) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield n numbered batches, or batches without end."""
    i = start
    while n is None or i < start + n:
        yield batch(i)
        i += 1


class Indexed:
    """Numbered batches with an index, and nothing else."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.asked: list[int] = []

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        self.asked.append(i)
        return batch(i)


class Loader:
    """Numbered batches that can be gone through again, without an index."""

    def __init__(self, n: int) -> None:
        self.n = n

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return counted(self.n)


class Numbered(PyDataset):
    """Batches out of a list."""

    def __init__(self, parts: list[Any]) -> None:
        super().__init__(workers=2)
        self.parts = parts

    def __len__(self) -> int:
        return len(self.parts)

    def __getitem__(self, index: int) -> Any:
        return self.parts[index]


class Counting:
    """Writes down the number of each batch that the loss sees; and fits y = x, exactly."""

    def __init__(self, **compiled: Any) -> None:
        self.seen: list[int] = []
        self.model = Sequential([Input((1,)), Dense(1, use_bias=False)])
        loss = losses.Custom(self._function, lambda y, p: np.zeros_like(p))
        self.model.compile(SGD(0.0), loss, **compiled)

    def _function(self, y: np.ndarray, p: np.ndarray) -> np.ndarray:
        assert len(y) <= ROWS
        self.seen.append(int(y[0, 0]))
        return y[:, 0].astype("float32")

    def fit(self, x: Any, y: Any = None, **arguments: Any) -> Any:
        return self.model.fit(x, y, verbose=0, **arguments)


def line(w: float = 1.0) -> Sequential:
    """Return the model y = w·x."""
    model = Sequential([Input((1,)), Dense(1, use_bias=False)])
    model.compile(SGD(0.01), "mse", metrics=["mae"])
    model.set_weights([[[w]]])
    return model


@pytest.mark.parametrize(
    "x", [counted(2), Indexed(2), Loader(2), PyDataset(), map(batch, range(2)), repeat(batch(0))]
)
def test_what_gives_batches(x: Any) -> None:
    assert is_stream(x)


@pytest.mark.parametrize(
    "x",
    [
        None,
        3.0,
        [1, 2],
        (1, 2),
        range(3),
        "ab",
        {"a": 1},
        {1, 2},
        np.ones(3),
        np.float32(1),
        pd.Series([1]),
        pd.DataFrame({"a": [1]}),
        pd.Series([1]).array,
        sparse.csr_array(np.eye(2)),
    ],
    ids=lambda x: type(x).__name__,
)
def test_what_is_data(x: Any) -> None:
    assert not is_stream(x)


def test_the_same_batches_as_in_keras() -> None:
    expected = json.loads((FOLDER / "streams.json").read_text())
    found = runpy.run_path(str(FOLDER / "streams.py"))["results"](course)
    assert set(found) == set(expected) - {"keras"}
    for name, value in found.items():
        assert value == expected[name], name


# -- fit -------------------------------------------------------------------------------------------


def test_a_generator_is_one_epoch_until_it_is_exhausted() -> None:
    counting = Counting()
    history = counting.fit(counted(4))
    assert counting.seen == [0, 1, 2, 3]
    assert history.history["loss"] == [1.5]
    assert counting.model.optimizer.iterations == 4


def test_a_generator_in_epochs_of_so_many_steps_is_asked_for_no_batch_too_many() -> None:
    counting, source = Counting(), counted()
    history = counting.fit(source, epochs=3, steps_per_epoch=2)
    assert counting.seen == [0, 1, 2, 3, 4, 5]
    assert history.history["loss"] == [0.5, 2.5, 4.5]
    assert next(source)[0][0, 0] == 6


def test_a_generator_trains_as_the_same_arrays_do() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(12, 2))
    y, weight = x @ [[1.0], [2.0]], rng.uniform(size=12)

    def fit(*data: Any, **arguments: Any) -> tuple[Any, Any]:
        config.set_random_seed(1)
        model = Sequential([Dense(3, "tanh"), Dense(1)])
        model.compile("adam", "mse", weighted_metrics=["mae"])
        history = model.fit(*data, epochs=4, verbose=0, shuffle=False, **arguments)
        return history.history, model.get_weights()

    slices = [slice(i, i + 5) for i in (0, 5, 10)]
    parts = cycle([(x[s], y[s], weight[s]) for s in slices])
    whole, w = fit(x, y, batch_size=5, sample_weight=weight, validation_data=(x, y))
    judge = Indexed(1)
    judge.__class__ = type("Whole", (Indexed,), {"__getitem__": lambda self, i: (x, y)})
    streamed, v = fit(parts, steps_per_epoch=3, validation_data=judge)
    assert whole == streamed
    for a, b in zip(w, v, strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_generator_that_runs_out_ends_the_training_with_one_warning() -> None:
    counting = Counting()
    with pytest.warns(UserWarning, match="ran out") as caught:
        history = counting.fit(counted(5), epochs=9, steps_per_epoch=2)
    (warning,) = caught
    for words in ("x ran out of batches: it gave 5", "only once", "while True", "utils.PyDataset"):
        assert words in str(warning.message)
    assert counting.seen == [0, 1, 2, 3, 4]
    assert history.epoch == [0, 1, 2]  # the third of one step
    assert history.history["loss"] == [0.5, 2.5, 4]


def test_no_empty_epoch_where_it_runs_out_between_two() -> None:
    events = []

    class Watch(Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            events.append(epoch)

        def on_train_end(self, logs: Any = None) -> None:
            events.append(logs["loss"])

    for arguments in ({"steps_per_epoch": 4}, {}):
        events.clear()
        with pytest.warns(UserWarning, match="ran out of batches: it gave 4"):
            history = Counting().fit(counted(4), epochs=3, callbacks=[Watch()], **arguments)
        assert history.epoch == [0]
        assert events == [0, 1.5]


def test_an_index_is_gone_through_each_epoch_in_a_new_order() -> None:
    counting, x = Counting(), Indexed(8)
    counting.fit(x, epochs=2)
    first, second = counting.seen[:8], counting.seen[8:]
    assert sorted(first) == sorted(second) == list(range(8))
    assert first != second
    config.set_random_seed(3)
    counting.fit(x)
    config.set_random_seed(3)
    counting.fit(x)
    assert counting.seen[16:24] == counting.seen[24:]


def test_an_index_in_its_own_order() -> None:
    counting = Counting()
    counting.fit(Indexed(3), epochs=2, shuffle=False)
    assert counting.seen == [0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize("make", [Indexed, Loader])
def test_epochs_shorter_and_longer_than_a_pass_go_on(make: Callable[[int], Any]) -> None:
    for steps in (2, 4):
        counting = Counting()
        counting.fit(make(3), epochs=3, steps_per_epoch=steps, shuffle=False)
        assert counting.seen == [i % 3 for i in range(3 * steps)]


def test_arrays_in_epochs_of_so_many_steps_go_on_too() -> None:
    x = np.arange(5.0)
    for steps in (2, 4):
        counting = Counting()
        counting.fit(x, x, batch_size=1, epochs=3, steps_per_epoch=steps, shuffle=False)
        assert counting.seen == [i % 5 for i in range(3 * steps)]
    counting = Counting()
    counting.fit(x, x, batch_size=1, epochs=5, steps_per_epoch=2)
    assert sorted(counting.seen[:5]) == sorted(counting.seen[5:]) == list(range(5))


def test_the_ends_of_passes_are_told() -> None:
    ends = []

    class Told(Indexed):
        def on_epoch_end(self) -> None:
            ends.append(len(self.asked))

    Counting().fit(Told(3), epochs=2)
    assert ends == [4, 7]  # the first batch was looked at once more beforehand


def test_callbacks_are_told_the_number_of_steps() -> None:
    def steps(x: Any, **arguments: Any) -> Any:
        watch = Callback()
        Counting().fit(x, callbacks=[watch], **arguments)
        return watch.params["steps"]

    assert steps(counted(3)) is None
    assert steps(counted(), steps_per_epoch=3) == 3
    assert steps(Indexed(4)) == 4
    assert steps(Indexed(4), steps_per_epoch=3) == 3


def test_stopping_in_mid_epoch() -> None:
    class Stop(Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.model.stop_training = batch == 1

    counting = Counting()
    counting.fit(counted(), epochs=3, steps_per_epoch=5, callbacks=[Stop()])
    assert counting.seen == [0, 1]


def test_class_weights_apply_to_each_batch() -> None:
    model = Sequential([Input((1,)), Dense(1, "sigmoid", kernel_initializer="zeros")])
    model.compile(SGD(0.0), "binary_crossentropy")
    x = np.zeros((2, 1))
    history = model.fit(iter([(x, [0, 1]), (x, [1, 1])]), class_weight={1: 3.0}, verbose=0)
    assert history.history["loss"] == pytest.approx([np.log(2) * (1 + 3 + 3 + 3) / 4])


def test_weights_may_come_in_the_batches_and_batches_may_differ_in_size() -> None:
    parts = [([1.0, 2.0], [0.0, 1.0], [3.0, 0.0]), ([5.0], [3.0], [0.5]), [[1.0], [1.0]]]
    history = line().fit(iter(parts), steps_per_epoch=3, verbose=0, epochs=1)
    model = line()
    expected = [model.train_on_batch(*part)[0] for part in parts]
    assert history.history["loss"] == pytest.approx([np.dot(expected, [2, 1, 1]) / 4])


def test_several_inputs_and_outputs_in_a_batch() -> None:
    a, b = Input((1,), name="a"), Input((2,), name="b")
    joined = Concatenate()([a, b])
    model = Model([a, b], [Dense(1, name="p")(joined), Dense(2, name="q")(joined)])
    model.compile("sgd", "mse")
    one, two = np.ones((4, 1)), np.ones((4, 2))
    for x in ((one, two), [one, two], {"a": one, "b": two}):
        history = model.fit(iter([(x, {"p": one, "q": two})]), verbose=0)
        assert set(history.history) == {"loss", "p_loss", "q_loss"}
    p, q = model.predict(iter([((one, two), None), ({"a": one, "b": two},)]))
    assert (p.shape, q.shape) == ((8, 1), (8, 2))


def test_an_unbuilt_model_is_built_for_the_first_batch() -> None:
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.fit(iter([(np.ones((2, 5)), [1, 2])]), verbose=0)
    assert model.input_shape == (None, 5)


# -- validation ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [Indexed, Loader])
def test_validation_begins_anew_each_time(make: Callable[[int], Any]) -> None:
    counting = Counting()
    history = counting.fit(counted(), epochs=2, steps_per_epoch=1, validation_data=make(3))
    assert counting.seen == [0, 0, 1, 2, 1, 0, 1, 2]
    assert history.history["val_loss"] == history.val_data_loss == [1, 1]
    counting.seen.clear()
    counting.fit(batch(9)[0], batch(9)[1], epochs=2, validation_data=make(3), validation_steps=2)
    assert counting.seen == [9, 0, 1, 9, 0, 1]


def test_validation_by_a_generator_goes_on() -> None:
    counting = Counting()
    counting.fit(*batch(9), epochs=2, validation_data=counted(), validation_steps=2)
    assert counting.seen == [9, 0, 1, 9, 2, 3]


def test_validation_steps_of_arrays_are_the_first_rows() -> None:
    x = np.arange(6.0)
    for arguments in ({"batch_size": 1}, {"validation_batch_size": 1, "batch_size": 3}):
        counting = Counting()
        history = counting.fit(x, x, validation_data=(x, x), validation_steps=3, **arguments)
        assert counting.seen[-3:] == [0, 1, 2]
        assert history.history["val_loss"] == [1]


def test_a_validation_that_runs_out_is_said_once_and_training_goes_on() -> None:
    with pytest.warns(UserWarning, match="ran out") as caught:
        history = Counting().fit(*batch(1), epochs=4, validation_data=counted(2))
    (warning,) = caught
    assert "validation_data ran out of batches: it gave 2" in str(warning.message)
    assert history.epoch == [0, 1, 2, 3]
    assert history.history["val_loss"] == history.val_data_loss == [0.5]


# -- evaluate and predict --------------------------------------------------------------------------


def test_evaluate_takes_all_batches_or_so_many() -> None:
    model = line(w=2.0)  # the error of batch i is i
    for x in (counted(3), Indexed(3), Loader(3)):
        assert model.evaluate(x, return_dict=True) == pytest.approx({"loss": 5 / 3, "mae": 1})
    for x in (counted(), Indexed(9), Loader(9)):
        assert model.evaluate(x, steps=2) == pytest.approx([0.5, 0.5])
    x = np.arange(4.0)
    assert model.evaluate(x, x, batch_size=1, steps=3)[1] == pytest.approx(1)
    many = np.r_[np.ones(32), np.zeros(8)]
    assert model.evaluate(many, many, steps=1)[1] == pytest.approx(1)


def test_evaluate_of_fewer_batches_than_asked_for_says_so() -> None:
    for x in (counted(3), Indexed(3), Loader(3)):
        with pytest.warns(UserWarning, match="x ran out of batches: it gave 3"):
            assert line(w=2.0).evaluate(x, steps=5)[1] == pytest.approx(1)


def test_predict_from_batches_of_inputs_or_of_tuples() -> None:
    model, expected = line(w=2.0), np.repeat([0.0, 2.0, 4.0], ROWS)[:, None]
    sources = [counted(3), Indexed(3), Loader(3), (batch(i)[0] for i in range(3))]
    for x in [*sources, ((batch(i)[0],) for i in range(3))]:
        np.testing.assert_array_equal(model.predict(x), expected)
    np.testing.assert_array_equal(model.predict(counted(), steps=2), expected[: 2 * ROWS])
    np.testing.assert_array_equal(model.predict(np.arange(9.0), batch_size=2, steps=2)[:, 0],
                                  [0, 2, 4, 6])  # fmt: skip
    assert model.predict(np.arange(99.0), steps=2).shape == (64, 1)


def test_predict_tells_its_callbacks() -> None:
    class Watch(Callback):
        rows = 0

        def on_predict_batch_end(self, batch: int, logs: Any = None) -> None:
            self.rows += len(logs["outputs"][0])

    watch = Watch()
    line().predict(counted(), steps=2, callbacks=[watch])
    assert (watch.rows, watch.params["steps"]) == (2 * ROWS, 2)


# -- wrong use -------------------------------------------------------------------------------------

X = np.ones((ROWS, 1))
REFUSED: list[tuple[dict[str, Any], type[Exception], list[str]]] = [
    ({"y": X}, TypeError, ["y cannot be given where x is a generator", "(x, y)"]),
    ({"sample_weight": [1.0]}, TypeError, ["sample_weight cannot be given", "generator"]),
    ({"batch_size": 4}, TypeError, ["batch_size cannot be given", "of its own size"]),
    ({"validation_split": 0.2}, TypeError, ["validation_split cannot be given", "generator"]),
    ({"steps_per_epoch": 0}, ValueError, ["steps_per_epoch must be at least 1, got 0"]),
    ({"validation_steps": 1.5}, TypeError, ["validation_steps must be a whole number, got 1.5"]),
    ({"x": cycle([batch(0)])}, ValueError, ["x, a cycle, never ends", "steps_per_epoch"]),
    ({"x": repeat(batch(0))}, ValueError, ["x, a repeat, never ends", "steps_per_epoch"]),
    ({"validation_data": repeat(batch(0))}, ValueError, ["validation_data, a repeat", "_steps"]),
    ({"x": iter([])}, ValueError, ["x, a list_iterator, is empty", "not even one batch"]),
    ({"x": Indexed(0)}, ValueError, ["x, a Indexed, is empty"]),
    ({"x": iter([X])}, TypeError, ["In batch 1 of x", "y is missing"]),
    ({"x": iter([(X, X, None, X)])}, ValueError, ["In batch 1 of x", "(x, y)", "tuple of 4"]),
    ({"x": iter([(X * np.nan, X)])}, ValueError, ["In batch 1 of x: x holds nan at row 0"]),
    ({"x": iter([(X, X[:2])])}, ValueError, ["In batch 1 of x", "x has 3", "y has 2"]),
    ({"x": iter([(X[:0], X[:0])])}, ValueError, ["In batch 1 of x: x is empty"]),
    ({"x": iter([({"a": X}, X)])}, ValueError, ["In batch 1 of x: x has the keys ['a']"]),
    ({"validation_data": iter([(np.ones((3, 2)), X)])}, ValueError,
     ["In batch 1 of validation_data", "2 features came, 1 were expected"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "error", "words"), REFUSED, ids=lambda v: None)
def test_a_refused_fit_says_why_and_changes_nothing(
    given: dict[str, Any], error: type[Exception], words: list[str]
) -> None:
    model = line()
    state = config.generator().bit_generator.state
    with pytest.raises(error) as caught:
        model.fit(**{"x": counted(9), "verbose": 0} | given)
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)
    assert model.optimizer.iterations == 0
    assert model.get_weights()[0] == 1
    assert config.generator().bit_generator.state == state


@pytest.mark.parametrize("make", [iter, Numbered], ids=["iter", "index"])
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((np.ones((3, 2)), X), "x has shape .3, 2., .*2 features came, 1 were expected"),
        ((X, X * np.inf), "y holds inf at row 0"),
        ((X, X, [1.0, 2.0]), ".*sample_weight has 2, y has 3"),
    ],
)
def test_a_wrong_batch_is_named_before_its_step(make: Any, wrong: Any, words: str) -> None:
    model = line()
    where = "batch 3 of x" if make is iter else r"x\[2\]"
    with pytest.raises(ValueError, match=rf"In {where}: {words}"):
        model.fit(make([batch(1), batch(1), wrong]), verbose=0, shuffle=False)
    assert model.optimizer.iterations == 2


def test_evaluate_and_predict_refuse_what_a_stream_makes_meaningless() -> None:
    for arguments, name in [({"y": X}, "y"), ({"batch_size": 2}, "batch_size")]:
        with pytest.raises(TypeError, match=f"{name} cannot be given where x is a generator"):
            line().evaluate(counted(2), **arguments)
    with pytest.raises(TypeError, match="batch_size cannot be given where x is a generator"):
        line().predict(counted(2), batch_size=3)
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        line().evaluate(counted(2), steps=0)
    with pytest.raises(ValueError, match=r"never ends; say with .*steps"):
        line().predict(repeat(X))
    with pytest.raises(ValueError, match="In batch 2 of x: x has shape"):
        line().predict(iter([X, np.ones((3, 2))]))


def test_an_epoch_without_end_is_suspected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches_module, "MANY", 5)
    with pytest.warns(UserWarning, match="x has given 5 batches in one epoch.*steps_per_epoch"):
        Counting().fit(counted(7))
    Counting().fit(counted(), steps_per_epoch=7)
    Counting().fit(Indexed(7))
