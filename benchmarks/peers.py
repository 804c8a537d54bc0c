"""The contenders: each takes a network and returns a function that trains it some epochs.

Preparing builds, compiles and trains once, so that what is timed is training alone. A peer
that is not installed beside ``course`` runs in an interpreter of its own and is asked, round
by round, through a pipe (``benchmarks/remote.py`` is at the other end).
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

import course
from benchmarks import floor, floor_blocks
from benchmarks.networks import Network, data, initial_weights, keras_model

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Run = Callable[[int], float]
"""Trains a number of epochs and returns the seconds they took."""


def timed(train: Callable[[int], object]) -> Run:
    """Return a function that trains and gives the seconds; train once beforehand."""

    def run(epochs: int) -> float:
        start = perf_counter()
        train(epochs)
        return perf_counter() - start

    train(1)
    return run


def floor_run(network: Network) -> Run:
    """Prepare the floor, which starts from the same weights each time."""
    (x, y), weights = data(network), initial_weights(network)
    train = floor.train if type(network) is Network else floor_blocks.train
    return timed(lambda epochs: train(network, weights, x, y, epochs))


def products_run(network: Network) -> Run:
    """Prepare the matrix products of a step and nothing else: x W, xᵀ dy, dy Wᵀ."""
    layers = []
    for n, m in network.kernel_shapes:
        x, W, y = (
            np.ones(shape, np.float32) for shape in ((network.batch, n), (n, m), (network.batch, m))
        )
        layers.append((x, W, y, np.empty_like(W), np.empty_like(x) if layers else None))

    def train(epochs: int) -> None:
        for _ in range(epochs * network.steps):
            for x, W, y, dW, dx in layers:
                np.dot(x, W, y)
                np.dot(x.T, y, dW)
                if dx is not None:
                    np.dot(y, W.T, dx)

    return timed(train)


def course_run(network: Network) -> Run:
    """Prepare `fit` of this package, with accuracy and History."""
    (x, y), model = data(network), keras_model(course, network)
    options = {"batch_size": network.batch, "verbose": 0}
    return timed(lambda epochs: model.fit(x, y, epochs=epochs, **options))


def sklearn_run(network: Network) -> Run:
    """Prepare scikit-learn's MLPClassifier; it has a loss each epoch, but no accuracy."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    x, y = data(network)
    model = MLPClassifier(
        network.sizes[1:-1],
        activation=network.hidden,
        solver=network.optimizer,
        alpha=0,
        batch_size=network.batch,
        learning_rate_init=network.learning_rate,
        tol=0,
        momentum=0,
        nesterovs_momentum=False,
        warm_start=True,
        epsilon=1e-7,
    )

    def train(epochs: int) -> None:
        model.set_params(max_iter=epochs, n_iter_no_change=epochs + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the epochs are up, as wanted
            model.fit(x, y)

    return timed(train)


class Remote:
    """A peer in another interpreter.

    Parameters
    ----------
    python : str
        Path of the interpreter.
    library : {'keras-jax', 'keras-torch', 'torch'}
    threads : int, optional
        How many it may use; as many as it likes by default.
    """

    def __init__(self, python: str, library: str, threads: int | None = None) -> None:
        root = Path(__file__).parents[1]
        backend = library.removeprefix("keras-")
        self.library = library
        limits = {name: str(threads) for name in THREADS if threads}
        self.process = subprocess.Popen(
            [python, "-m", "benchmarks.remote", library],
            cwd=root,
            env={**os.environ, "KERAS_BACKEND": backend, **limits},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, network: Network) -> Run:
        """Prepare the network over there."""

        def run(epochs: int) -> float:
            print(network.name, epochs, file=self.process.stdin, flush=True)
            answer = self.process.stdout.readline()
            if not answer:
                raise RuntimeError(f"{self.library} ended with code {self.process.wait()}.")
            return float(answer)

        run(1)
        return run

    def close(self) -> None:
        """End the other interpreter."""
        self.process.communicate()


def installed(python: str, library: str) -> bool:
    """Return whether `python` can import what `library` needs."""
    modules = ", ".join(sorted({"numpy", *library.split("-")}))
    environment = {**os.environ, "KERAS_BACKEND": library.removeprefix("keras-")}
    attempt = [python, "-c", f"import {modules}"]
    result = subprocess.run(attempt, check=False, capture_output=True, env=environment)
    return result.returncode == 0


def remotes(python: str | None) -> dict[str, Remote]:
    """Start the peers that `python`, by default this interpreter, has installed."""
    libraries = ("torch", "keras-jax", "keras-torch")
    python = python or sys.executable
    return {name: Remote(python, name) for name in libraries if installed(python, name)}
