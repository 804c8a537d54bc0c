"""The two classic penalties on the size of weights, and their sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course import checks
from course.regularizers.base import Regularizer


@dataclass
class L1(Regularizer):
    """The sum of sizes, which pulls every weight towards zero by the same amount::

        Ω(w) = λ Σ|w|        ∂Ω/∂w = λ sign(w)

    Its minimum has weights of exactly zero. Steps against the gradient jump across zero and
    come close only.

    Parameters
    ----------
    l1 : float, default 0.01
        λ ≥ 0.

    Raises
    ------
    TypeError, ValueError
        If `l1` is no number or negative.

    References
    ----------
    Tibshirani (1996), Regression Shrinkage and Selection via the Lasso.
    """

    l1: float = 0.01

    def __post_init__(self) -> None:
        self.l1 = checks.number("l1", self.l1, 0)

    def __call__(self, w: np.ndarray) -> float:
        return float(self.l1 * np.sum(np.abs(w)))

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return self.l1 * np.sign(w)


@dataclass
class L2(Regularizer):
    """The sum of squares, which shrinks every weight in proportion to its size::

        Ω(w) = λ Σw²        ∂Ω/∂w = 2λw

    Parameters
    ----------
    l2 : float, default 0.01
        λ ≥ 0.

    Raises
    ------
    TypeError, ValueError
        If `l2` is no number or negative.

    Notes
    -----
    Books and courses put different numbers in front of the sum. The λ to give here:

    ==========================================  ==========================================
    penalty as printed                          `l2`
    ==========================================  ==========================================
    λ Σw², or λ Σ‖w‖² over rows or layers       λ, as it is (‖w‖² is the sum of squares)
    λ/2 Σw²                                     λ/2
    λ/(2m) Σw², m training examples             λ/(2m)
    weight decay w ← w − η·wd·w                 wd/2, with SGD; other optimizers differ
    ==========================================  ==========================================

    References
    ----------
    Goodfellow, Bengio and Courville (2016), Deep Learning, section 7.1.1, where the penalty
    has a ½.
    """

    l2: float = 0.01

    def __post_init__(self) -> None:
        self.l2 = checks.number("l2", self.l2, 0)

    def __call__(self, w: np.ndarray) -> float:
        return float(self.l2 * np.vdot(w, w))

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return 2 * self.l2 * w


@dataclass
class L1L2(Regularizer):
    """Both penalties together, called the elastic net::

        Ω(w) = λ₁ Σ|w| + λ₂ Σw²        ∂Ω/∂w = λ₁ sign(w) + 2λ₂w

    Parameters
    ----------
    l1, l2 : float, default 0.0
        λ₁ and λ₂, at least 0. By its name, ``'l1_l2'``, both are 0.01.

    Raises
    ------
    TypeError, ValueError
        If either is no number or negative.

    References
    ----------
    Zou and Hastie (2005), Regularization and Variable Selection via the Elastic Net.
    """

    l1: float = 0.0
    l2: float = 0.0

    def __post_init__(self) -> None:
        self.l1 = checks.number("l1", self.l1, 0)
        self.l2 = checks.number("l2", self.l2, 0)

    def __call__(self, w: np.ndarray) -> float:
        return float(self.l1 * np.sum(np.abs(w)) + self.l2 * np.vdot(w, w))

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return self.l1 * np.sign(w) + 2 * self.l2 * w


l1 = L1
l2 = L2
l1_l2 = L1L2
