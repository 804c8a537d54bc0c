"""A network given by its depth: the same hidden layer again and again."""

from __future__ import annotations

from typing import Any

from course import checks
from course.layers import Activation, Add, BatchNormalization, Dense, Input
from course.models import Model


def deep_network(
    depth: int,
    width: int = 8,
    activation: Any = "tanh",
    kernel_initializer: Any = "glorot_uniform",
    *,
    residual: bool = False,
    batch_normalization: bool = False,
    features: int = 2,
) -> Model:
    """A classifier of two classes with `depth` hidden layers of `width` units::

        h₁ = f(x·W₁ + b₁)
        hᵢ = f(N(hᵢ₋₁·Wᵢ + bᵢ)) + hᵢ₋₁        i = 2, ..., depth
        p  = σ(h·w + b)

    with ``+ hᵢ₋₁`` only if `residual`, and N only if `batch_normalization` (then in layer 1
    too). The layers that give h₁, h₂, ... are called ``h1``, ``h2``, ...

    Parameters
    ----------
    depth : int
        Hidden layers, at least 1.
    width : int, default 8
        Units in each.
    activation : str or Activation, default 'tanh'
        f.
    kernel_initializer : str or Initializer, default 'glorot_uniform'
        Of all weights, those of the output too. Biases start at 0.
    residual : bool, default False
        Whether each layer's input is added to its output (He et al., 2016).
    batch_normalization : bool, default False
        Whether BatchNormalization stands before the activation.
    features : int, default 2
        Inputs.

    Returns
    -------
    Model
        Not compiled.
    """
    depth = checks.integer("depth", depth, 1)
    x = h = Input(shape=(features,))
    for i in range(1, depth + 1):
        skip = h if residual and i > 1 else None
        block = _block(i, width, activation, kernel_initializer, batch_normalization, skip)
        h = block(h)
    return Model(x, Dense(1, "sigmoid", kernel_initializer=kernel_initializer, name="p")(h))


def _block(i: int, width: int, f: Any, initializer: Any, normalize: bool, skip: Any) -> Any:
    """Return the function from hᵢ₋₁ to hᵢ; its last layer has the name ``h{i}``."""
    layers = [Dense(width, None if normalize else f, kernel_initializer=initializer)]
    if normalize:
        layers += [BatchNormalization(), Activation(f)]
    if skip is None:
        layers[-1].name = f"h{i}"

    def apply(h: Any) -> Any:
        for layer in layers:
            h = layer(h)
        return h if skip is None else Add(name=f"h{i}")([h, skip])

    return apply
