"""Updating block by block is updating the whole: every rule works element by element."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import optimizers
from course.optimizers import Optimizer

OPTIONS: dict[str, dict[str, Any]] = {
    "SGD": {"momentum": 0.9, "nesterov": True},
    "RMSprop": {"momentum": 0.5, "centered": True},
    "Adam": {"amsgrad": True},
    "AdamW": {"amsgrad": True},
}
STEPS, SIZE = 3, 24


def path(optimizer: Optimizer, w: np.ndarray, gradients: np.ndarray, cuts: list[int]) -> Any:
    """Return the weights and all slots after some steps taken in the pieces between `cuts`."""
    w, g_before = w.copy(), gradients.copy()
    slots = {name: np.full_like(w, start) for name, start in optimizer.slots().items()}
    ends = [*sorted(cuts), len(w)]
    for t, g in enumerate(gradients, 1):
        for start, end in zip([0, *ends], ends, strict=False):
            part = {name: slot[start:end] for name, slot in slots.items()}
            optimizer.update(w[start:end], g[start:end], part, 0.1, t)
    np.testing.assert_array_equal(gradients, g_before)
    return np.stack([w, *slots.values()])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", optimizers.TABLE)
@given(cuts=st.lists(st.integers(0, SIZE), max_size=5), seed=st.integers(0, 2**32 - 1))
def test_blocks_are_the_whole(name: str, dtype: Any, cuts: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    w = rng.normal(size=SIZE).astype(dtype)
    gradients = rng.normal(size=(STEPS, SIZE)).astype(dtype)
    gradients[:, rng.integers(SIZE)] = 0
    optimizer = optimizers.TABLE[name](**OPTIONS.get(name, {}))
    whole, blocks = (path(optimizer, w, gradients, c) for c in ([], cuts))
    assert whole.dtype == dtype
    np.testing.assert_allclose(blocks, whole, rtol=4 * np.finfo(dtype).eps, atol=0)
    assert np.all(np.isfinite(whole))


@pytest.mark.parametrize("name", optimizers.TABLE)
def test_float32_is_computed_in_float32(name: str) -> None:
    """A rule that slipped into float64 would allocate and compute twice as much."""
    optimizer = optimizers.TABLE[name](**OPTIONS.get(name, {}))
    seen: set[str] = set()

    class Spy(np.ndarray):
        def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
            plain = [x.view(np.ndarray) if isinstance(x, Spy) else x for x in inputs]
            if out := options.get("out"):
                options["out"] = tuple(x.view(np.ndarray) for x in out)
            result = getattr(ufunc, method)(*plain, **options)
            seen.add(result.dtype.name)
            return inputs[0] if out and isinstance(inputs[0], Spy) else result.view(Spy)

    w, g = (np.ones(4, np.float32).view(Spy) for _ in range(2))
    slots = {n: np.full(4, s, np.float32).view(Spy) for n, s in optimizer.slots().items()}
    optimizer.update(w, g, slots, 0.1, 5)
    assert seen == {"float32"}
