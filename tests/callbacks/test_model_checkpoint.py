"""When a model is saved, under which name, and what is refused before training starts."""

from __future__ import annotations

import json
import os
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, models, older
from course.callbacks import Callback, LambdaCallback, ModelCheckpoint, ReduceLROnPlateau
from course.layers import Dense
from course.metrics import F1Score
from driven import drive

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "callbacks.json").read_text())
X, Y = np.arange(8.0)[:, None], np.arange(8.0)

# Worked by hand: value | best so far | whether it is saved
TABLES = {
    "only what is better": (
        {},
        """
        5.0 | 5.0  | saved
        6.0 | 5.0  |
        5.0 | 5.0  |
        4.0 | 4.0  | saved
        """,
    ),
    "mode max": (
        {"mode": "max"},
        """
        0.5 | 0.5  | saved
        0.4 | 0.5  |
        0.6 | 0.6  | saved
        """,
    ),
    "NaN is never the best": (
        {},
        """
        nan | None |
        5.0 | 5.0  | saved
        nan | 5.0  |
        """,
    ),
    "only what is better than the threshold": (
        {"initial_value_threshold": 4.0},
        """
        5.0 | 4.0  |
        4.0 | 4.0  |
        3.0 | 3.0  | saved
        3.5 | 3.0  |
        """,
    ),
    "an epoch without validation is passed over": (
        {},
        """
        5.0 | 5.0  | saved
        -   | 5.0  |
        4.0 | 4.0  | saved
        """,
    ),
    "the older period looks at every so many": (
        {"period": 2},
        """
        5.0 | None |
        6.0 | 6.0  | saved
        4.0 | 6.0  |
        5.0 | 5.0  | saved
        """,
    ),
    "all without save_best_only": (
        {"save_best_only": False},
        """
        5.0 | None | saved
        nan | None | saved
        6.0 | None | saved
        """,
    ),
}


@pytest.mark.filterwarnings("ignore:period= is the older:FutureWarning")
@pytest.mark.parametrize("name", TABLES)
def test_decisions_worked_by_hand(name: str, tmp_path: Path) -> None:
    options, table = TABLES[name]
    rows = [[cell.strip() for cell in line.split("|")] for line in table.split("\n") if "|" in line]
    values = [None if row[0] == "-" else float(row[0]) for row in rows]
    path = tmp_path / "{epoch}.keras"
    callback = ModelCheckpoint(path, **{"monitor": "loss", "save_best_only": True, **options})
    model, epochs = drive(callback, values)
    assert [str(e["best"]) for e in epochs] == [best for _, best, _ in rows]
    expected = [i for i, (*_, saved) in enumerate(rows, 1) if saved]
    assert [int(Path(saved).stem) for saved in model.saved] == expected


@pytest.mark.parametrize("run", GOLDEN["model_checkpoint"])
def test_decisions_of_keras(
    run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    model, _ = drive(ModelCheckpoint(**run["config"]), run["values"])
    assert model.saved == run["saved"]


class Recording(Sequential):
    """Writes down what is saved instead of saving it."""

    def save(self, path: str) -> None:
        vars(self).setdefault("saved", []).append(Path(path).name)


def recording() -> Recording:
    network = Recording([Input((1,)), Dense(1)])
    network.compile("sgd", "mse", metrics=["mae"])
    return network


def fit(network: Any, *callbacks: Callback, epochs: int = 2, **options: Any) -> Any:
    """Train with four batches an epoch."""
    return network.fit(X, Y, 2, epochs, 0, callbacks=list(callbacks), **options)


def test_names_are_filled_in(tmp_path: Path) -> None:
    network = recording()
    path = tmp_path / "m{epoch:03d}-{val_loss:.2f}-{mae:.1f}.keras"
    history = fit(network, ModelCheckpoint(path), validation_data=(X, Y)).history
    assert network.saved == [
        f"m{i + 1:03d}-{history['val_loss'][i]:.2f}-{history['mae'][i]:.1f}.keras" for i in range(2)
    ]


@pytest.mark.parametrize(
    ("every", "expected"), [(2, ["1-2", "1-4", "2-2", "2-4"]), (3, ["1-3", "2-2"]), (9, [])]
)
def test_after_so_many_batches(every: int, expected: list[str], tmp_path: Path) -> None:
    network = recording()
    fit(network, ModelCheckpoint(tmp_path / "{epoch:d}-{batch:d}.keras", save_freq=every))
    assert vars(network).get("saved", []) == [f"{name}.keras" for name in expected]


def test_a_subclass_with_a_batch_hook_saves_after_epochs_as_before(tmp_path: Path) -> None:
    class Counting(ModelCheckpoint):
        batches = 0

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            super().on_train_batch_end(batch, logs)
            self.batches += 1

    network, checkpoint = recording(), Counting(tmp_path / "{epoch}.keras")
    fit(network, checkpoint)
    assert (network.saved, checkpoint.batches) == (["1.keras", "2.keras"], 8)


def test_the_best_of_what_is_known_in_mid_epoch(tmp_path: Path) -> None:
    network, losses = recording(), []
    path = tmp_path / "{epoch}-{batch}.keras"
    checkpoint = ModelCheckpoint(path, "loss", save_best_only=True, save_freq=1)
    look = LambdaCallback(on_train_batch_end=lambda batch, logs: losses.append(logs["loss"]))
    fit(network, look, checkpoint, epochs=3, shuffle=False)
    best = [i for i, loss in enumerate(losses) if loss < min([*losses[:i], np.inf])]
    assert network.saved == [f"{i // 4 + 1}-{i % 4 + 1}.keras" for i in best]
    assert checkpoint.best == min(losses)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        (
            "x.keras",
            {"save_best_only": True, "monitor": "val_loss"},
            "monitor='val_loss' is not known after batches, where save_freq=2",
        ),
        ("{val_mae}.keras", {}, "placeholder='val_mae' .* the validation at the end of an epoch"),
        ("{learning_rate}.keras", {}, "only the end of an epoch adds it"),
    ],
)
def test_what_is_not_known_in_mid_epoch(
    name: str, options: dict, message: str, tmp_path: Path
) -> None:
    network = recording()
    checkpoint = ModelCheckpoint(tmp_path / name, save_freq=2, **options)
    with pytest.raises(ValueError, match=message):
        fit(network, ReduceLROnPlateau("loss"), checkpoint, validation_split=0.5)
    assert network.optimizer.iterations == 0


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("x.keras", {"save_best_only": True}, "monitor='val_loss' needs validation"),
        ("{val_loss}.keras", {}, "with the placeholder='val_loss' needs validation"),
        ("{los:.2f}.keras", {}, "'los' will not be in the logs. Did you mean 'loss'?"),
        ("{batch}.keras", {}, "'batch' will not be in the logs"),
    ],
)
def test_what_cannot_be_in_the_logs(name: str, options: dict, message: str, tmp_path: Path) -> None:
    network = recording()
    with pytest.raises(ValueError, match=message):
        fit(network, ModelCheckpoint(tmp_path / name, **options))
    assert network.optimizer.iterations == 0


