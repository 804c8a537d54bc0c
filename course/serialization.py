"""Objects as entries of a JSON file, in the form of Keras 3, and back.

An entry says which class made the object and with which arguments::

    {"module": "keras.initializers", "class_name": "HeNormal", "config": {"seed": 1},
     "registered_name": None}

A class or a function of one's own is found again by its name, among the `custom_objects` given
to `load_model` or those that were registered. Nothing is ever imported for a file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from functools import lru_cache
from typing import Any

import numpy as np

from course import config

REGISTERED: dict[str, Any] = {}
_given: ContextVar[Mapping[str, Any]] = ContextVar("custom_objects")

# What Keras writes into configs and no constructor here takes: each key with the values that
# mean what is done here. Nothing depends on those with an empty tuple.
KERAS_ONLY: dict[str, tuple[Any, ...]] = {
    "axis": (-1, None),
    "data_format": ("channels_last", None),
    "dilation_rate": (1, [1, 1]),
    "from_logits": (False,),
    "go_backwards": (False,),
    "groups": (1,),
    "ignore_class": (None,),
    "input_axes": (None,),
    "input_length": (),
    "label_weights": (None,),
    "lora_rank": (None,),
    "mask_zero": (False,),
    "multi_label": (False,),
    "name": (),
    "num_labels": (None,),
    "num_regressors": (0,),
    "optional": (False,),
    "output_axes": (None,),
    "quantization_config": (None,),
    "ragged": (False,),
    "recurrent_dropout": (0,),
    "renorm": (False,),
    "renorm_clipping": (None,),
    "renorm_momentum": (),
    "return_state": (False,),
    "rms_scaling": (False,),
    "sparse": (False,),
    "stateful": (False,),
    "summation_method": ("interpolation",),
    "synchronized": (False,),
    "time_major": (False,),
    "trainable": (),
    "unroll": (),
    "use_legacy_format": (),
    "zero_output_for_mask": (),
}
_HERE = ("builtins", "course", "keras", "keras_core", "tensorflow", "tf_keras")


# -- objects of one's own ----------------------------------------------------------------------


@contextmanager
def custom_object_scope(objects: Mapping[str, Any] | None) -> Iterator[None]:
    """Within the block, know these classes and functions by their names, too.

    Parameters
    ----------
    objects : dict of str to object
        ``{'MyLayer': MyLayer, 'my_metric': my_metric}``.
    """
    if objects is not None and not isinstance(objects, Mapping):
        raise TypeError(
            "custom_objects must be a dict from names to classes or functions, such as "
            f"{{'MyLayer': MyLayer}}, got {objects!r}."
        )
    token = _given.set({**_given.get({}), **(objects or {})})
    try:
        yield
    finally:
        _given.reset(token)


def register_keras_serializable(
    package: str = "Custom", name: str | None = None
) -> Callable[[Any], Any]:
    """Let files that hold a class or function of one's own be loaded without `custom_objects`.

    Parameters
    ----------
    package : str, default 'Custom'
        What to put before the name, so that names of different people do not clash.
    name : str, optional
        By default that of the class.

    Examples
    --------
    >>> @register_keras_serializable("mine")
    ... def double(x):
    ...     return 2 * x
    >>> registered_name(double)
    'mine>double'
    """
    for argument, given in (("package", package), ("name", package if name is None else name)):
        if not isinstance(given, str):
            raise TypeError(f"{argument} must be a string, got {given!r}.")

    def register(thing: Any) -> Any:
        REGISTERED[f"{package}>{name or thing.__name__}"] = thing
        return thing

    return register


def registered_name(thing: Any) -> str:
    """Return the name by which a class or function of one's own is found again."""
    for name, other in REGISTERED.items():
        if other is thing:
            return name
    return thing.__name__


def known_by(name: Any) -> Any:
    """Return the object of one's own that is called `name`, or None."""
    if not isinstance(name, str):
        return None
    return _given.get({}).get(name, REGISTERED.get(name))


def custom(identifier: Any) -> Any:
    """Return the object of one's own that a name, or a function's entry, stands for.

    What stands for none is returned as it is, of a function's entry the name.
    """
    name = identifier
    if isinstance(identifier, Mapping) and identifier.get("class_name") == "function":
        name = identifier.get("config")
    if not isinstance(name, str):
        return identifier
    found = known_by(name)
    return name if found is None else found


# -- out ---------------------------------------------------------------------------------------


