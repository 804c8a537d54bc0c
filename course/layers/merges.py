"""The merge layers as functions: ``add([a, b])`` is ``Add()([a, b])``."""

from __future__ import annotations

from typing import Any

from course.layers import merging


def add(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the sum of the `inputs`; see :class:`course.layers.Add`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Add(**kwargs)(inputs)


def subtract(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the difference of two `inputs`; see :class:`course.layers.Subtract`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Subtract(**kwargs)(inputs)


def multiply(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the product of the `inputs`; see :class:`course.layers.Multiply`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Multiply(**kwargs)(inputs)


def average(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the mean of the `inputs`; see :class:`course.layers.Average`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Average(**kwargs)(inputs)


def maximum(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the largest of the `inputs`; see :class:`course.layers.Maximum`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Maximum(**kwargs)(inputs)


def minimum(inputs: list[Any], **kwargs: Any) -> Any:
    """Return the smallest of the `inputs`; see :class:`course.layers.Minimum`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    **kwargs
        Of the layer.
    """
    return merging.Minimum(**kwargs)(inputs)


def concatenate(inputs: list[Any], axis: int = -1, **kwargs: Any) -> Any:
    """Return the `inputs` side by side; see :class:`course.layers.Concatenate`.

    Parameters
    ----------
    inputs : list of Tensor, or of arrays of shape (n, ...)
    axis : int, default -1
        Along which they are put together.
    **kwargs
        Of the layer.
    """
    return merging.Concatenate(axis=axis, **kwargs)(inputs)
