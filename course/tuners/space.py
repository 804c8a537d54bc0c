"""What is known of a search space, and the way to a complete configuration in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from course import config
from course.tuners.hyperparameters import RESERVED, Chooser, HyperParameters
from course.tuners.kinds import HyperParameter


class Space:
    """The hyperparameters known so far, and the model that may ask for more.

    A configuration is made by building the model: it asks for one hyperparameter after another,
    and each is chosen when it is asked for. What nobody knew turns up in time, and what a
    configuration does not use (the units of a third layer where there are two) is never chosen.

    Parameters
    ----------
    hyperparameters : HyperParameters, optional
        Declared in advance; their ranges override those that the model gives.
    build : callable, optional
        ``build(hp)``, whose result is thrown away; None where only the declarations are known.
    tune_new_entries : bool, default True
        Whether what was not declared in advance is searched, too; else it has its default.
    allow_new_entries : bool, default True
        Whether the model may ask for what was not declared in advance.
    """

    def __init__(
        self,
        hyperparameters: HyperParameters | None = None,
        build: Callable[[HyperParameters], Any] | None = None,
        tune_new_entries: bool = True,
        allow_new_entries: bool = True,
    ) -> None:
        self.known = (hyperparameters or HyperParameters()).copy()
        self.known.overriding = frozenset(p.name for p in self.known.space)
        self.known.is_closed = not allow_new_entries
        self.build = build
        self.tunes_new = tune_new_entries
        self.built: set[str] = set()

    @property
    def parameters(self) -> list[HyperParameter]:
        """Those known so far, in the order of their first declaration."""
        return self.known.space

    def is_active(self, parameter: HyperParameter, values: Mapping[str, Any]) -> bool:
        """Whether all conditions of a hyperparameter hold among `values`."""
        return all(condition.holds(values) for condition in parameter.conditions)

    def find(self, name: str, values: Mapping[str, Any]) -> HyperParameter | None:
        """Return the hyperparameter of that name that is active among `values`."""
        for parameter in self.parameters:
            if parameter.name == name and self.is_active(parameter, values):
                return parameter
        return None

    def explore(self) -> None:
        """Build with defaults, and once into each conditional scope not seen from inside.

        Raises
        ------
        Exception
            Whatever the model-building function raises with default values.
        """
        if self.build is None:
            return
        scopes = self._build(self._given(self.known.blank())).scopes
        seen = {scope for scope, was_active in scopes.items() if was_active}
        while ahead := [scope for scope in scopes if scope not in seen]:
            seen.add(ahead[0])
            wanted = {condition.name: condition.values[0] for condition in ahead[0]}
            hp = self.known.blank(lambda p, _, wanted=wanted: wanted.get(p.name, p.default))
            with suppress(Exception):  # a trial that gets there will fail and say so
                scopes |= self._build(self._given(hp)).scopes

    def walk(self, choose: Chooser) -> dict[str, Any]:
        """Return a complete configuration, in the order in which the model asks.

        Parameters
        ----------
        choose : callable
            ``choose(parameter, before)`` returns the value of an active hyperparameter, given
            the values before it. `Fixed` ones are not asked.

        Returns
        -------
        dict of str to value
            Cut short where the model cannot be built: the trial will fail, and say why.
        """
        errors: list[Exception] = []

        def chosen(parameter: HyperParameter, before: Mapping[str, Any]) -> Any:
            try:
                return choose(parameter, before)
            except Exception as error:
                errors.append(error)
                raise

        hp = self.known.blank(self._chooser(chosen))
        if self.build is not None:
            with suppress(Exception):
                self._build(hp)
        if errors:  # of the strategy, not of the model
            raise errors[0]
        for parameter in self.parameters:
            if parameter.name not in self.built:
                hp.ask(parameter)
        return dict(hp.values)

    def _given(self, hp: HyperParameters) -> HyperParameters:
        """Give values to those declared in advance, which a model may read without declaring."""
        for parameter in self.known.space:
            if parameter.name in self.known.overriding:
                hp.ask(parameter)
        return hp

    def _build(self, hp: HyperParameters) -> HyperParameters:
        try:
            with config.seeded(0):  # weights are thrown away; nobody's generator is to move
                self.build(hp)
        finally:
            self.learn(hp)
            self.built |= hp.declared
        return hp

    def _chooser(self, choose: Chooser) -> Chooser:
        if self.tunes_new:
            return choose
        return lambda p, before: choose(p, before) if p.name in self.known.overriding else p.default

    def used(self, hp: HyperParameters) -> dict[str, Any]:
        """Return the values of a trial that ran, without those that nothing asked for.

        Only running shows that of a hyperparameter which `HyperModel.fit` or `run_trial` declares
        inside an ``if`` or ``for``.
        """
        kept = self.built | self.known.overriding | hp.asked.keys()
        return {k: v for k, v in hp.values.items() if k in kept or k.startswith(RESERVED)}

    def learn(self, hp: HyperParameters) -> None:
        """Take over the declarations that are new."""
        self.known.merge(hp)
