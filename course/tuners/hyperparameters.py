"""The container that a model-building function asks: a search space and current values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course import lookup
from course.tuners.declarations import Declarations
from course.tuners.errors import DeclarationError
from course.tuners.kinds import Boolean, Choice, Fixed, HyperParameter
from course.tuners.numeric import Float, Int

KINDS: dict[str, type[HyperParameter]] = {
    kind.__name__: kind for kind in (Int, Float, Choice, Boolean, Fixed)
}
# Values whose names begin so are the tuner's own: how many epochs, from which trial.
RESERVED = "tuner/"

Chooser = Callable[[HyperParameter, Mapping[str, Any]], Any]


def default_of(parameter: HyperParameter, before: Mapping[str, Any]) -> Any:
    """Choose the default, whatever was chosen before."""
    return parameter.default


class HyperParameters(Declarations):
    """Hyperparameters as they were declared, and a value for each that is active::

        hp = HyperParameters()
        units = hp.Int("units", 8, 64, step=8)      # 8, the default
        if hp.Boolean("dropout"):
            rate = hp.Float("rate", 0, 0.5, step=0.1)
        hp.values                                   # {'units': 8, 'dropout': False}

    Declaring one returns its value: the one in `values`, or else one that is chosen now, the
    default unless a search chooses. The same name may be declared again with the same range,
    and with another under other conditions.

    Attributes
    ----------
    space : list of HyperParameter
        All that were declared, in that order.
    values : dict of str to bool, int, float or str
        The values of the active ones, by name.
    """

    def __init__(self) -> None:
        super().__init__()
        self.choose: Chooser = default_of
        self.asked: dict[str, HyperParameter] = {}

    # -- declaring -----------------------------------------------------------------------------

    def Int(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str | None = "linear",
        default: int | None = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> int | None:
        """Return a whole number in [min_value, max_value], both included.

        Parameters
        ----------
        name : str
            Unique among the active ones.
        min_value, max_value : int
            The range.
        step : int, optional
            What neighbouring values differ by, or with logarithms, what they are multiplied by.
        sampling : {'linear', 'log', 'reverse_log'}
            See :class:`~course.tuners.numeric.Numeric`.
        default : int, optional
            The least by default.
        parent_name, parent_values : optional
            See :meth:`conditional_scope`.

        Returns
        -------
        int or None
            None where it is not active.

        Raises
        ------
        TypeError, ValueError
            If the range, the step or the default cannot be; or if the name was declared with
            another range.
        """
        given = (min_value, max_value, step, sampling, default)
        return self._under(parent_name, parent_values, Int, name, given)

    def Float(
        self,
        name: str,
        min_value: float,
        max_value: float,
        step: float | None = None,
        sampling: str | None = "linear",
        default: float | None = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> float | None:
        """Return a real number in [min_value, max_value]; arguments as of :meth:`Int`."""
        given = (min_value, max_value, step, sampling, default)
        return self._under(parent_name, parent_values, Float, name, given)

    def Choice(
        self,
        name: str,
        values: Sequence[Any],
        ordered: bool | None = None,
        default: Any = None,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> Any:
        """Return one of `values`, all booleans, whole numbers, real numbers or texts.

        `ordered` says whether neighbours are alike (numbers are, unless it is False); the first
        value is the default unless given.
        """
        return self._under(parent_name, parent_values, Choice, name, (values, ordered, default))

    def Boolean(
        self,
        name: str,
        default: bool = False,
        parent_name: str | None = None,
        parent_values: Any = None,
    ) -> bool | None:
        """Return False or True."""
        return self._under(parent_name, parent_values, Boolean, name, (default,))

    def Fixed(
        self, name: str, value: Any, parent_name: str | None = None, parent_values: Any = None
    ) -> Any:
        """Return `value`, which is recorded with the others and never searched."""
        return self._under(parent_name, parent_values, Fixed, name, (value,))

    def _under(
        self, parent_name: str | None, parent_values: Any, kind: type, name: str, given: tuple
    ) -> Any:
        if parent_name is not None:
            with self.conditional_scope(parent_name, parent_values):
                return self._under(None, None, kind, name, given)
        if isinstance(name, str) and name.startswith(RESERVED):
            raise ValueError(f"The name {name!r} begins with {RESERVED!r}, which tuners use.")
        full = self._full_name(name)
        return self.ask(self.declare(kind(full, *given, conditions=self._conditions)))

    # -- values --------------------------------------------------------------------------------

    def ask(self, parameter: HyperParameter) -> Any:
        """Return the value of one that is declared, choosing it if it has none yet.

        Raises
        ------
        ValueError
            If another one of the same name is active, too.
        """
        if not self.is_active(parameter):
            return None
        name = parameter.name
        if self.asked.setdefault(name, parameter) is not parameter:
            raise DeclarationError(
                f"{name!r} is declared twice under different conditions, and both are active."
            )
        if name not in self.values:
            is_fixed = isinstance(parameter, Fixed)
            before = self.values
            self.values[name] = parameter.value if is_fixed else self.choose(parameter, before)
        return self.values[name]

    def get(self, name: str) -> Any:
        """Return the value of `name`, choosing it if it was declared and has none yet.

        Raises
        ------
        KeyError
            If it was not declared; the nearest known name is given.
        ValueError
            If it is not active.
        """
        full = self._full_name(name)
        for parameter in self.space:
            if parameter.name == full and self.is_active(parameter):
                return self.ask(parameter)
        if full in self.values:
            return self.values[full]
        known = list(dict.fromkeys(p.name for p in self.space))
        if full in known:
            raise ValueError(f"The hyperparameter {full!r} is not active.")
        raise KeyError(f"There is no hyperparameter {full!r}.{lookup.nearest(full, known)}")

    def __getitem__(self, name: str) -> Any:
        return self.get(name)

    def __contains__(self, name: str) -> bool:
        full = self._full_name(name)
        return full in self.values or self.is_active(full)

    # -- copies --------------------------------------------------------------------------------

    def blank(self, choose: Chooser = default_of) -> HyperParameters:
        """Return the same declarations without values, which `choose` will choose."""
        new = HyperParameters()
        new.space = list(self.space)
        new.overriding, new.is_closed, new.choose = self.overriding, self.is_closed, choose
        return new

    def copy(self) -> HyperParameters:
        """Return the same declarations with the same values."""
        new = self.blank(self.choose)
        new.values = dict(self.values)
        return new

    def get_config(self) -> dict[str, Any]:
        """Return declarations and values in types that JSON has."""
        space = [{"class_name": type(p).__name__, "config": p.get_config()} for p in self.space]
        return {"space": space, "values": dict(self.values)}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> HyperParameters:
        """Return what :meth:`get_config` was called on."""
        new = cls()
        for entry in config["space"]:
            kind = lookup.find(entry["class_name"], KINDS, "hyperparameter")
            new.space.append(kind.from_config(entry["config"]))
        new.values = dict(config["values"])
        return new

    def __repr__(self) -> str:
        return f"HyperParameters({self.values})"
