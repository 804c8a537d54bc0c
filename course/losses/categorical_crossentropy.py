"""The loss of one class out of several: minus the log-probability of the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.activations import Activation, Softmax
from course.constants import row_starts
from course.losses import targets
from course.losses.loss import Loss


class CategoricalCrossentropy(Loss):
    """Cross-entropy of one class out of C, with targets in C columns.

    Over probabilities p = `y_pred`, renormalised to q = p/Σⱼpⱼ and clipped to [ε, 1 − ε]
    with ε = 1e-7::

        ℓ = −Σⱼ yⱼ log qⱼ        gⱼ = −yⱼ/qⱼ        ∂ℓ/∂pⱼ = (gⱼ − Σᵢ gᵢqᵢ) / Σᵢpᵢ

    Over logits z, with p = softmax(z)::

        ℓ = −Σⱼ yⱼ log pⱼ        ∂ℓ/∂zⱼ = pⱼ − yⱼ

    Parameters
    ----------
    from_logits : bool, default False
        Whether `y_pred` holds logits, from a linear output, rather than probabilities.
    label_smoothing : float, default 0.0
        s in [0, 1]: targets become y(1 − s) + s/C.
    reduction, name
        See :class:`Loss`.

    Raises
    ------
    TypeError, ValueError
        If `label_smoothing` is no number in [0, 1].

    Notes
    -----
    Outside [ε, 1 − ε] the clip is flat: there gⱼ = 0, so where the right class has a
    probability below 1e-7 the gradient over probabilities vanishes just when the network is
    most wrong. The form over logits has no clip and its gradient is right everywhere; a model
    whose output activation is softmax uses it by itself (:meth:`on_logits`).

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108; label smoothing:
    Szegedy et al. (2016), Rethinking the Inception architecture, section 7.
    """

    default_name = "categorical_crossentropy"
    hyperparameters = ("from_logits", "label_smoothing")

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = None,
    ) -> None:
        super().__init__(reduction, name)
        self.from_logits = checks.flag("from_logits", from_logits)
        self.label_smoothing = checks.number("label_smoothing", label_smoothing, 0, 1)

    def on_logits(self, activation: Activation) -> CategoricalCrossentropy | None:
        if self.from_logits or not _is_softmax(activation):
            return None
        return type(self)(True, self.label_smoothing, self.reduction, self.name)

    def check_targets(
        self, y_true: Any, output_shape: targets.Shape, name: str = "y"
    ) -> np.ndarray:
        return targets.distributions(name, y_true, output_shape, self.name)

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        y = self._smooth(y_true)
        if self.from_logits:
            log_p, p = _log_softmax(y_pred)
            return -np.vecdot(y, log_p), p
        q, total = _normalise(y_pred)
        return -np.vecdot(y, np.log(_clip(q))), (q, total)

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        y = self._smooth(y_true)
        if self.from_logits:
            p = cache
            return p - y
        q, total = cache
        clipped = _clip(q)
        g = (clipped == q) * -y / clipped
        return (g - np.vecdot(g, q)[..., None]) / total

    def _smooth(self, y: np.ndarray) -> np.ndarray:
        s = self.label_smoothing
        return y * (1 - s) + s / y.shape[-1] if s else y


class SparseCategoricalCrossentropy(Loss):
    """Cross-entropy of one class out of C, with the number c of the class as target.

    Over probabilities p = `y_pred`, renormalised to q = p/Σⱼpⱼ and clipped to [ε, 1 − ε]
    with ε = 1e-7::

        ℓ = −log q_c        ∂ℓ/∂pⱼ = (1 − [j = c]/q_c) / Σᵢpᵢ, or 0 where q_c is clipped

    Over logits z, with p = softmax(z)::

        ℓ = −log p_c        ∂ℓ/∂zⱼ = pⱼ − [j = c]

    Parameters
    ----------
    from_logits : bool, default False
        Whether `y_pred` holds logits, from a linear output, rather than probabilities.
    reduction, name
        See :class:`Loss`.

    Raises
    ------
    TypeError
        If `from_logits` is neither True nor False.

    Notes
    -----
    The same numbers as :class:`CategoricalCrossentropy`, without the memory of the columns;
    what is said there about the clip holds here.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equation 4.108.
    """

    default_name = "sparse_categorical_crossentropy"
    hyperparameters = ("from_logits",)

    def __init__(
        self,
        from_logits: bool = False,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = None,
    ) -> None:
        super().__init__(reduction, name)
        self.from_logits = checks.flag("from_logits", from_logits)

    def on_logits(self, activation: Activation) -> SparseCategoricalCrossentropy | None:
        if self.from_logits or not _is_softmax(activation):
            return None
        return type(self)(True, self.reduction, self.name)

    def check_targets(
        self, y_true: Any, output_shape: targets.Shape, name: str = "y"
    ) -> np.ndarray:
        return targets.labels(name, y_true, output_shape, self.name)

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        if self.from_logits:
            log_p, p = _log_softmax(y_pred)
            return -log_p.take(_places(log_p, y_true)), p
        q, total = _normalise(y_pred)
        return -np.log(_clip(q.take(_places(q, y_true)))), (q, total)

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        if self.from_logits:
            p = cache
            dz = p.copy()
            dz.reshape(-1)[_places(dz, y_true)] -= 1
            return dz
        q, total = cache
        q_c = q.take(_places(q, y_true))[..., None]
        clipped = _clip(q_c)
        is_c = np.arange(q.shape[-1]) == y_true[..., None]
        return (clipped == q_c) * (1 - is_c / clipped) / total


def categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0
) -> np.ndarray:
    """Return the cross-entropy of each sample; see :class:`CategoricalCrossentropy`.

    Parameters
    ----------
    y_true : array-like of shape (n, ..., k)
        One column for each class, 1 in that of the sample.
    y_pred : array-like of shape (n, ..., k)
        Probabilities, or logits.
    from_logits, label_smoothing
        See :class:`CategoricalCrossentropy`.

    Returns
    -------
    array of shape (n, ...)
    """
    return CategoricalCrossentropy(from_logits, label_smoothing).values(y_true, y_pred)


def sparse_categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False
) -> np.ndarray:
    """Return the cross-entropy of each sample; see :class:`SparseCategoricalCrossentropy`.

    Parameters
    ----------
    y_true : array-like of int of shape (n, ...)
        Numbers of classes, 0 to k − 1.
    y_pred : array-like of shape (n, ..., k)
        Probabilities, or logits.
    from_logits
        See :class:`SparseCategoricalCrossentropy`.

    Returns
    -------
    array of shape (n, ...)
    """
    return SparseCategoricalCrossentropy(from_logits).values(y_true, y_pred)


def _is_softmax(activation: Activation) -> bool:
    return isinstance(activation, Softmax) and activation.axis == -1


def _log_softmax(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return log p and p = softmax(z); the largest logit is taken off, so nothing overflows."""
    largest = z.take(_places(z, z.argmax(axis=-1)))  # maximum.reduce takes twice as long
    log_p = z - largest[..., np.newaxis]
    p = np.exp(log_p)
    total = np.add.reduce(p, axis=-1, keepdims=True)
    p /= total
    log_p -= np.log(total)
    return log_p, p


def _normalise(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return q = p/Σp and Σp; rows of zeros stay zeros."""
    total = np.add.reduce(p, axis=-1, keepdims=True)
    total[total == 0] = 1
    return p / total, total


def _clip(q: np.ndarray) -> np.ndarray:
    return np.clip(q, config.epsilon(), 1 - config.epsilon())


def _places(a: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return where in the flattened `a` the element number `c` of each row is."""
    return row_starts(c.size, a.shape[-1]).reshape(c.shape) + c
