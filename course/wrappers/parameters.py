"""Parameters of an estimator that reach into what it calls: ``model__units``, ``fit__epochs``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from typing import Any, Self

from sklearn.base import BaseEstimator

from course import checks
from course.lookup import nearest
from course.models import Model

# Given by the estimator itself, so no parameters of its user.
FROM_DATA = ("X", "y")
FROM_FIT = ("self", "x", "y", "sample_weight")


class ParameterMixin(BaseEstimator):
    """Keeps two dicts of arguments and shows their entries as parameters with a prefix."""

    _prefixes = ("model", "fit")
    model: Any
    model_kwargs: dict[str, Any] | None
    fit_kwargs: dict[str, Any] | None

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name.

        Parameters
        ----------
        deep : bool, default True
            Whether those with a prefix are among them: of ``model__`` all that the building
            function takes, of ``fit__`` those that were given.
        """
        params = super().get_params(deep=False)
        if deep:
            defaults = {"model": _defaults(self._takes("model"), FROM_DATA), "fit": {}}
            for prefix in self._prefixes:
                known = defaults[prefix] | self._given(prefix)
                params |= {f"{prefix}__{name}": value for name, value in known.items()}
        return params

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name, ``model__units=8`` and ``fit__epochs=5`` too.

        Raises
        ------
        ValueError
            If there is no such parameter; the nearest known one is named.
        """
        routed = {name: params.pop(name) for name in list(params) if self._is_routed(name)}
        super().set_params(**params)
        self._route(routed)
        return self

    def _is_routed(self, name: str) -> bool:
        return name.partition("__")[0] in self._prefixes and "__" in name

    def _route(self, params: Mapping[str, Any]) -> None:
        """Put each parameter with a prefix into its dict, a new one; or none if one is wrong."""
        changed = {prefix: self._given(prefix) for prefix in self._prefixes}
        for parameter, value in params.items():
            prefix, _, name = parameter.partition("__")
            self._check_known(prefix, name)
            changed[prefix][name] = value
        for prefix in {parameter.partition("__")[0] for parameter in params}:
            setattr(self, f"{prefix}_kwargs", changed[prefix])

    def _given(self, prefix: str) -> dict[str, Any]:
        given = getattr(self, f"{prefix}_kwargs")
        return dict(given) if isinstance(given, Mapping) else {}

    def _takes(self, prefix: str) -> dict[str, Parameter]:
        """Return the parameters of the function that the prefix stands for."""
        function = Model.fit if prefix == "fit" else self.model
        if isinstance(function, Model) or not callable(function):
            return {}
        return dict(signature(function).parameters)

    def _check_known(self, prefix: str, name: str) -> None:
        parameters = self._takes(prefix)
        hidden = FROM_FIT if prefix == "fit" else FROM_DATA
        known = [n for n in parameters if n not in hidden]
        takes_any = any(p.kind is Parameter.VAR_KEYWORD for p in parameters.values())
        if name not in known and not takes_any:
            taker = "Model.fit" if prefix == "fit" else "the building function"
            raise ValueError(
                f"{prefix}__{name}: {taker} has no argument {name!r}.{nearest(name, known)} "
                f"It takes {', '.join(known) or 'none'}."
            )


def _defaults(parameters: Mapping[str, Parameter], hidden: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: p.default
        for name, p in parameters.items()
        if p.default is not Parameter.empty and name not in hidden
    }


def call_with(function: Callable[..., Any], kwargs: Mapping[str, Any], **offered: Any) -> Any:
    """Call `function` with `kwargs` and those of the `offered` arguments that it takes.

    ``loss`` is offered only where it has no default.
    """
    parameters = signature(function).parameters
    takes_any = any(p.kind is Parameter.VAR_KEYWORD for p in parameters.values())
    taken = {
        name: value
        for name, value in offered.items()
        if (name in parameters or (takes_any and name in FROM_DATA))
        and (name != "loss" or parameters[name].default is Parameter.empty)
    }
    known = [name for name in parameters if name not in FROM_DATA]
    unknown = [] if takes_any else [name for name in kwargs if name not in parameters]
    checks.unknown_arguments("The function given as model", unknown, known)
    return function(**(taken | dict(kwargs)))
