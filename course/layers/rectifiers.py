"""Rectifiers as layers of their own."""

from __future__ import annotations

from typing import Any

from course import activations, older
from course.layers.activation import Activation


class ReLU(Activation):
    """The rectified linear unit as a layer; see :class:`course.activations.ReLU`::

        y = m             where x ≥ m              ∂y/∂x = 0
        y = x             where t < x < m                  1
        y = a (x − t)     where x ≤ t                      a

    Input and output have the same shape.

    Parameters
    ----------
    max_value : float, optional
        m ≥ 0, where the output saturates; without it, it does not.
    negative_slope : float, default 0.0
        a ≥ 0, the slope on the left.
    threshold : float, default 0.0
        t ≥ 0, below which inputs are cut off.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If a parameter is no number, or negative.
    """

    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        **kwargs: Any,
    ) -> None:
        f = activations.ReLU(negative_slope, max_value, threshold)
        super().__init__(f, **kwargs)
        self.max_value, self.negative_slope = f.max_value, f.negative_slope
        self.threshold = f.threshold


class LeakyReLU(Activation):
    """A rectifier that lets some of the gradient through on the left, as a layer::

        y = max(x, 0) + a min(x, 0)        ∂y/∂x = 1 where y > 0, else a

    Input and output have the same shape. The slope differs, as in Keras, from the 0.2 of the
    activation ``'leaky_relu'``.

    Parameters
    ----------
    negative_slope : float, default 0.3
        a ≥ 0. ``alpha`` is the older spelling.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If `negative_slope` is no number, or negative.

    References
    ----------
    Maas, Hannun and Ng (2013), Rectifier nonlinearities improve neural network acoustic models.
    """

    def __init__(self, negative_slope: float = 0.3, **kwargs: Any) -> None:
        if "alpha" in kwargs:
            older.spelled("LeakyReLU(alpha=...)", "LeakyReLU(negative_slope=...)")
            negative_slope = kwargs.pop("alpha")
        f = activations.LeakyReLU(negative_slope)
        super().__init__(f, **kwargs)
        self.negative_slope = f.negative_slope
