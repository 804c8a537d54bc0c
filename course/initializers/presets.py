"""The six settings of variance scaling that have names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from course.initializers.base import Seeded, Shape
from course.initializers.variance_scaling import draw_scaled


@dataclass
class Preset(Seeded):
    """Variance scaling (see :class:`VarianceScaling`) with all but the seed fixed.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.
    """

    scale: ClassVar[float]
    mode: ClassVar[str]
    distribution: ClassVar[str]
    seed: int | None = None

    def draw(self, shape: Shape, rng: np.random.Generator) -> np.ndarray:
        return draw_scaled(shape, rng, self.scale, self.mode, self.distribution)


class GlorotUniform(Preset):
    """Var W = 2 / (fan_in + fan_out), uniform: for tanh, and the default of Dense.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    Glorot and Bengio (2010), Understanding the Difficulty of Training Deep Feedforward Neural
    Networks, equation 16.
    """

    scale, mode, distribution = 1.0, "fan_avg", "uniform"


class GlorotNormal(Preset):
    """Var W = 2 / (fan_in + fan_out), truncated normal: for tanh.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    Glorot and Bengio (2010), Understanding the Difficulty of Training Deep Feedforward Neural
    Networks, equation 12.
    """

    scale, mode, distribution = 1.0, "fan_avg", "truncated_normal"


class HeUniform(Preset):
    """Var W = 2 / fan_in, uniform: for ReLU, which sets half of its inputs to zero.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    He et al. (2015), Delving Deep into Rectifiers, equation 10.
    """

    scale, mode, distribution = 2.0, "fan_in", "uniform"


class HeNormal(Preset):
    """Var W = 2 / fan_in, truncated normal: for ReLU, which sets half of its inputs to zero.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    He et al. (2015), Delving Deep into Rectifiers, equation 10.
    """

    scale, mode, distribution = 2.0, "fan_in", "truncated_normal"


class LecunUniform(Preset):
    """Var W = 1 / fan_in, uniform.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    LeCun et al. (1998), Efficient BackProp, equation 16.
    """

    scale, mode, distribution = 1.0, "fan_in", "uniform"


class LecunNormal(Preset):
    """Var W = 1 / fan_in, truncated normal: what SELU asks for.

    Parameters
    ----------
    seed : int, optional
        See :class:`Initializer`.

    References
    ----------
    LeCun et al. (1998), Efficient BackProp, equation 16; Klambauer et al. (2017),
    Self-Normalizing Neural Networks, section 2.
    """

    scale, mode, distribution = 1.0, "fan_in", "truncated_normal"