def test_placeholders_that_another_callback_fills(tmp_path: Path) -> None:
    network = recording()
    reduce = ReduceLROnPlateau("loss")
    fit(network, reduce, ModelCheckpoint(tmp_path / "{learning_rate}.keras"), epochs=1)
    assert network.saved == ["0.01.keras"]
    network = recording()
    add = LambdaCallback(on_epoch_end=lambda epoch, logs: logs.update(extra=epoch))
    fit(network, add, ModelCheckpoint(tmp_path / "{extra}.keras"))
    assert network.saved == ["0.keras", "1.keras"]
    with pytest.raises(ValueError, match=r"placeholders \['extra'\], which are not in the logs"):
        fit(network, ModelCheckpoint(tmp_path / "{extra}.keras"), add)


def test_a_score_for_each_class_cannot_be_in_a_name(tmp_path: Path) -> None:
    model = Sequential([Input((1,)), Dense(2, activation="softmax")])
    model.compile("sgd", "categorical_crossentropy", metrics=[F1Score()])
    checkpoint = ModelCheckpoint(tmp_path / "{epoch}-{f1_score:.2f}.keras")
    with pytest.raises(TypeError, match=r"f1_score is an array, such as a score for each class"):
        model.fit(X, np.eye(2)[[0, 1] * 4], callbacks=[checkpoint], verbose=0)
    assert list(tmp_path.iterdir()) == []


def test_a_placeholder_without_a_value_in_this_epoch(tmp_path: Path) -> None:
    network = recording()
    checkpoint = ModelCheckpoint(tmp_path / "{epoch}-{val_loss:.0f}.keras")
    fit(network, checkpoint, validation_data=(X, 0 * Y), validation_freq=2)
    assert network.saved[0] == "1-nan.keras"
    assert not network.saved[1].endswith("nan.keras")


@pytest.mark.parametrize("name", ["deep/er/x.keras", "{epoch}/x.keras", "a/{epoch}/b/x.keras"])
def test_folders_are_made(name: str, tmp_path: Path) -> None:
    network = recording()
    network.save = lambda path: Path(path).touch()
    fit(network, ModelCheckpoint(tmp_path / name), epochs=2)
    assert len(list(tmp_path.rglob("x.keras"))) == (2 if "{" in name else 1)


@pytest.mark.parametrize("name", ["file/x.keras", "file/{epoch}/x.keras", "folder.keras"])
def test_folders_that_cannot_be_written_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.keras").mkdir()
    network = recording()
    with pytest.raises(OSError, match=r"filepath=.* cannot be written \("):
        fit(network, ModelCheckpoint(tmp_path / name))
    assert network.optimizer.iterations == 0


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(PermissionError, match=r"cannot be written \(Permission denied\)"):
        fit(recording(), ModelCheckpoint(tmp_path / "x.keras"))


