"""Float type, epsilon, and random numbers that repeat and that nobody else moves."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from course import config


def test_defaults() -> None:
    assert config.floatx() == "float32"
    assert config.epsilon() == 1e-7


def test_floatx_is_set_by_name_or_type() -> None:
    try:
        for name in (np.float64, "float64", np.dtype("float64")):
            config.set_floatx("float32")
            config.set_floatx(name)
            assert config.floatx() == "float64"
    finally:
        config.set_floatx("float32")


def test_a_block_may_compute_in_a_type_of_its_own() -> None:
    seen = []
    with config.computing_in("float64"):
        thread = threading.Thread(target=lambda: seen.append(config.floatx()))
        thread.start()
        thread.join()
        with config.computing_in(np.float32):
            seen.append(config.floatx())
        config.set_floatx("float32")  # what is around the block, not the block itself
        seen.append(config.floatx())
    assert seen == ["float32", "float32", "float64"]
    assert config.floatx() == "float32"
    with pytest.raises(ValueError, match="floatx must be"), config.computing_in("float16"):
        pass


def test_epsilon_can_be_set() -> None:
    try:
        config.set_epsilon(1e-3)
        assert config.epsilon() == 1e-3
    finally:
        config.set_epsilon(1e-7)


@pytest.mark.parametrize("name", ["float16", "int32", np.int64, ""])
def test_other_types_are_refused(name: Any) -> None:
    with pytest.raises(ValueError, match="floatx must be 'float32' or 'float64', got"):
        config.set_floatx(name)
    assert config.floatx() == "float32"


@pytest.mark.parametrize("value", [0, 1, -1e-7, float("nan")])
def test_epsilon_lies_between_0_and_1(value: float) -> None:
    with pytest.raises(ValueError, match="epsilon must lie between 0 and 1, got"):
        config.set_epsilon(value)
    assert config.epsilon() == 1e-7


@pytest.mark.parametrize(
    ("seed", "error"),
    [(-1, ValueError), (1.0, TypeError), ("1", TypeError), (True, TypeError), (None, TypeError)],
)
def test_a_seed_is_a_whole_number(seed: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="seed must be"):
        config.set_random_seed(seed)
    with pytest.raises(error, match="seed must be"), config.seeded(seed):
        pass


def test_the_package_seed_repeats_what_has_no_seed_of_its_own() -> None:
    draws = []
    for seed in (0, 0, 1):
        config.set_random_seed(seed)
        draws.append(config.generator().random(3).tolist())
    assert draws[0] == draws[1] != draws[2]
    assert config.generator(5).random() == config.generator(np.int64(5)).random()
    assert config.generator() is config.generator()


def test_a_block_is_seeded_apart_from_what_is_around_it() -> None:
    config.set_random_seed(0)
    outside = [config.generator().random(), config.generator().random()]
    config.set_random_seed(0)
    first = config.generator().random()
    with config.seeded(3):
        inside = config.generator().random()
        with config.seeded(4):
            deeper = config.generator().random()
        assert config.generator().random() != deeper
    with config.seeded(3):
        assert config.generator().random() == inside
    with pytest.raises(ZeroDivisionError), config.seeded(3):
        _ = 1 / 0
    assert [first, config.generator().random()] == outside


def test_threads_are_seeded_apart() -> None:
    drawn: dict[int, list[float]] = {}
    meeting = threading.Barrier(2)

    def draw(seed: int) -> None:
        with config.seeded(seed):
            numbers = []
            for _ in range(50):
                meeting.wait(5)
                numbers.append(config.generator().random())
            drawn[seed] = numbers

    with config.seeded(9):
        threads = [threading.Thread(target=draw, args=(seed,)) for seed in (1, 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert config.generator().random() == np.random.default_rng(9).random()
    for seed in (1, 2):
        assert drawn[seed] == np.random.default_rng(seed).random(50).tolist()
