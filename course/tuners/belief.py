"""What the trials so far say about every configuration there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course.tuners.encoding import Encoding
from course.tuners.gaussian_process import GaussianProcess
from course.tuners.trial import Trial


class Belief:
    """A Gaussian process over the unit cube, fitted to trials.

    Trials that still run count with the result that is expected of them, so that nothing is
    looked for where an answer is on its way. A trial that failed counts as the worst that did
    not.

    Parameters
    ----------
    encoding : Encoding
    trials : sequence of Trial
        At least one completed.
    sign : {1, -1}
        1 where a small score is good, -1 where a large one is.
    least_noise : float
        Of :meth:`GaussianProcess.learn`.
    seed : int

    Attributes
    ----------
    points : array of shape (n, d)
        Of the trials that ended, those expected to be best first.
    best : float
        The lowest expected target among them.
    """

    def __init__(
        self,
        encoding: Encoding,
        trials: Sequence[Trial],
        sign: float,
        least_noise: float,
        seed: int,
    ) -> None:
        self._rows = [encoding.encode(trial.configuration) for trial in trials]
        self._searched = encoding.is_searched
        points = np.array([point for point, _ in self._rows])
        ended = np.array([trial.has_ended for trial in trials])
        x = points[:, self._searched]
        categorical = encoding.categorical[self._searched]
        process = GaussianProcess.learn(
            x[ended], targets(trials, sign), categorical, least_noise=least_noise, seed=seed
        )
        expected = process.predict(x[ended])[0]
        self.best = float(expected.min())
        self.points = points[ended][np.argsort(expected, kind="stable")]
        self._process = process if ended.all() else process.believing(x[~ended])

    def __call__(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and standard deviation of the target at `points`, of shape (m, d)."""
        return self._process.predict(points[:, self._searched])

    def new(self, points: np.ndarray) -> np.ndarray:
        """Return those of `points` that no trial has tried, in all that the trial used."""
        for tried, used in self._rows:
            points = points[(points[:, used] != tried[used]).any(axis=1)]
        return points


def targets(trials: Sequence[Trial], sign: float) -> np.ndarray:
    """Return what is minimised, for each trial that ended, with outliers drawn in::

        asinh((y − median) / (median − best))

    That is in proportion around the median, and logarithmic far from it: one training that
    diverged does not make all the others look alike. The order stays.
    """
    worst = max(sign * t.score for t in trials if t.is_completed)
    ended = [trial for trial in trials if trial.has_ended]
    y = np.array([sign * t.score if t.is_completed else worst for t in ended])
    middle, best = np.median(y), y.min()
    return np.arcsinh((y - middle) / (middle - best if middle > best else 1.0))
