"""Trials on disk: each file whole or not there, one search at a time."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from course import atomic, jsonfile
from course.tuners import arrays, stored
from course.tuners.hyperparameters import HyperParameters
from course.tuners.recorder import check_state
from course.tuners.trial import Trial

MOST = 2000  # hyperparameters in a stored space
SEARCH: dict[str, stored.Check] = {
    "seed": stored.count,
    "space": lambda space: isinstance(space, list) and len(space) <= MOST,
    "built": stored.each(stored.text),
}

_held: dict[Path, object] = {}  # by whom in this process


class Storage:
    """The folder of one search::

        search.json                 strategy, objective, seed, and the space as far as known
        trial_0000/trial.json       configuration, results, every epoch's log, error
        trial_0000/weights.npz      weights of the best epoch
        trial_0000/state_0.npz      where the training can go on, of each run (Hyperband)

    ``trial.json`` is written when a trial starts and again when it ends, after its arrays; so
    one that was running when the process was killed is run again, and none that ended is.

    Parameters
    ----------
    path : Path
        Made if it is not there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether a search was begun here."""
        return (self.path / "search.json").is_file()

    # -- the search ----------------------------------------------------------------------------

    def save_search(self, record: Mapping[str, Any]) -> None:
        """Write what holds for all trials."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._write(self.path / "search.json", json.dumps(record, indent=1))

    def load_search(self) -> dict[str, Any]:
        """Return what :meth:`save_search` wrote.

        Raises
        ------
        ValueError
            If the file is damaged.
        """
        path = self.path / "search.json"
        with _intact(path, "Give overwrite=True to begin anew."):
            record = jsonfile.load(path)
            stored.check(record, SEARCH)
            HyperParameters.from_config({"space": record["space"], "values": {}})
            return record

    def clear(self) -> None:
        """Remove all that a search wrote; other files stay.

        Raises
        ------
        RuntimeError
            If a search is going on.
        """
        if not self.path.is_dir():
            return
        with self.locked():
            for folder in self._folders():
                shutil.rmtree(folder)
            (self.path / "search.json").unlink(missing_ok=True)

    # -- trials --------------------------------------------------------------------------------

    def save_trial(self, trial: Trial) -> None:
        """Write a trial, its arrays first."""
        folder = self._folder(trial.number)
        folder.mkdir(parents=True, exist_ok=True)
        if trial.weights is not None:
            names = {f"{i:04d}": w for i, w in enumerate(trial.weights)}
            self._write(folder / "weights.npz", arrays.packed(names))
        for i, run in enumerate(trial.runs):
            if run.state is not None:
                self._write(folder / f"state_{i}.npz", arrays.packed(run.state))
        self._write(folder / "trial.json", json.dumps(trial.to_dict()))

    def load_trials(self, hyperparameters: HyperParameters) -> list[Trial]:
        """Return all trials by number, without their arrays.

        Raises
        ------
        ValueError
            If the file of one is damaged.
        """
        trials = []
        for folder in self._folders():
            file = folder / "trial.json"
            if not os.path.lexists(file):
                continue
            with _intact_trial(file):
                trial = Trial.from_dict(jsonfile.load(file), hyperparameters)
                if self._folder(trial.number) != folder:
                    raise ValueError(f"'number' is {trial.number}")
            trials.append(trial)
        return sorted(trials, key=lambda trial: trial.number)

    def load_weights(self, trial: Trial) -> list[np.ndarray] | None:
        """Return the weights of the best epoch, or None where none were kept."""
        path = self._weights_file(trial)
        if not os.path.lexists(path):
            return None
        with _intact_trial(path):
            return list(arrays.load(path).values())

    def blaming_weights(self, trial: Trial) -> AbstractContextManager[None]:
        """Say, within the block, that the weights of a trial are damaged where they do not fit."""
        return _intact_trial(self._weights_file(trial))

    def _weights_file(self, trial: Trial) -> Path:
        return self._folder(trial.number) / "weights.npz"

    def load_states(self, number: int) -> list[dict[str, np.ndarray]]:
        """Return where the trainings of a trial can go on, one for each of its runs."""
        states: list[dict[str, np.ndarray]] = []
        while os.path.lexists(path := self._folder(number) / f"state_{len(states)}.npz"):
            with _intact_trial(path):
                states.append(arrays.load(path))
                check_state(states[-1])
        return states

    def _folder(self, number: int) -> Path:
        return self.path / f"trial_{number:04d}"

    def _folders(self) -> list[Path]:
        """Return the folders of trials; no links to others, and none that somebody else made."""
        found = self.path.glob("trial_*")
        is_ours = re.compile(r"trial_\d{4,}").fullmatch
        return sorted(f for f in found if is_ours(f.name) and f.is_dir() and not f.is_symlink())

    def _write(self, path: Path, content: str | bytes) -> None:
        atomic.write(path, content, within=self.path)

    # -- one search at a time ------------------------------------------------------------------

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Within the block, be the only search here, of this process and all others.

        The operating system lifts the lock of a process that dies.

        Raises
        ------
        RuntimeError
            If another search is going on here.
        OSError
            If the folder cannot be made or written.
        """
        lock, holder = self.path.resolve() / "lock", object()
        try:
            # the file is opened only where nobody here has: closed again, it would free their lock
            if _held.setdefault(lock, holder) is holder:
                with self._open(lock) as file:
                    if _lock(file):
                        for part in self.path.rglob(".*.part"):  # begun when a process was killed
                            part.unlink(missing_ok=True)
                        yield
                        return
        finally:
            if _held.get(lock) is holder:
                del _held[lock]
        raise RuntimeError(
            f"Another search is writing into {str(self.path)!r}. Wait for its end, or give this "
            "one another project_name."
        )

    def _open(self, path: Path) -> Any:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                raise PermissionError(errno.EPERM, "lock is a link to elsewhere")
            return path.open("a+")
        except OSError as error:
            said = f"directory: the folder of the search cannot be written ({error.strerror})"
            raise OSError(error.errno, said, os.fspath(self.path)) from error


def _lock(file: Any) -> bool:
    """Return whether the lock was free, and is ours until the file is closed."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # unlike flock, not inherited by the workers that a pool forks
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _intact(path: Path, fix: str) -> Iterator[None]:
    """Say, within the block, which file is damaged."""
    try:
        yield
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
        raise ValueError(
            f"{os.fspath(path)!r} is not as a search wrote it "
            f"({type(error).__name__}: {error!s:.1000}). {fix}"
        ) from error
    except (RecursionError, MemoryError) as error:
        raise ValueError(f"{os.fspath(path)!r} is too large to be read. {fix}") from error


def _intact_trial(path: Path) -> AbstractContextManager[None]:
    fix = f"Remove {os.fspath(path.parent)!r}, and the search runs that trial again."
    return _intact(path, fix)
