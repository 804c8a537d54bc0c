"""What every metric has: a state that batches are added to, a result, a direction."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar, Self

import numpy as np

from course import checks, config, serialization
from course.losses.weights import like_values
from course.metrics.state import State, new_state


class Metric:
    """Base class: a figure over all samples seen since the last reset.

    Batch after batch gives what all samples at once would.

    Parameters
    ----------
    name : str, optional
        Its key in the logs; by default the class name in snake case.
    dtype : str, optional
        Accepted as in Keras.

    Raises
    ------
    TypeError
        If `name` is no string.

    Attributes
    ----------
    direction : {'max', 'min'} or None
        Whether more or less of it is better; None where that is not known.

    Notes
    -----
    A subclass gives `update_state` and `result`, and `reset_state`, which is called when it is
    made and before each epoch. State from :meth:`add_weight` is reset by itself::

        class Within(Metric):
            def __init__(self, name="within"):
                super().__init__(name=name)
                self.hits = self.add_weight(name="hits")
                self.count = self.add_weight(name="count")

            def update_state(self, y_true, y_pred, sample_weight=None):
                self.hits.assign_add(np.sum(abs(y_true - y_pred) < 0.5))
                self.count.assign_add(y_true.size)

            def result(self):
                return self.hits / self.count
    """

    default_name: ClassVar[str] = "metric"
    direction: str | None = None
    hyperparameters: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str | None = None, dtype: Any = None) -> None:
        self.name = checks.text("name", name, self.default_name)
        self.dtype = dtype  # as in Keras; sums are kept in double precision
        self._starts: list[tuple[State, np.ndarray]] = []
        if type(self).reset_state is not Metric.reset_state:
            with suppress(AttributeError):  # one of your own may make its state after this
                self.reset_state()

    def add_weight(
        self,
        shape: tuple[int, ...] = (),
        initializer: Any = "zeros",
        dtype: Any = None,
        name: str | None = None,
    ) -> State:
        """Make a number, or an array of `shape`, for `update_state` to add to.

        Parameters
        ----------
        shape : tuple of int, default ()
            A single number by default.
        initializer : str or Initializer, default 'zeros'
            What it starts from, and again after each `reset_state`.
        dtype, name
            Accepted as in Keras.

        Returns
        -------
        array of `shape`
            With `assign`, `assign_add` and `assign_sub`.
        """
        state = new_state(shape, initializer)
        self._starts.append((state, state.copy()))
        return state

    add_variable = add_weight

    @property
    def variables(self) -> list[State]:
        """What :meth:`add_weight` made."""
        return [state for state, _ in self._starts]

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add a batch.

        Parameters
        ----------
        y_true : array-like
            Targets of the batch.
        y_pred : array-like of shape (n, ..., k)
            Outputs for it.
        sample_weight : array-like of shape (n,), optional
            One weight for each sample.
        """
        raise NotImplementedError(f"{type(self).__name__} has no update_state.")

    def result(self) -> float:
        """Return the figure over all that was added; 0.0 where nothing was."""
        raise NotImplementedError(f"{type(self).__name__} has no result.")

    def reset_state(self) -> None:
        """Forget all that was added."""
        if not self._starts:
            raise NotImplementedError(
                f"{type(self).__name__} has no reset_state. Define it, or make the state with "
                "self.add_weight(name=...), which is reset by itself."
            )
        for state, start in self._starts:
            state.assign(start)

    def __call__(self, *args: Any, **kwargs: Any) -> float:
        """Add a batch as :meth:`update_state` does, and return the result so far."""
        with config.quiet():
            self.update_state(*args, **kwargs)
            return self.result()

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make this metric again, without its state."""
        return {**{key: getattr(self, key) for key in self.hyperparameters}, "name": self.name}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """Make a metric of what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))


class WeightedMean(Metric):
    """Base of the metrics that are a weighted mean over samples: Σ wᵢvᵢ / Σ wᵢ."""

    def add(self, values: np.ndarray, sample_weight: Any = None) -> None:
        """Add an array of values, with weights that fit its first axes."""
        if sample_weight is None:
            self.total += float(np.add.reduce(values, axis=None))
            self.count += values.size
        else:
            weight = like_values(sample_weight, values)
            self.total += float((values * weight).sum())
            self.count += float(weight.sum())

    def result(self) -> float:
        return self.total / self.count if self.count else 0.0

    def reset_state(self) -> None:
        self.total = 0.0
        self.count = 0.0


class Mean(WeightedMean):
    """Weighted mean of numbers, without targets: Σ wᵢvᵢ / Σ wᵢ.

    Parameters
    ----------
    name : str, default 'mean'
    direction : {'max', 'min'}, optional
        Whether more or less is better.

    Raises
    ------
    ValueError
        If `direction` is something else.
    """

    default_name = "mean"
    hyperparameters = ("direction",)

    def __init__(self, name: str | None = None, direction: str | None = None) -> None:
        super().__init__(name)
        if direction is not None:
            checks.one_of("direction", direction, ("max", "min"))
        self.direction = direction

    def update_state(self, values: Any, sample_weight: Any = None) -> None:
        """Add a number, or an array of them, with weights for its first axes."""
        self.add(checks.numbers("values", values).astype(float), sample_weight)
