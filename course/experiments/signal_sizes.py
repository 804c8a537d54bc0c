"""How large the signals of a network are, layer by layer, in both directions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class SignalSizes(NamedTuple):
    """Root mean squares, the hidden layers 1, 2, ... in order.

    Attributes
    ----------
    forward : array of shape (depth,)
        Of the activations hᵢ.
    backward : array of shape (depth,)
        Of the error signals ∂C/∂hᵢ.
    """

    forward: np.ndarray
    backward: np.ndarray

    @property
    def ratio(self) -> float:
        """∂C/∂h of the first layer over that of the last: 1 is a fair share for all.

        0 where nothing arrives. A lower bound where numbers overflowed.
        """
        first, last = float(self.backward[0]), float(self.backward[-1])
        return first / last if last > 0 else 0.0


def signal_sizes(model: Any, x: np.ndarray, y: np.ndarray) -> SignalSizes:
    """Return the sizes of activations and error signals at the weights of now.

    Parameters
    ----------
    model : Model
        From :func:`deep_network`, compiled.
    x : array of shape (n, d)
    y : array of shape (n,) or (n, k)
        One batch. BatchNormalization normalizes by it, as in training.

    Returns
    -------
    SignalSizes
        What overflowed counts as the largest float.
    """
    h, dh = model.activations(x, training=True), model.error_signals(x, y)
    names = [f"h{i}" for i in range(1, len(h) + 1) if f"h{i}" in h]
    return SignalSizes(_rms([h[n] for n in names]), _rms([dh[n] for n in names]))


def _rms(arrays: list[np.ndarray]) -> np.ndarray:
    sizes = [np.sqrt(np.mean(np.square(a, dtype=float))) for a in arrays]
    largest = np.finfo(np.float32).max
    return np.nan_to_num(sizes, nan=largest, posinf=largest)
