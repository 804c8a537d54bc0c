"""What every layer over images checks: its sizes, its padding, and that images come in."""

from __future__ import annotations

from typing import Any

from course import checks
from course.engine.layer import Layer, Shape
from course.layers.windows import Pair, Windows


def pair(name: str, value: Any) -> Pair:
    """Return two whole numbers of at least 1, for height and width, from one or two."""
    values = tuple(value) if isinstance(value, list | tuple) else (value, value)
    if len(values) != 2:
        raise ValueError(
            f"{name} must be a whole number or a pair (along height, along width), got {value!r}."
        )
    return checks.integer(name, values[0], 1), checks.integer(name, values[1], 1)


def padding_name(value: Any) -> str:
    """Return ``'valid'`` or ``'same'``, whatever the case it came in."""
    name = value.lower() if isinstance(value, str) else value
    return checks.one_of("padding", name, ("valid", "same"))


def channels_last_only(data_format: Any) -> str:
    """Refuse images whose channels come first, and say how to turn them."""
    is_text = isinstance(data_format, str)
    if data_format is not None and not (is_text and data_format == "channels_last"):
        raise ValueError(
            f"data_format must be 'channels_last', images of shape (batch, height, width, "
            f"channels), got {data_format!r}. Channels that come first are moved by "
            "np.moveaxis(x, 1, -1)."
        )
    return "channels_last"


def check_images(layer: Layer, input_shape: Shape, windows: Windows | None = None) -> None:
    """Refuse what are no images with channels, or images smaller than a window.

    Raises
    ------
    ValueError
        With the fix where there is one.
    """
    owner = f"{type(layer).__name__} {layer.name!r}"
    if isinstance(input_shape, list):
        raise ValueError(f"{owner} takes one input, got {len(input_shape)}. Merge them first.")
    if len(input_shape) != 4:
        fix = " Flat rows become images by Reshape((height, width, channels))."
        if len(input_shape) == 3:
            sizes = ", ".join(map(str, input_shape[1:]))
            fix = f" Add a channel axis: x[..., np.newaxis], and Input(({sizes}, 1))."
        raise ValueError(
            f"{owner} takes images of shape (batch, height, width, channels), got inputs of shape "
            f"{tuple(input_shape)}.{fix if len(input_shape) < 4 else ''}"
        )
    if windows is None or windows.padding == "same":
        return
    for axis, n, k in zip(("high", "wide"), input_shape[1:3], windows.size, strict=True):
        if n is not None and n < k:
            raise ValueError(
                f"{owner} has windows of {windows.size} cells, but its input of shape "
                f"{tuple(input_shape)} is only {n} {axis}. Use padding='same', smaller windows, or "
                "fewer layers that shrink the image."
            )