def entry(thing: Any, module: str, table: Mapping[str, Any], extras: tuple[str, ...] = ()) -> Any:
    """Return the entry of an object.

    Parameters
    ----------
    thing : object or function
        With a `get_config`, or with a name.
    module : str
        Where Keras has the class: ``'keras.initializers'``.
    table : mapping of str to type
        The classes of this package.
    extras : tuple of str
        Names in the table that Keras does not have.
    """
    if inspect.isfunction(thing):
        return function_entry(thing)
    kind = type(thing)
    if not hasattr(thing, "get_config"):
        raise TypeError(f"{thing!r} cannot be written to a file: its class has no get_config().")
    is_ours = table.get(kind.__name__) is kind
    in_keras = is_ours and kind.__name__ not in extras
    return {
        "module": module if in_keras else kind.__module__,
        "class_name": kind.__name__,
        "config": thing.get_config(),
        "registered_name": None if in_keras else registered_name(kind),
    }


def function_entry(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the entry of a function, which is its name.

    Raises
    ------
    TypeError
        If it has none: a lambda, or an object.
    """
    name = getattr(function, "__name__", "<lambda>")
    if name == "<lambda>":
        raise TypeError(
            f"{function!r} has no name by which a file could refer to it. Define it with "
            "`def name(...):` and give it to load_model in custom_objects={'name': name}."
        )
    return {
        "module": "builtins",
        "class_name": "function",
        "config": registered_name(function),
        "registered_name": "function",
    }


# -- in ----------------------------------------------------------------------------------------


def own_class(entry: Mapping[str, Any]) -> Any:
    """Return the class of one's own that an entry names, or None where it names one of Keras.

    Raises
    ------
    ValueError
        If the class belongs to neither.
    """
    name, module = entry.get("class_name"), entry.get("module")
    found = known_by(entry.get("registered_name"))
    if found is None:
        found = known_by(name)
    if found is None and isinstance(module, str) and module.split(".")[0] not in _HERE:
        raise ValueError(
            f"{name!r} is a class of {module!r}, not of this package. Give it by "
            f"custom_objects={{{name!r}: ...}}, or put @register_keras_serializable() on it."
        )
    return found


def arguments(cls: type, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments for `cls` in a config, without what only Keras has.

    Raises
    ------
    TypeError
        If the config is no dict with names as keys.
    ValueError
        If Keras' setting asks for something that is not done here.
    """
    if not isinstance(config, Mapping) or not all(isinstance(key, str) for key in config):
        raise TypeError(f"The config of {cls.__name__} must be a dict, got {config!r:.80}.")
    taken, kept = parameters(cls), {}
    for key, value in config.items():
        if key in taken:
            kept[key] = value
        elif key == "dtype":
            check_dtype(cls.__name__, value)
        elif key not in KERAS_ONLY:
            kept[key] = value
        elif KERAS_ONLY[key] and not any(_same(value, a) for a in KERAS_ONLY[key]):
            raise ValueError(
                f"{cls.__name__} with {key}={value!r} is not supported; only "
                f"{key}={KERAS_ONLY[key][0]!r} is."
            )
    return kept


def _same(value: Any, allowed: Any) -> bool:
    if isinstance(value, tuple):
        value = list(value)
    return value == allowed and (isinstance(value, bool) == isinstance(allowed, bool))


def check_dtype(owner: str, dtype: Any) -> None:
    """Refuse a type of floats, named or in an entry, that would lose digits here."""
    name = dtype
    if isinstance(dtype, Mapping):
        inner = dtype.get("config")
        name = inner.get("name") if isinstance(inner, Mapping) else dtype
    if name is None or name == config.floatx():
        return
    if name not in ("float32", "float64"):
        raise ValueError(f"{owner} with dtype={name!r} is not supported; 'float32' is.")
    if not np.can_cast(name, config.floatx()):
        raise ValueError(
            f"{owner} computes in {name}, but the package in {config.floatx()}. "
            f"Call config.set_floatx({name!r}) first."
        )


@lru_cache(maxsize=512)
def parameters(cls: type) -> tuple[str, ...]:
    """Return the names of the arguments of `cls`, those that ``**kwargs`` hands on included."""
    found: dict[str, None] = {}
    for base in cls.__mro__:
        if "__init__" not in vars(base) or base is object:
            continue
        _, *given = inspect.signature(base.__init__).parameters.values()  # self by any name
        kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
        found |= dict.fromkeys(p.name for p in given if p.kind in kinds)
        if not any(p.kind is inspect.Parameter.VAR_KEYWORD for p in given):
            break
    return tuple(found)


def made_with(thing: Any) -> dict[str, Any]:
    """Return the arguments of the constructor, as the object keeps them under their names.

    Raises
    ------
    TypeError
        If it does not keep one.
    """
    kind = type(thing)
    missing = [name for name in parameters(kind) if not hasattr(thing, name)]
    if missing:
        name = missing[0]
        raise TypeError(
            f"{kind.__name__} does not keep its argument {name!r} as self.{name}, so one like it "
            f"cannot be made again. Set self.{name} = {name} in __init__, or define "
            "get_config(self), which returns the arguments by name."
        )
    return {name: deepcopy(getattr(thing, name)) for name in parameters(kind)}
