"""What a search makes small or large."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import checks, metrics

# Better first, for sorting; the name that KerasTuner gives to a number without one.
SIGNS = {"min": 1.0, "max": -1.0}
DEFAULT = "default_objective"


class Objective:
    """A key of the logs and whether more or less of it is better.

    Parameters
    ----------
    name : str
        ``'val_accuracy'``, ``'val_loss'``, or a key of the dict that an own `fit` returns.
    direction : {'max', 'min'}, optional
        Read from the metric of that name unless given: ``'val_f1_score'`` is maximised. That
        of a metric of your own is read from its attribute ``direction``.

    Raises
    ------
    ValueError
        If `direction` is neither.
    """

    def __init__(self, name: str, direction: str | None = None) -> None:
        if not isinstance(name, str) or not name:
            raise TypeError(f"The name of an objective must be a text, got {name!r}.")
        self.name = name
        self.direction = _direction_by_name(name) if direction is None else direction
        if self.direction is not None:
            checks.one_of("direction", self.direction, SIGNS)

    @property
    def sign(self) -> float:
        """1 where less is better, −1 where more is.

        Raises
        ------
        ValueError
            If that is not known.
        """
        if self.direction is None:
            raise ValueError(
                f"Whether {self.name!r} is better when larger or smaller is not known. Give "
                f"Objective({self.name!r}, direction='max') or direction='min'."
            )
        return SIGNS[self.direction]

    def learn_direction(self, logged: Mapping[str, Any]) -> None:
        """Read the direction from the metrics of a model where the name did not tell.

        Raises
        ------
        ValueError
            If the metric does not say which is better.
        """
        if self.direction is None and self.name.removeprefix("val_") in logged:
            self.direction = metrics.direction_of(self.name, logged)

    def completed(self, logs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return `logs` with the objective where it is computed from others; here as they are."""
        return logs

    def missing_in(self, logs: Mapping[str, Any]) -> str | None:
        """Return the name of what is not in `logs`, or None."""
        return self.name if logs.get(self.name) is None else None

    def completed_history(self, history: Mapping[str, list[float]]) -> dict[str, list[float]]:
        """Return a history as :meth:`completed` returns the logs of one epoch."""
        return dict(history)

    def identity(self) -> dict[str, Any]:
        """Return what may not change when a search goes on."""
        return {"objective": self.name, "direction": self.direction}

    def as_loss(self, score: float) -> float:
        """Return `score` with the sign that makes less better."""
        return self.sign * score

    def better_than(self, a: float, b: float) -> bool:
        """Whether the score `a` is better than `b`; NaN never is."""
        return self.as_loss(a) < self.as_loss(b)

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, Objective)
        return same and (self.name, self.direction) == (other.name, other.direction)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Objective(name={self.name!r}, direction={self.direction!r})"


class MultiObjective(Objective):
    """Several objectives at once: the sum of those to minimise, less those to maximise.

    It is logged as ``'multi_objective'``, and small. Where their sizes differ, return one number
    from `HyperModel.fit` that weighs them, instead.

    Parameters
    ----------
    objectives : list of Objective
        At least one.

    Raises
    ------
    TypeError
        If they are none.
    """

    def __init__(self, objectives: list[Objective]) -> None:
        is_list = isinstance(objectives, list | tuple) and len(objectives) > 0
        if not is_list or not all(isinstance(one, Objective) for one in objectives):
            raise TypeError(f"objectives must be a list of Objective, got {objectives!r}.")
        super().__init__("multi_objective", "min")
        self.objectives = objectives

    @property
    def sign(self) -> float:
        for objective in self.objectives:
            _ = objective.sign  # says so if its direction is not known
        return super().sign

    def learn_direction(self, logged: Mapping[str, Any]) -> None:
        for objective in self.objectives:
            objective.learn_direction(logged)

    def completed(self, logs: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return `logs` with the sum, if all are there."""
        if any(logs.get(objective.name) is None for objective in self.objectives):
            return logs
        total = sum(objective.as_loss(logs[objective.name]) for objective in self.objectives)
        return {**logs, self.name: total}

    def missing_in(self, logs: Mapping[str, Any]) -> str | None:
        """Return the name of the first that is not in `logs`, or None."""
        if super().missing_in(logs) is None:
            return None
        return next(filter(None, (one.missing_in(logs) for one in self.objectives)), self.name)

    def completed_history(self, history: Mapping[str, list[float]]) -> dict[str, list[float]]:
        """Return a history with the sum, as long as the shortest list of those it is made of."""
        names = [objective.name for objective in self.objectives]
        if self.name in history or not all(name in history for name in names):
            return dict(history)
        epochs = min(len(history[name]) for name in names)
        every = {name: len(history[name]) // epochs for name in names}  # validation_freq
        logs = [
            {name: history[name][(i + 1) * every[name] - 1] for name in names}
            for i in range(epochs)
        ]
        return {**history, self.name: [self.completed(log)[self.name] for log in logs]}

    def identity(self) -> dict[str, Any]:
        parts = [objective.identity() for objective in self.objectives]
        return {"objective": [part["objective"] for part in parts]} | {
            "direction": [part["direction"] for part in parts]
        }

    def __repr__(self) -> str:
        return f"MultiObjective({self.objectives})"


def get(identifier: Any) -> Objective:
    """Return the objective for a name, an `Objective`, or None for a number to minimise.

    A list of names and `Objective`s is minimised, or maximised, as a sum.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if identifier is None:
        return Objective(DEFAULT, "min")
    if isinstance(identifier, Objective):
        return identifier
    if isinstance(identifier, str):
        return Objective(identifier)
    if isinstance(identifier, list | tuple) and identifier and None not in identifier:
        return MultiObjective([get(one) for one in identifier])
    raise TypeError(
        "objective must be a name such as 'val_loss', an Objective, or a list of them, got "
        f"{identifier!r}."
    )


def _direction_by_name(name: str) -> str | None:
    """Return the direction of the package's own metrics, and of losses; else None."""
    key = name.removeprefix("val_")
    if key == "loss" or key.endswith("_loss"):
        return "min"
    if key in ("acc", "accuracy"):
        return "max"
    return metrics.get(key).direction if key in metrics.TABLE else None
