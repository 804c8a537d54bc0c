"""Windows one by one: the oracle of convolution and pooling, in plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np
from hypothesis import strategies as st


def windows_along(n: int, size: int, stride: int, padding: str) -> list[range]:
    """Return the cells of each window along one axis; outside 0..n−1 lies the margin."""
    if padding == "valid":
        return [range(start, start + size) for start in range(0, n - size + 1, stride)]
    count = ceil(n / stride)
    margin = max((count - 1) * stride + size - n, 0)
    return [range(i * stride - margin // 2, i * stride - margin // 2 + size) for i in range(count)]


def windows(
    image: tuple[int, int], size: tuple[int, int], strides: tuple[int, int], padding: str
) -> Iterator[tuple[int, int, list[tuple[int, int, int, int]]]]:
    """Yield, for each window, its row and column and the cells of the image in it.

    A cell is (row, column in the window, row, column in the image).
    """
    axes = [windows_along(*axis, padding) for axis in zip(image, size, strides, strict=True)]
    for r, down in enumerate(axes[0]):
        for s, across in enumerate(axes[1]):
            yield (
                r,
                s,
                [
                    (i, j, h, w)
                    for i, h in enumerate(down)
                    for j, w in enumerate(across)
                    if 0 <= h < image[0] and 0 <= w < image[1]
                ],
            )


@st.composite
def geometries(draw: st.DrawFn) -> dict:
    """Draw an image, and windows that fit into it where they have to."""
    pair = st.tuples(st.integers(1, 4), st.integers(1, 4))
    padding, size = draw(st.sampled_from(["valid", "same"])), draw(pair)
    least = size if padding == "valid" else (1, 1)
    image = tuple(draw(st.integers(n, 7)) for n in least)
    return {"image": image, "size": size, "strides": draw(pair), "padding": padding}


def drawn(batch: int, image: tuple[int, int], channels: int) -> np.ndarray:
    """Return images of whole numbers, many of them equal."""
    rng = np.random.default_rng(sum(image))
    return rng.integers(-2, 3, (batch, *image, channels)).astype("float64")
