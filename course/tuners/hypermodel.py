"""What is searched: a way to build a model from hyperparameters, and to train it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from course import checks
from course.tuners.hyperparameters import HyperParameters, default_of


def _checking(build: Callable[..., Any]) -> Callable[..., Any]:
    """Return `build` with a check of what it is given."""

    @wraps(build)
    def checked(self: Any, hp: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(hp, HyperParameters):
            hint = ""
            if isinstance(hp, list | tuple) and hp and isinstance(hp[0], HyperParameters):
                hint = " Take its first element: get_best_hyperparameters()[0]."
            raise TypeError(
                f"build takes HyperParameters, got {type(hp).__name__}"
                f"{f' of {len(hp)}' if isinstance(hp, list | tuple) else ''}.{hint}"
            )
        if not self.tunable:
            hp = hp.copy()
            hp.choose = default_of
        return build(self, hp, *args, **kwargs)

    return checked


class HyperModel:
    """Base class of model-building classes; a function of `hp` does where `fit` stays as it is.

    ::

        class MyModel(HyperModel):
            def build(self, hp):
                model = Sequential([Input((2,)), Dense(hp.Int("units", 2, 16)), Dense(1)])
                model.compile("adam", "mse")
                return model

            def fit(self, hp, model, *args, **kwargs):
                batch_size = hp.Choice("batch_size", [16, 32, 64])
                return model.fit(*args, batch_size=batch_size, **kwargs)

    Parameters
    ----------
    name : str, optional
        For your own use.
    tunable : bool, default True
        False searches only those hyperparameters of `build` that were declared in advance; the
        others have their defaults.

    Raises
    ------
    TypeError
        If `name` is no string, or `tunable` neither True nor False.
    """

    name: str | None = None
    tunable: bool = True

    def __init__(self, name: str | None = None, tunable: bool = True) -> None:
        self.name = None if name is None else checks.text("name", name, "")
        self.tunable = checks.flag("tunable", tunable)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "build" in vars(cls):
            cls.build = _checking(cls.build)

    def build(self, hp: HyperParameters) -> Any:
        """Return a compiled model for the values of `hp`."""
        raise NotImplementedError(f"{type(self).__name__} must define build(hp).")

    def fit(self, hp: HyperParameters, model: Any, *args: Any, **kwargs: Any) -> Any:
        """Train the model and return what it is judged by.

        Parameters
        ----------
        hp : HyperParameters
            More can be declared here: the batch size, the number of epochs.
        model : Model
            What `build` returned.
        *args, **kwargs
            What was given to `search`, with ``callbacks`` for `Model.fit` to pass on: they
            record every epoch and keep the weights of the best.

        Returns
        -------
        History, dict or float
            What `Model.fit` returns; or numbers by name, the objective among them; or a number,
            which is the objective.
        """
        return model.fit(*args, **kwargs)


class FunctionModel(HyperModel):
    """A model-building function as a `HyperModel`."""

    def __init__(self, function: Callable[[HyperParameters], Any]) -> None:
        super().__init__(getattr(function, "__name__", None))
        self.function = function

    def build(self, hp: HyperParameters) -> Any:
        """Return what the function makes of `hp`."""
        return self.function(hp)


def get(hypermodel: Any) -> HyperModel | None:
    """Return a `HyperModel` for one, for a function of `hp`, or None for None.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if hypermodel is None or isinstance(hypermodel, HyperModel):
        return hypermodel
    if isinstance(hypermodel, type) and issubclass(hypermodel, HyperModel):
        raise TypeError(f"hypermodel is a class; give an instance, {hypermodel.__name__}().")
    if not callable(hypermodel):
        raise TypeError(
            "hypermodel must be a function build(hp) that returns a compiled model, or an "
            f"instance of HyperModel, got {hypermodel!r}."
        )
    return FunctionModel(hypermodel)
