"""From a configuration to a model. Everything in it is checked: it may come from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import lookup, serialization
from course.engine.layer import Layer
from course.engine.symbolic import Tensor
from course.models.saving import limits
from course.models.saving.classes import LAYERS, MODELS


def model_from_entry(entry: Any) -> Layer:
    """Make a model from its entry, ``{'class_name': 'Sequential', 'config': {...}}``.

    Raises
    ------
    ValueError, TypeError
        If it is none, or something in it cannot be used; what it is, is named.
    """
    if not isinstance(entry, Mapping) or entry.get("class_name") not in MODELS:
        name = entry.get("class_name") if isinstance(entry, Mapping) else entry
        raise ValueError(f"A model is a Sequential or Functional, got {name!r:.80}.")
    return layer_from_entry(entry)


def layer_from_entry(entry: Any) -> Layer:
    """Make a layer, or a model within a model, from its entry.

    Raises
    ------
    ValueError, TypeError
        If its class is unknown, or its configuration does not fit.
    """
    if not isinstance(entry, Mapping):
        raise ValueError(f"The entry of a layer is a dict, got {entry!r:.80}.")
    number = entry.get("shared_object_id")
    with limits.one_level_down() as known:
        if isinstance(number, int) and number in known.shared:
            return known.shared[number]
        layer = lookup.from_entry(_of_today(entry), LAYERS | MODELS, "layer", Layer)
        known.add(layer)
        if isinstance(number, int):
            known.shared[number] = layer
    return layer


def _of_today(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry with what Keras 2 wrote in it spelled as today."""
    config = entry.get("config")
    if isinstance(config, Mapping) and "batch_input_shape" in config:
        config = dict(config)
        shape = config.pop("batch_input_shape")
        if entry.get("class_name") == "InputLayer":
            config["batch_shape"] = shape
        return {**entry, "config": config}
    return entry


