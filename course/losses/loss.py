"""What every loss has: a value for each sample, a gradient, a reduction, a check of targets."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np

from course import checks, config, serialization
from course.activations import Activation
from course.constants import number, ones
from course.losses import targets
from course.losses.weights import like_values

_REDUCTIONS = ("sum_over_batch_size", "sum", "mean_with_sample_weight")


class Loss:
    """Base class: how far the outputs of a network are from the targets.

    A loss gives one value for each sample, ℓᵢ; with sample weights wᵢ and N values in all,
    `reduction` makes one number of them::

        'sum_over_batch_size'        L = Σᵢ wᵢ·ℓᵢ / N
        'sum'                        L = Σᵢ wᵢ·ℓᵢ
        'mean_with_sample_weight'    L = Σᵢ wᵢ·ℓᵢ / Σᵢ wᵢ
        None                         the wᵢ·ℓᵢ themselves (not for training)

    Parameters
    ----------
    reduction : str or None, default 'sum_over_batch_size'
        One of the four above.
    name : str, optional
        By default the class name in snake case.

    Raises
    ------
    ValueError
        If `reduction` is none of these.

    Notes
    -----
    A subclass gives `forward` and `backward`; `check_targets` where it takes other targets
    than one number for each output.
    """

    default_name: ClassVar[str] = "loss"
    hyperparameters: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, reduction: str | None = "sum_over_batch_size", name: str | None = None
    ) -> None:
        if reduction is not None:
            checks.one_of("reduction", reduction, (*_REDUCTIONS, "none"))
        self.reduction = None if reduction == "none" else reduction
        self.name = checks.text("name", name, self.default_name)

    def __call__(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> float | np.ndarray:
        """Return the reduced loss of outputs `y_pred` at targets `y_true`.

        Parameters
        ----------
        y_true : array-like
            Targets, checked as by :meth:`check_targets`.
        y_pred : array-like of shape (n, ..., k)
            Outputs.
        sample_weight : array-like of shape (n,) or (n, ...), optional
            One weight for each sample, or for each value.

        Returns
        -------
        float
            Or, where `reduction` is None, an array of shape (n, ...).
        """
        return self.reduce(self.values(y_true, y_pred), sample_weight)

    def values(self, y_true: Any, y_pred: Any) -> np.ndarray:
        """Return one loss for each sample, of shape `y_pred.shape[:-1]`, from any array-likes."""
        y_pred = checks.floats("y_pred", y_pred)
        if y_pred.size == 0:
            raise ValueError(f"y_pred is empty: it has shape {y_pred.shape}.")
        y_true = self.check_targets(y_true, y_pred.shape, name="y_true")
        with config.quiet():
            return self.forward(y_true, y_pred)[0]

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        """Return one loss for each sample, and what `backward` needs again.

        Parameters
        ----------
        y_true : array
            Targets as :meth:`check_targets` returned them.
        y_pred : array of shape (n, ..., k)
            Outputs.

        Returns
        -------
        values : array of shape (n, ...)
        cache : object
        """
        raise NotImplementedError(f"{type(self).__name__} has no forward.")

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        """Return ∂ℓᵢ/∂ŷᵢ of each sample, a new array of the shape of `y_pred`."""
        raise NotImplementedError(f"{type(self).__name__} has no backward.")

    def on_logits(self, activation: Activation) -> Loss | None:
        """Return this loss as one of the logits z where `y_pred` is `activation(z)`.

        The `cache` of its `forward` is `activation(z)`. None where there is no such form.
        """
        return None

    def check_targets(
        self, y_true: Any, output_shape: tuple[int | None, ...], name: str = "y"
    ) -> np.ndarray:
        """Return the targets as `forward` takes them, or say what is wrong with them.

        Parameters
        ----------
        y_true : array-like of shape (n, ..., k), or (n, ...) where k = 1
            All targets of a fit.
        output_shape : tuple
            Shape of the outputs, (n or None, ..., k).
        name : str, default 'y'
            What to call them in an error.

        Raises
        ------
        TypeError
            If they are not numbers.
        ValueError
            If their shape is not that of the outputs, or a value cannot be a target.
        """
        y = targets.like_outputs(name, targets.numbers(name, y_true), output_shape, self.name)
        return targets.finite(name, y)

    def reduce(self, values: np.ndarray, sample_weight: Any = None) -> float | np.ndarray:
        """Return the loss L of the `values` that `forward` gave, by the rule of `reduction`."""
        weight = None if sample_weight is None else like_values(sample_weight, values)
        weighted = values if weight is None else values * weight
        if self.reduction is None:
            return weighted
        return float(np.add.reduce(weighted, None)) / self._divisor(values, weight)

    def reduce_to_train(
        self, values: np.ndarray, sample_weight: Any = None
    ) -> tuple[float, np.ndarray]:
        """Return the loss and what the rows of `backward` are multiplied by.

        Returns
        -------
        L : float
            As :meth:`reduce` gives it.
        factor : array of shape () or values.shape + (1,)
            ∂L/∂ℓᵢ; the same for all where there are no weights.

        Raises
        ------
        ValueError
            If `reduction` is None: training needs one number.
        """
        if self.reduction is None:
            raise ValueError(
                f"{self.name} has reduction=None, which leaves one value for each sample; "
                "training needs one number. Use reduction='sum_over_batch_size' or 'sum'."
            )
        if sample_weight is None:
            divisor, dtype = self._divisor(values, None), values.dtype
            total = float(values.ravel().dot(ones(values.size, dtype)))
            return total / divisor, number(1 / divisor, dtype)
        weight = like_values(sample_weight, values)
        factors = weight / self._divisor(values, weight)
        return float(np.add.reduce(values * factors, None)), factors[..., None]

    def _divisor(self, values: np.ndarray, weight: np.ndarray | None) -> float:
        if self.reduction == "sum":
            return 1
        if self.reduction == "mean_with_sample_weight" and weight is not None:
            return float(np.add.reduce(weight, axis=None)) or 1
        return values.size or 1

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make this loss again."""
        own = {key: getattr(self, key) for key in self.hyperparameters}
        return {**own, "reduction": self.reduction, "name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """Make a loss of what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))


class ElementwiseLoss(Loss):
    """A loss that is the mean over the last axis of one term for each element.

    A subclass gives two formulas: `elements`, with what the other needs again, and
    `derivative` with respect to `y_pred`, both element by element.
    """

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        """Return the terms, of the shape of `y_pred`, and a cache."""
        raise NotImplementedError(f"{type(self).__name__} has no elements.")

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        """Return the derivatives of the terms, a new array of the shape of `y_pred`."""
        raise NotImplementedError(f"{type(self).__name__} has no derivative.")

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        elements, cache = self.elements(y_true, y_pred)
        k = elements.shape[-1]
        if k == 1:
            return elements[..., 0], cache
        return np.add.reduce(elements, axis=-1) / k, cache

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        d = self.derivative(y_true, y_pred, cache)
        k = d.shape[-1]
        if k > 1:
            d /= k
        return d
