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


def get(identifier: Any) -> Objective:
    """Return the objective for a name, an `Objective`, or None for a number to minimise.

    Raises
    ------
    TypeError
        If it is several objectives, or something else altogether.
    """
    if identifier is None:
        return Objective(DEFAULT, "min")
    if isinstance(identifier, Objective):
        return identifier
    if isinstance(identifier, str):
        return Objective(identifier)
    if isinstance(identifier, list | tuple):
        raise TypeError(
            "A search has one objective. For several, return one number that weighs them against "
            f"each other from HyperModel.fit, and give objective=None; got {identifier!r}."
        )
    raise TypeError(
        f"objective must be a name such as 'val_loss', or an Objective, got {identifier!r}."
    )


def _direction_by_name(name: str) -> str | None:
    """Return the direction of the package's own metrics, and of losses; else None."""
    key = name.removeprefix("val_")
    if key == "loss" or key.endswith("_loss"):
        return "min"
    if key in ("acc", "accuracy"):
        return "max"
    return metrics.get(key).direction if key in metrics.TABLE else None
