"""Trials on disk: each file whole or not there, one search at a time."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from course import atomic
from course.tuners.hyperparameters import HyperParameters
from course.tuners.trial import Trial

_held: set[Path] = set()


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
        atomic.write(self.path / "search.json", json.dumps(record, indent=1))

    def load_search(self) -> dict[str, Any]:
        """Return what :meth:`save_search` wrote.

        Raises
        ------
        ValueError
            If the file is damaged.
        """
        path = self.path / "search.json"
        with _intact(path, "Give overwrite=True to begin anew."):
            record = _load(path)
            return {name: record[name] for name in record.keys() | {"seed", "space", "built"}}

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
            for folder in self.path.glob("trial_*"):
                shutil.rmtree(folder)
            (self.path / "search.json").unlink(missing_ok=True)

    # -- trials --------------------------------------------------------------------------------

    def save_trial(self, trial: Trial) -> None:
        """Write a trial, its arrays first."""
        folder = self._folder(trial.number)
        folder.mkdir(parents=True, exist_ok=True)
        if trial.weights is not None:
            names = {f"{i:04d}": w for i, w in enumerate(trial.weights)}
            _save_arrays(folder / "weights.npz", names)
        for i, run in enumerate(trial.runs):
            if run.state is not None:
                _save_arrays(folder / f"state_{i}.npz", run.state)
        atomic.write(folder / "trial.json", json.dumps(trial.to_dict()))

    def load_trials(self, hyperparameters: HyperParameters) -> list[Trial]:
        """Return all trials by number, without their arrays.

        Raises
        ------
        ValueError
            If the file of one is damaged.
        """
        trials = []
        for file in self.path.glob("trial_*/trial.json"):
            fix = f"Remove {os.fspath(file.parent)!r}, and the search runs that trial again."
            with _intact(file, fix):
                trials.append(Trial.from_dict(_load(file), hyperparameters))
        return sorted(trials, key=lambda trial: trial.number)

    def load_weights(self, trial: Trial) -> list[np.ndarray] | None:
        """Return the weights of the best epoch, or None where none were kept."""
        path = self._folder(trial.number) / "weights.npz"
        return list(_load_arrays(path).values()) if path.is_file() else None

    def load_states(self, number: int) -> list[dict[str, np.ndarray]]:
        """Return where the trainings of a trial can go on, one for each of its runs."""
        files = sorted(
            self._folder(number).glob("state_*.npz"), key=lambda p: int(p.stem.split("_")[1])
        )
        return [_load_arrays(file) for file in files]

    def _folder(self, number: int) -> Path:
        return self.path / f"trial_{number:04d}"

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
        with self._open_lock() as file:
            path = Path(file.name)
            if path in _held or not _lock(file):
                raise RuntimeError(
                    f"Another search is writing into {str(self.path)!r}. Wait for its end, or "
                    "give this one another project_name."
                )
            _held.add(path)
            try:
                for part in self.path.rglob(".*.part"):  # begun when a process was killed
                    part.unlink(missing_ok=True)
                yield
            finally:
                _held.discard(path)

    def _open_lock(self) -> Any:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return (self.path / "lock").resolve().open("a+")
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


def _load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


@contextmanager
def _intact(path: Path, fix: str) -> Iterator[None]:
    """Say, within the block, which file is damaged."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile) as error:
        raise ValueError(
            f"{os.fspath(path)!r} is not as a search wrote it "
            f"({type(error).__name__}: {error}). {fix}"
        ) from error


def _save_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, **{name.replace("/", "|"): array for name, array in arrays.items()})
    atomic.write(path, buffer.getvalue())


def _load_arrays(path: Path) -> dict[str, np.ndarray]:
    fix = f"Remove {os.fspath(path.parent)!r}, and the search runs that trial again."
    with _intact(path, fix), np.load(path, allow_pickle=False) as stored:
        return {name.replace("|", "/"): stored[name] for name in stored.files}
