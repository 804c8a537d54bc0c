"""What a model was compiled with, for a file and from it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from course import losses, metrics, optimizers

PARTS = ("loss", "loss_weights", "metrics", "weighted_metrics")
MOST = 200  # losses, metrics and weights together


def compile_config(model: Any, names: bool = True) -> dict[str, Any] | None:
    """Return the arguments of `compile`, or None where the model is not compiled.

    Without `names` losses are written as objects, too: Keras does not read names of them in
    its older format. What cannot be written is left out with a warning: the weights are worth more.
    """
    if model._compiled is None:
        return None
    given = model._compiled
    try:
        return {
            "optimizer": optimizers.serialize(model.optimizer),
            "loss": _each(given["loss"], losses.serialize if names else _loss_object),
            "loss_weights": _each(given["loss_weights"], float),
            "metrics": _each(given["metrics"], _metric_of(model)),
            "weighted_metrics": _each(given["weighted_metrics"], _metric_of(model)),
            "run_eagerly": False,
            "steps_per_execution": 1,
        }
    except (TypeError, ValueError) as error:
        warnings.warn(
            f"The model is saved without what it was compiled with: {error} After loading, "
            "compile it again.",
            UserWarning,
            stacklevel=5,
        )
        return None


def _loss_object(loss: Any) -> Any:
    return losses.serialize(losses.get(loss))


def _each(given: Any, convert: Callable[[Any], Any]) -> Any:
    """Convert what is in lists and dicts by output."""
    if given is None:
        return None
    if isinstance(given, list | tuple):
        return [_each(part, convert) for part in given]
    if isinstance(given, Mapping) and "class_name" not in given:
        return {key: _each(part, convert) for key, part in given.items()}
    return convert(given)


def _metric_of(model: Any) -> Callable[[Any], Any]:
    """Return how to write a metric: ``'accuracy'`` by its kind where Keras takes another."""
    heads = model.objective.heads if model.built else []
    differs = any(isinstance(h.loss, losses.BinaryCrossentropy) and h.shape[-1] > 1 for h in heads)

    def convert(metric: Any) -> Any:
        if differs and len(heads) == 1 and isinstance(metric, str):
            metric = metrics.resolve(metric, heads[0].loss, heads[0].shape)
        return metrics.serialize(metric)

    return convert


def compile_model(model: Any, config: Any) -> None:
    """Compile a model as a file says.

    Raises
    ------
    TypeError, ValueError
        If something in it is unknown, or does not fit.
    """
    if not config:
        return
    if not isinstance(config, Mapping):
        raise ValueError(f"compile_config must be a dict, got {config!r:.80}.")
    if not config.get("optimizer"):
        return
    arguments = {part: config.get(part) for part in PARTS}
    if _count(arguments) > MOST:
        raise ValueError(f"The model is compiled with more than {MOST} losses and metrics.")
    arguments["loss"] = _each(arguments["loss"], losses.get)
    for part in ("metrics", "weighted_metrics"):
        arguments[part] = _each(arguments[part], _metric)
    model.compile(optimizers.get(config["optimizer"]), **arguments)


def _count(given: Any) -> int:
    """Return how many entries there are in lists and dicts by output."""
    if isinstance(given, Mapping) and "class_name" not in given:
        given = list(given.values())
    return sum(map(_count, given)) if isinstance(given, list) else 1


def _metric(identifier: Any) -> Any:
    """Names stay names: what they stand for depends on the loss."""
    return identifier if isinstance(identifier, str) else metrics.get(identifier)


def extras(config: Any) -> Iterator[str]:
    """Find what this package has and Keras has not."""
    if isinstance(config, Mapping):
        module = config.get("module")
        if isinstance(module, str) and module.split(".")[0] == "course":
            yield str(config.get("class_name"))
        for part in config.values():
            yield from extras(part)
    elif isinstance(config, list):
        for part in config:
            yield from extras(part)


def warn_of_extras(config: Any) -> None:
    """Say which parts of a model Keras will not know."""
    found = sorted(set(extras(config)))
    if found:
        warnings.warn(
            f"Keras has no {', '.join(found)}: it will not open this file, unless it is given "
            "such a class in custom_objects. This package opens it.",
            UserWarning,
            stacklevel=5,
        )