@pytest.mark.parametrize(
    ("name", "weights_only", "message"),
    [
        ("best", False, r"must end in '\.keras' .*, got 'best'\. Write 'best\.keras', or give"),
        ("best.ckpt", False, r"got 'best\.ckpt'\. Write 'best\.keras'"),
        ("best.keras", True, r"'\.weights\.h5' where save_weights_only=True, got 'best\.keras'"),
        ("best.h5", True, r"Write 'best\.weights\.h5'"),
        ("best.weights", True, r"Write 'best\.weights\.h5'"),
    ],
)
def test_endings_that_are_refused(name: str, weights_only: bool, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ModelCheckpoint(name, save_weights_only=weights_only)


@pytest.mark.parametrize(
    "name", ["{epoch.keras", "epoch}.keras", "{}.keras", "{0}.keras", "{loss:d}.keras", "{loss!z}"]
)
def test_names_that_cannot_be_filled_in(name: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be filled in|has no name"):
        ModelCheckpoint(f"{name.removesuffix('.keras')}.keras")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"save_freq": 0}, ValueError, "save_freq must be at least 1, got 0"),
        ({"save_freq": "batch"}, ValueError, "save_freq must be 'epoch' or a number of batches"),
        ({"save_freq": 1.5}, TypeError, r"save_freq must be a whole number, got 1\.5"),
        ({"period": 0}, ValueError, "period must be at least 1, got 0"),
        ({"period": 2, "save_freq": 5}, ValueError, "Give period=2 or save_freq=5, not both"),
        ({"initial_value_threshold": nan}, ValueError, "initial_value_threshold must be finite"),
        ({"mode": "best"}, ValueError, "mode must be one of"),
    ],
)
@pytest.mark.filterwarnings("ignore:period= is the older:FutureWarning")
def test_arguments_that_are_refused(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        ModelCheckpoint("x.keras", **options)


def test_what_is_no_path() -> None:
    with pytest.raises(TypeError, match="filepath must be a path, got 3"):
        ModelCheckpoint(3)


def test_the_older_period_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="period= is the older spelling; write save_freq="):
        ModelCheckpoint("x.keras", period=3)


def test_messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    drive(ModelCheckpoint("b.keras", "loss", 1, save_best_only=True), [5.0, 5.0, 4.0])
    drive(ModelCheckpoint("{epoch}.weights.h5", verbose=1, save_weights_only=True), [5.0])
    assert capsys.readouterr().out.splitlines() == [
        "Epoch 1: loss improved to 5.00000, saved in b.keras",
        "Epoch 2: loss did not improve from 5.00000",
        "Epoch 3: loss improved from 5.00000 to 4.00000, saved in b.keras",
        "Epoch 1: saved in 1.weights.h5",
    ]


def test_the_best_goes_on_through_several_trainings(tmp_path: Path) -> None:
    checkpoint = ModelCheckpoint(tmp_path / "x.keras", "loss", save_best_only=True)
    first, second = recording(), recording()
    for network in (first, second):
        network.set_weights([[[3.0]], [0.0]])
        network.optimizer.learning_rate = 0.0
        fit(network, checkpoint, epochs=1)
    assert len(first.saved) == 1
    assert not hasattr(second, "saved")


# -- with real files ---------------------------------------------------------------------------


def network() -> Sequential:
    model = Sequential([Input((1,)), Dense(1)])
    model.compile("sgd", "mse")
    return model


class Walk(Callback):
    """Takes the weights through 1, 2, 3, ... and the logs through given values."""

    def __init__(self, *values: float, fails_after: int = 99) -> None:
        super().__init__()
        self.values, self.fails_after = values, fails_after

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if epoch == self.fails_after:
            raise KeyboardInterrupt
        logs["mark"] = self.values[epoch]
        self.model.set_weights([[[epoch + 1.0]], [0.0]])


@pytest.mark.parametrize("name", ["best.keras", "best.h5"])
def test_the_file_of_the_best_model(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    checkpoint = ModelCheckpoint(path, "mark", save_best_only=True, mode="min")
    fit(network(), Walk(3.0, 1.0, 2.0), checkpoint, epochs=3)
    loaded = models.load_model(path)
    np.testing.assert_array_equal(loaded.predict(X)[:, 0], 2 * X[:, 0])


def test_the_file_of_the_weights(tmp_path: Path) -> None:
    path = tmp_path / "{epoch}.weights.h5"
    fit(network(), Walk(0.0, 0.0), ModelCheckpoint(path, save_weights_only=True))
    other = network()
    other.load_weights(tmp_path / "2.weights.h5")
    np.testing.assert_array_equal(other.get_weights()[0], [[2.0]])
    assert sorted(os.listdir(tmp_path)) == ["1.weights.h5", "2.weights.h5"]


def test_an_interrupted_training_leaves_the_last_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "last.keras"
    walk = Walk(*range(9), fails_after=2)
    with pytest.raises(KeyboardInterrupt):
        fit(network(), walk, ModelCheckpoint(path), epochs=9)
    loaded = models.load_model(path)
    np.testing.assert_array_equal(loaded.get_weights()[0], [[2.0]])
    assert os.listdir(tmp_path) == ["last.keras"]
