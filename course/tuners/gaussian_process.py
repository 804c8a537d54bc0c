"""A Gaussian process: what may be believed of a function that was measured at a few points.

Written to be read beside Rasmussen & Williams, *Gaussian Processes for Machine Learning* (2006),
whose equations are named by their numbers.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import log, pi

import numpy as np

from course import config

JITTER = 1e-10  # what is added to the diagonal, as a share of it, until the matrix has a factor
# What is supposed before anything is known: median and spread of the logarithm.
LENGTH_PRIOR = (0.5, 1.0)
SIGNAL_PRIOR = (1.0, 1.0)
NOISE_PRIOR = (1e-3, 2.0)
LENGTH_LIMITS = (0.03, 30.0)
SIGNAL_LIMITS = (0.05, 20.0)
MOST_NOISE = 1.0


class GaussianProcess:
    """Regression with a Matérn 5/2 kernel, a length scale for each input, and noise.

    Targets are standardised, t = (y − ȳ) / s, and modelled as t = f(x) + ε::

        f ~ GP(0, k)      k(x, x') = σ_f² (1 + √5 r + 5/3 r²) exp(−√5 r)
        ε ~ N(0, σ_n²)    r² = Σᵢ dᵢ(x, x')² / ℓᵢ²

    where dᵢ is xᵢ − x'ᵢ, or, for a categorical input, 1 if the two differ and 0 if not: all
    categories are equally far from each other, as if they were coded one-hot.

    Parameters
    ----------
    lengths : array_like of shape (d,)
        Length scales ℓ: how far to go in each input until f has mostly forgotten.
    signal : float
        Variance σ_f² of f, in units of the variance of the targets.
    noise : float
        Variance σ_n² of the noise, in the same units.
    categorical : array_like of bool of shape (d,), optional
        Which inputs are names rather than numbers; none by default.

    References
    ----------
    Rasmussen & Williams (2006), Gaussian Processes for Machine Learning, chapters 2, 4.2, 5.4.
    """

    def __init__(
        self,
        lengths: np.ndarray,
        signal: float = 1.0,
        noise: float = 1e-4,
        categorical: np.ndarray | None = None,
    ) -> None:
        self.lengths = np.asarray(lengths, float)
        self.signal, self.noise = float(signal), float(noise)
        self.categorical = _mask(categorical, len(self.lengths))

    @classmethod
    def learn(
        cls,
        x: np.ndarray,
        y: np.ndarray,
        categorical: np.ndarray | None = None,
        *,
        least_noise: float = 1e-4,
        starts: int = 3,
        seed: int = 0,
    ) -> GaussianProcess:
        """Choose the hyperparameters that make the measurements likely, and condition on them.

        The maximum of log p(t | X, θ) + log p(θ) is sought by L-BFGS with the analytic gradient,
        from several starts. The prior p(θ), wide and log-normal, decides where a handful of
        measurements says nothing; it is outvoted soon.

        Parameters
        ----------
        x : array of shape (n, d)
            In the unit cube.
        y : array of shape (n,)
        categorical : array_like of bool of shape (d,), optional
        least_noise : float
            Lower limit of σ_n².
        starts : int
            Starting points: the middle of the prior, and draws from it.
        seed : int
            Of these draws.

        Returns
        -------
        GaussianProcess
            Ready to predict.

        Raises
        ------
        ImportError
            If SciPy is missing.
        """
        categorical = _mask(categorical, x.shape[1])
        squares = squared_differences(x, x, categorical)
        theta = most_likely(squares, standardised(y)[0], least_noise, starts, seed)
        *lengths, signal, noise = np.exp(theta)
        return cls(lengths, signal, noise, categorical).fit(x, y)

    def fit(self, x: np.ndarray, y: np.ndarray) -> GaussianProcess:
        """Condition on measurements; the hyperparameters stay as they are.

        Parameters
        ----------
        x : array of shape (n, d)
        y : array of shape (n,)

        Returns
        -------
        GaussianProcess
            This one.
        """
        t, self.mean, self.scale = standardised(np.asarray(y, float))
        return self._condition(np.asarray(x, float), t)

    def believing(self, x: np.ndarray) -> GaussianProcess:
        """Return the process that would follow if f were measured at `x` and found as expected.

        Its mean is the same, its uncertainty near `x` is gone: so it is asked where to measure
        next while other measurements are under way (the *kriging believer* of Ginsbourger, Le
        Riche & Carraro, 2010).

        Parameters
        ----------
        x : array of shape (m, d)
        """
        t = (self.predict(x)[0] - self.mean) / self.scale
        other = GaussianProcess(self.lengths, self.signal, self.noise, self.categorical)
        other.mean, other.scale = self.mean, self.scale
        return other._condition(np.concatenate([self.x, x]), np.concatenate([self._t, t]))

    def predict(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return mean and standard deviation of f at new points, in the units of the targets::

            μ(x) = ȳ + s · k(x)ᵀ K⁻¹ t                       K = k(X, X) + σ_n² I     (2.25)
            σ(x) = s · √(k(x, x) − k(x)ᵀ K⁻¹ k(x))                                    (2.26)

        Parameters
        ----------
        x : array of shape (m, d)

        Returns
        -------
        mean, std : arrays of shape (m,)
        """
        k = self._kernel(np.asarray(x, float))
        v = k @ self._inverse.T
        variance = np.maximum(self.signal - np.einsum("ij,ij->i", v, v), 0)
        return self.mean + self.scale * (k @ self._alpha), self.scale * np.sqrt(variance)

    def _condition(self, x: np.ndarray, t: np.ndarray) -> GaussianProcess:
        self.x, self._t = x, t
        self._inverse = np.linalg.inv(cholesky(self._kernel(x), self.noise))  # L⁻¹, L Lᵀ = K
        self._alpha = self._inverse.T @ (self._inverse @ t)
        return self

    def _kernel(self, a: np.ndarray) -> np.ndarray:
        squares = squared_differences(a, self.x, self.categorical)
        return self.signal * matern(np.tensordot(self.lengths**-2.0, squares, 1))


def matern(r2: np.ndarray) -> np.ndarray:
    """Return the Matérn 5/2 correlation ``(1 + √5 r + 5/3 r²) exp(−√5 r)`` at r².

    Its functions have two derivatives: smooth, yet free to turn where a Gaussian kernel's
    cannot. (4.17)
    """
    q = np.sqrt(5 * r2)
    return (1 + q + q * q / 3) * np.exp(-q)


def squared_differences(a: np.ndarray, b: np.ndarray, categorical: np.ndarray) -> np.ndarray:
    """Return dᵢ² of all pairs of `a` (n, d) and `b` (m, d), input by input: shape (d, n, m)."""
    difference = a.T[:, :, None] - b.T[:, None, :]
    difference[categorical] = difference[categorical] != 0
    return np.square(difference, out=difference)


def standardised(y: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Return (y − ȳ) / s, ȳ and s; s is 1 where all targets are equal."""
    mean, scale = float(y.mean()), float(y.std())
    scale = scale if scale > 1e-12 * abs(mean) else 1.0
    return (y - mean) / scale, mean, scale


def cholesky(k: np.ndarray, noise: float) -> np.ndarray:
    """Return the lower factor L of k + σ_n² I, with ten times the jitter until there is one."""
    identity, jitter = np.eye(len(k)), 0.0
    while True:
        try:
            return np.linalg.cholesky(k + (noise + jitter) * identity)
        except np.linalg.LinAlgError:
            jitter = max(10 * jitter, JITTER * float(k[0, 0]))


def log_marginal_likelihood(
    theta: np.ndarray, squares: np.ndarray, t: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the evidence for hyperparameters, and its gradient::

        log p(t | X, θ) = −½ tᵀ K⁻¹ t − ½ log |K| − n/2 log 2π                        (5.8)
        ∂ log p / ∂θⱼ   = ½ tr((α αᵀ − K⁻¹) ∂K/∂θⱼ)      α = K⁻¹ t                    (5.9)
        ∂k / ∂ log ℓᵢ   = σ_f² 5/3 (1 + √5 r) exp(−√5 r) dᵢ²/ℓᵢ²

    Parameters
    ----------
    theta : array of shape (d + 2,)
        Logarithms of ℓ₁, ..., ℓ_d, σ_f², σ_n².
    squares : array of shape (d, n, n)
        Of :func:`squared_differences`.
    t : array of shape (n,)
        Standardised targets.

    Returns
    -------
    value : float
    gradient : array of shape (d + 2,)
    """
    lengths, (signal, noise) = np.exp(theta[:-2]), np.exp(theta[-2:])
    scaled = squares / (lengths**2)[:, None, None]
    q = np.sqrt(5 * scaled.sum(0))
    k, slope = signal * (1 + q + q * q / 3) * np.exp(-q), signal * 5 / 3 * (1 + q) * np.exp(-q)
    factor = cholesky(k, noise)
    inverse = np.linalg.inv(factor)
    inverse = inverse.T @ inverse
    alpha = inverse @ t
    value = -t @ alpha / 2 - np.log(np.diag(factor)).sum() - len(t) / 2 * log(2 * pi)
    a = np.outer(alpha, alpha) - inverse
    gradient = [*np.tensordot(scaled, a * slope), np.sum(a * k), noise * np.trace(a)]
    return float(value), np.array(gradient) / 2


def log_prior(theta: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the logarithm of the log-normal prior, up to a constant, and its gradient."""
    mean, std = _prior(len(theta))
    z = (theta - mean) / std
    return float(-z @ z / 2), -z / std


def require_scipy(what: str) -> None:
    """Refuse to begin what ends in :meth:`GaussianProcess.learn` where SciPy is missing."""
    if find_spec("scipy") is None:
        raise ImportError(f"{what} needs SciPy. Install it with: pip install scipy")


def most_likely(
    squares: np.ndarray, t: np.ndarray, least_noise: float, starts: int, seed: int
) -> np.ndarray:
    """Return θ at the highest evidence plus prior that L-BFGS finds from several starts."""
    from scipy.optimize import minimize

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        parts = log_marginal_likelihood(theta, squares, t), log_prior(theta)
        return -parts[0][0] - parts[1][0], -parts[0][1] - parts[1][1]

    d = len(squares)
    mean, std = _prior(d + 2)
    limits = np.log([LENGTH_LIMITS] * d + [SIGNAL_LIMITS, (least_noise, MOST_NOISE)])
    rng = config.generator(seed)
    draws = [mean, *(mean + std * rng.standard_normal((starts - 1, d + 2)))]
    found = [
        minimize(
            loss, np.clip(start, *limits.T), jac=True, method="L-BFGS-B", bounds=limits, tol=1e-7
        )
        for start in draws
    ]
    return min(found, key=lambda result: result.fun).x


@cache
def _prior(size: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = [LENGTH_PRIOR] * (size - 2) + [SIGNAL_PRIOR, NOISE_PRIOR]
    median, std = np.transpose(pairs)
    return np.log(median), std


def _mask(categorical: np.ndarray | None, d: int) -> np.ndarray:
    return np.zeros(d, bool) if categorical is None else np.asarray(categorical, bool)
