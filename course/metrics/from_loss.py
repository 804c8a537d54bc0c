"""Metrics that are the mean of a loss, or of any function of targets and outputs."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any, ClassVar

import numpy as np

from course import checks, config, losses
from course.losses import Loss
from course.metrics import pairs
from course.metrics.metric import WeightedMean


class MeanMetricWrapper(WeightedMean):
    """Mean over samples of a function's values.

    Parameters
    ----------
    fn : callable
        Takes (y_true, y_pred), and `kwargs`; returns one value for each sample.
    name : str, optional
        By default the name of `fn`.
    direction : {'max', 'min'}, optional
        By default the attribute `direction` of `fn`, if it has one.
    **kwargs
        Passed to `fn`.

    Raises
    ------
    TypeError, ValueError
        If `fn` is no function, or the direction is neither ``'max'`` nor ``'min'``.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        name: str | None = None,
        direction: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not callable(fn):
            raise TypeError(f"fn must be a function of (y_true, y_pred), got {fn!r}.")
        super().__init__(checks.text("name", name, getattr(fn, "__name__", type(fn).__name__)))
        self.direction = getattr(fn, "direction", None) if direction is None else direction
        if self.direction is not None:
            checks.one_of("direction", self.direction, ("max", "min"))
        self.fn = fn
        self.kwargs = kwargs

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        self.add(np.asarray(self.fn(y_true, y_pred, **self.kwargs)), sample_weight)

    def get_config(self) -> dict[str, Any]:
        raise TypeError(
            f"The metric {self.name!r} holds a Python function, which cannot be written to a "
            "file. Save the model without it and compile again after loading."
        )


class MeanLoss(WeightedMean):
    """Mean over samples of a loss, without the penalties and weights of training.

    A subclass names its `loss_class`; the arguments are those of the loss.
    """

    direction = "min"
    loss_class: ClassVar[type[Loss]]

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(checks.text("name", name, self.loss_class.default_name))
        self.loss = self.loss_class(**arguments)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        dtype = config.floatx()
        y, p = pairs.same_shape(y_true, y_pred)
        y, p = y.astype(dtype, copy=False), p.astype(dtype, copy=False)
        self.add(self.loss.forward(y, p)[0], sample_weight)

    def get_config(self) -> dict[str, Any]:
        own = {key: getattr(self.loss, key) for key in self.loss.hyperparameters}
        return {**own, "name": self.name}


class MeanSquaredError(MeanLoss):
    """Mean squared error; see :class:`course.losses.MeanSquaredError`."""

    loss_class = losses.MeanSquaredError


class RootMeanSquaredError(MeanSquaredError):
    """Root of the mean squared error over all samples, √(Σᵢ wᵢ‖ŷᵢ − yᵢ‖²/k / Σᵢ wᵢ)."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__("root_mean_squared_error" if name is None else name)

    def result(self) -> float:
        return sqrt(super().result())


class MeanAbsoluteError(MeanLoss):
    """Mean absolute error; see :class:`course.losses.MeanAbsoluteError`."""

    loss_class = losses.MeanAbsoluteError


class MeanAbsolutePercentageError(MeanLoss):
    """Mean absolute error in percent; see :class:`course.losses.MeanAbsolutePercentageError`."""

    loss_class = losses.MeanAbsolutePercentageError


class LogCoshError(MeanLoss):
    """Mean of log cosh of the errors; see :class:`course.losses.LogCosh`."""

    loss_class = losses.LogCosh

    def __init__(self, name: str | None = None) -> None:
        super().__init__("logcosh" if name is None else name)


class Hinge(MeanLoss):
    """Mean hinge loss; see :class:`course.losses.Hinge`."""

    loss_class = losses.Hinge


class KLDivergence(MeanLoss):
    """Mean Kullback-Leibler divergence; see :class:`course.losses.KLDivergence`."""

    loss_class = losses.KLDivergence


class BinaryCrossentropy(MeanLoss):
    """Mean cross-entropy of yes-or-no outputs; see :class:`course.losses.BinaryCrossentropy`.

    Parameters
    ----------
    name : str, default 'binary_crossentropy'
    from_logits : bool, default False
    label_smoothing : float, default 0.0
    """

    loss_class = losses.BinaryCrossentropy

    def __init__(
        self, name: str | None = None, from_logits: bool = False, label_smoothing: float = 0.0
    ) -> None:
        super().__init__(name, from_logits=from_logits, label_smoothing=label_smoothing)


class CategoricalCrossentropy(MeanLoss):
    """Mean cross-entropy of classes in columns; see :class:`course.losses.CategoricalCrossentropy`.

    Parameters
    ----------
    name : str, default 'categorical_crossentropy'
    from_logits : bool, default False
    label_smoothing : float, default 0.0
    """

    loss_class = losses.CategoricalCrossentropy

    def __init__(
        self, name: str | None = None, from_logits: bool = False, label_smoothing: float = 0.0
    ) -> None:
        super().__init__(name, from_logits=from_logits, label_smoothing=label_smoothing)


class SparseCategoricalCrossentropy(MeanLoss):
    """Mean cross-entropy of labels; see :class:`course.losses.SparseCategoricalCrossentropy`.

    Parameters
    ----------
    name : str, default 'sparse_categorical_crossentropy'
    from_logits : bool, default False
    """

    loss_class = losses.SparseCategoricalCrossentropy

    def __init__(self, name: str | None = None, from_logits: bool = False) -> None:
        super().__init__(name, from_logits=from_logits)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, p = pairs.classes_and_columns(y_true, y_pred)
        p = p.astype(config.floatx(), copy=False)
        self.add(self.loss.forward(y, p)[0], sample_weight)
