"""Weights that do not fit are refused by name, and nothing is changed by them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import Dense, Dropout


def network(*units: int, name: str = "small") -> Sequential:
    return Sequential([Input((3,)), *(Dense(n) for n in units)], name=name)


def refused(model: Model, path: Path, match: str) -> None:
    """Load, see it refused, and see that nothing moved."""
    before = model.get_weights()
    steps = None if model.optimizer is None else model.optimizer.iterations
    with pytest.raises(ValueError, match=match) as caught:
        model.load_weights(path)
    assert path.name in str(caught.value)
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert steps == (None if model.optimizer is None else model.optimizer.iterations)


@pytest.mark.parametrize("form", ["m.weights.h5", "m.keras", "m.h5"])
def test_the_layer_and_both_shapes_are_named(form: str, tmp_path: Path) -> None:
    save(network(4, 2), tmp_path / form)
    refused(
        network(4, 5),
        tmp_path / form,
        r"layer 'dense_1' has kernel \(4, 5\), bias \(5,\), but the file holds \(4, 2\), \(2,\)",
    )


def save(model: Model, path: Path) -> None:
    if path.name.endswith(".weights.h5"):
        model.save_weights(path)
    else:
        model.save(path)


def test_too_few_and_too_many_layers(tmp_path: Path) -> None:
    save(network(4, 2), tmp_path / "m.weights.h5")
    refused(network(4, 2, 1), tmp_path / "m.weights.h5", "'dense_2' has .*nothing for it")
    refused(
        network(4),
        tmp_path / "m.weights.h5",
        r"weights in 'layers/dense_1/vars', for which the model has no layer. The nearest is",
    )
    save(network(4, 2), tmp_path / "m.h5")
    refused(network(4), tmp_path / "m.h5", r"of 2 layers, \['dense', 'dense_1'\].*model has 1")


def test_an_optimizer_that_does_not_fit(tmp_path: Path) -> None:
    trained = network(4, 2)
    trained.compile("adam", "mse")
    trained.save_weights(tmp_path / "m.weights.h5")
    other = network(4, 2)
    other.compile("sgd", "mse")
    refused(other, tmp_path / "m.weights.h5", r"does not fit SGD: the file holds 10 arrays")
    plain = network(4, 2)
    plain.load_weights(tmp_path / "m.weights.h5")  # nothing asks for the optimizer
    np.testing.assert_array_equal(plain.get_weights()[0], trained.get_weights()[0])


def test_an_optimizer_that_had_made_no_step_in_keras(tmp_path: Path) -> None:
    model = network(4)
    model.compile("adam", "mse")
    model.fit(np.ones((4, 3)), np.ones((4, 4)), verbose=0)
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "m.weights.h5", "a") as file:
        for name in list(file["optimizer/vars"]):
            if int(name) > 1:
                del file["optimizer/vars"][name]
    fresh = network(4)
    fresh.compile("adam", "mse")
    fresh.load_weights(tmp_path / "m.weights.h5")
    assert fresh.optimizer.iterations == 1
    assert not fresh.parameters.slots["momentum"].any()


def test_the_older_name_of_the_group_of_layers(tmp_path: Path) -> None:
    model = network(4, 2)
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "m.weights.h5", "a") as file:
        file.move("layers", "_layer_checkpoint_dependencies")
    other = network(4, 2)
    other.load_weights(tmp_path / "m.weights.h5")
    np.testing.assert_array_equal(other.get_weights()[2], model.get_weights()[2])


def test_a_seed_of_keras_is_passed_over(tmp_path: Path) -> None:
    model = Sequential([Input((3,)), Dropout(0.5, seed=1), Dense(2)])
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "m.weights.h5", "a") as file:
        file["layers/dropout/seed_generator/vars/0"] = np.zeros(2, "uint32")
        del file["layers/dropout/vars"].attrs["generator"]
    model.load_weights(tmp_path / "m.weights.h5")


@pytest.mark.parametrize("text", ["{", "{}", '{"state": {"state": "x", "inc": 1}}', "[1]"])
def test_a_damaged_random_generator(text: str, tmp_path: Path) -> None:
    model = Sequential([Input((3,)), Dropout(0.5, seed=1), Dense(2)])
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "m.weights.h5", "a") as file:
        file["layers/dropout/vars"].attrs["generator"] = text
    refused(model, tmp_path / "m.weights.h5", "state of a random generator is damaged")


def test_names_of_files(tmp_path: Path) -> None:
    model = network(2)
    with pytest.raises(ValueError, match=r"m.txt': a model goes into a file that ends in .keras"):
        model.save(tmp_path / "m.txt")
    with pytest.raises(ValueError, match=r"m.h5': weights go into .* ends in .weights.h5"):
        model.save_weights(tmp_path / "m.h5")
    with pytest.raises(TypeError, match="filepath must be the name of a file, got 3"):
        model.save(3)
    model.save(tmp_path / "m.keras")
    with pytest.raises(FileExistsError, match="overwrite=False"):
        model.save(tmp_path / "m.keras", overwrite=False)
    with pytest.raises(FileNotFoundError, match=r"no folder .*nowhere.*make it first"):
        model.save(tmp_path / "nowhere" / "m.keras")


def test_long_lists_of_names_are_cut_as_hdf5_asks(tmp_path: Path) -> None:
    layers: list[Any] = [Dense(1, name=f"{'x' * 300}{i}") for i in range(250)]
    model = Sequential([Input((1,)), *layers])
    model.save(tmp_path / "m.h5")
    with h5py.File(tmp_path / "m.h5") as file:
        assert "layer_names0" in file["model_weights"].attrs
    other = Sequential([Input((1,)), *(Dense(1) for _ in range(250))])
    other.load_weights(tmp_path / "m.h5")
    np.testing.assert_array_equal(other.get_weights()[-2], model.get_weights()[-2])