def _checked(owner: str, config: Any, lists: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(config, Mapping):
        raise ValueError(f"The config of a {owner} must be a dict, got {config!r:.80}.")
    for key in lists:
        if not isinstance(config.get(key), list):
            raise ValueError(f"The config of a {owner} must have a list {key!r}.")
    if not isinstance(config.get("name", ""), str | None):
        raise ValueError(f"The name of a {owner} must be text, got {config['name']!r:.80}.")
    return config


# -- sequential --------------------------------------------------------------------------------


def sequential(cls: type, config: Any) -> Layer:
    """Make a `Sequential`; see :meth:`Sequential.from_config`."""
    config = _checked("Sequential", config, ("layers",))
    serialization.check_dtype("Sequential", config.get("dtype"))
    model = cls([layer_from_entry(entry) for entry in config["layers"]], name=config.get("name"))
    shape = config.get("build_input_shape")
    if not model.built and model.layers and isinstance(shape, list) and len(shape) > 1:
        model.build(tuple(shape))
    model._trainable = config.get("trainable", True) is not False
    return model


# -- functional --------------------------------------------------------------------------------


def functional(cls: type, config: Any) -> Layer:
    """Make a functional model; see :meth:`Model.from_config`."""
    config = _checked("Functional", config, ("layers", "input_layers", "output_layers"))
    serialization.check_dtype("Functional", config.get("dtype"))
    wiring = Wiring(config["layers"])
    inputs, outputs = (wiring.ends(config[key]) for key in ("input_layers", "output_layers"))
    model = cls(inputs, outputs, name=config.get("name"))
    model._trainable = config.get("trainable", True) is not False
    return model


class Wiring:
    """The layers of a functional model, being called again as they were.

    Parameters
    ----------
    entries : list of dict
        The layers with their ``inbound_nodes``.

    Raises
    ------
    ValueError
        If two layers have one name, or a call refers to one that does not exist or to itself.
    """

    def __init__(self, entries: list[Any]) -> None:
        self.layers: dict[str, Layer] = {}
        self.calls: dict[str, list[Any]] = {}
        self.tensors: dict[tuple[str, int], Tensor] = {}
        self.made = 0
        for entry in sorted(entries, key=_first_call):
            self._add(entry)
        for name, calls in self.calls.items():
            for index in range(len(calls)):
                self._follow((name, index))

    def _add(self, entry: Any) -> None:
        layer = layer_from_entry(entry)
        name = entry.get("name", layer.name)
        if not isinstance(name, str) or name in self.layers:
            raise ValueError(f"Two layers are called {name!r:.80}, or it is no name.")
        calls = entry.get("inbound_nodes", [])
        if not isinstance(calls, list):
            raise ValueError(f"inbound_nodes of layer {name!r} must be a list, got {calls!r:.80}.")
        self.made += len(calls)
        if self.made > limits.MOST:
            raise ValueError(f"The model has more than {limits.MOST:,} calls of layers.")
        self.layers[name], self.calls[name] = layer, [Call(name, call) for call in calls]
        if not calls:
            if not isinstance(layer, LAYERS["InputLayer"]):
                raise ValueError(f"Layer {name!r} is never called.")
            self.tensors[name, 0] = layer.output

    def _follow(self, place: tuple[str, int]) -> None:
        """Make one call, after those that it depends on."""
        stack, begun = [place], set()
        while stack:
            place = stack[-1]
            if place in self.tensors:
                stack.pop()
                continue
            call = self._call(place)
            missing = [source for source in call.sources if source not in self.tensors]
            if not missing:
                self._make(place, call)
            elif place in begun:
                raise ValueError(f"The graph has a loop at layer {place[0]!r}.")
            else:
                begun.add(place)
                stack += missing

    def _call(self, place: tuple[str, int]) -> Call:
        name, index = place
        calls = self.calls.get(name)
        if calls is None:
            hint = lookup.nearest(name, list(self.calls))
            raise ValueError(f"A layer is called on the output of {name!r}, which is none.{hint}")
        if not 0 <= index < len(calls):
            raise ValueError(f"Layer {name!r} has {len(calls)} calls, but call {index} is used.")
        return calls[index]

    def _make(self, place: tuple[str, int], call: Call) -> None:
        tensors = [self.tensors[source] for source in call.sources]
        layer = self.layers[place[0]]
        arguments = tensors if call.takes_list else tensors[0]
        self.tensors[place] = layer(arguments, training=call.training)

    def ends(self, places: list[Any]) -> Any:
        """Return the tensors at the places of the model's inputs or outputs."""
        if _is_place(places):
            return self._end(places)
        if len(places) > limits.MOST_ENDS:
            raise ValueError(f"The model has more than {limits.MOST_ENDS:,} inputs or outputs.")
        return [self._end(place) for place in places]

    def _end(self, place: Any) -> Tensor:
        if not _is_place(place):
            raise ValueError(f"[layer, call, 0] names an input or output, got {place!r:.80}.")
        name, index, _ = place
        layer = self.layers.get(name)
        if isinstance(layer, MODELS["Functional"]) and not isinstance(layer, MODELS["Sequential"]):
            index -= 1  # Keras counts from 1 there
        if (name, index) not in self.tensors:
            self._call((name, index))
        return self.tensors[name, index]


class Call:
    """One call of a layer, as it is written: on which outputs, and with `training` or not.

    Parameters
    ----------
    owner : str
        The name of the layer.
    written : dict or list
        ``{'args': ..., 'kwargs': ...}``, or Keras 2's list of ``[layer, call, 0, kwargs]``.
    """

    def __init__(self, owner: str, written: Any) -> None:
        if isinstance(written, list):
            self.sources = [_source(owner, place[:3]) for place in written if _is_list(place)]
            self.takes_list, kwargs = len(written) > 1, {}
        elif isinstance(written, Mapping) and _is_list(written.get("args")):
            args = written["args"]
            self.takes_list = len(args) == 1 and isinstance(args[0], list)
            tensors = args[0] if self.takes_list else args
            self.sources = [_source(owner, _history(t)) for t in tensors]
            kwargs = written.get("kwargs") or {}
        else:
            raise ValueError(f"A call of layer {owner!r} is not understood: {written!r:.80}.")
        if not self.sources or (len(self.sources) > 1 and not self.takes_list):
            raise ValueError(f"Layer {owner!r} is called on {len(self.sources)} arguments, not 1.")
        self.training = self._training(owner, kwargs)

    def _training(self, owner: str, kwargs: Any) -> bool | None:
        given = dict(kwargs) if isinstance(kwargs, Mapping) else {"kwargs": kwargs}
        training = given.pop("training", None)
        others = {key: value for key, value in given.items() if value is not None}
        if others or not isinstance(training, bool | None):
            raise ValueError(
                f"Layer {owner!r} is called with { ({'training': training} | others)!r:.80}; only "
                "training=True, False or None is supported."
            )
        return training


def _history(tensor: Any) -> Any:
    if isinstance(tensor, Mapping) and tensor.get("class_name") == "__keras_tensor__":
        inner = tensor.get("config")
        return inner.get("keras_history") if isinstance(inner, Mapping) else None
    return None


def _source(owner: str, place: Any) -> tuple[str, int]:
    if not _is_place(place):
        raise ValueError(f"Layer {owner!r} is called on what is no output of a layer: {place!r}.")
    if place[2] != 0:
        raise ValueError(
            f"Layer {owner!r} is called on output {place[2]} of {place[0]!r}; layers have one."
        )
    return place[0], place[1]


def _is_place(place: Any) -> bool:
    return (
        _is_list(place)
        and len(place) == 3
        and isinstance(place[0], str)
        and all(type(n) is int for n in place[1:])
    )


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _first_call(entry: Any) -> int:
    place = entry.get("first_call", 0) if isinstance(entry, Mapping) else 0
    return place if isinstance(place, int) else 0
