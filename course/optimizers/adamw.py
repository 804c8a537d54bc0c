"""Adam with decay of the weights beside it, not in the gradient."""

from __future__ import annotations

from typing import Any

from course import checks
from course.optimizers.adam import Adam
from course.optimizers.optimizer import Rate


class AdamW(Adam):
    """Adam after a decay of the weights that its denominators do not touch::

        w ← w − lr·λ·w
        w ← w − α·m / (√v + ε)                as in Adam

    A penalty λ/2·‖w‖² in the loss would pass through m and v, and weights with large gradients
    would be decayed less. It is ``Adam(weight_decay=...)`` with another default.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr, and a factor of the decay.
    weight_decay : float, default 0.004
        λ ≥ 0.
    beta_1, beta_2, epsilon, amsgrad
        As in :class:`Adam`.
    **kwargs
        See :class:`Optimizer`; ``exclude_from_weight_decay(var_names=["bias"])`` is a method.

    Raises
    ------
    TypeError
        If `weight_decay` is None.

    References
    ----------
    Loshchilov and Hutter (2019), Decoupled weight decay regularization, algorithm 2; here, as
    in Keras, the decay takes the learning rate as a factor.
    """

    hyperparameters = ("weight_decay", *Adam.hyperparameters)

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        weight_decay: float = 0.004,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        amsgrad: bool = False,
        **kwargs: Any,
    ) -> None:
        decay = checks.number("weight_decay", weight_decay, 0)
        super().__init__(
            learning_rate, beta_1, beta_2, epsilon, amsgrad, weight_decay=decay, **kwargs
        )
