"""Trials on disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from course.tuners import HyperParameters, Trial
from course.tuners.storage import Storage, _lock
from course.tuners.trial import Run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "search")


def trial(number: int = 3) -> Trial:
    """An ended trial with all that can be stored."""
    hp = HyperParameters()
    hp.Choice("flag", [True, False])
    hp.Float("rate", 0, 0.5, step=0.1, default=0.3)
    hp.Fixed("nothing", None)
    new = Trial(hp, number, "COMPLETED")
    new.score, new.metrics, new.best_step = 0.1, {"loss": float("nan")}, 1
    run = Run(1, 2)
    run.epoch, run.history, run.seconds = [0, 1], {"loss": [1.0, 0.1 + 0.2]}, [0.5, 0.25]
    run.state = {"slots/m": np.arange(3.0), "generators": np.asarray("[]")}
    run.state |= {"iterations": np.asarray(7), "learning_rate": np.asarray(0.1)}
    new.runs, new.seed, new.seconds, new.message = [run], 2**63, 1.5, "é\nline"
    new.weights = [np.arange(6, dtype="float32").reshape(2, 3)] + [np.zeros(())] * 11
    return new


def test_a_trial_comes_back_as_it_was(storage: Storage) -> None:
    before = trial()
    storage.save_trial(before)
    (after,) = storage.load_trials(before.hyperparameters)
    assert str(after.to_dict()) == str(before.to_dict())
    assert [type(v) for v in after.values.values()] == [bool, float, type(None)]
    assert [p.name for p in after.hyperparameters.space] == ["flag", "rate", "nothing"]
    weights = storage.load_weights(after)
    assert [w.shape for w in weights] == [(2, 3)] + [()] * 11
    np.testing.assert_array_equal(weights[0], before.weights[0])
    (state,) = storage.load_states(3)
    np.testing.assert_array_equal(state["slots/m"], np.arange(3.0))
    assert str(state["generators"]) == "[]"
    before.drop_arrays()
    assert before.weights is before.runs[0].state is None


def test_trials_are_in_order_and_weights_may_be_missing(storage: Storage) -> None:
    for number in (12000, 2, 10):
        storage.save_trial(Trial(HyperParameters(), number))
    assert [t.number for t in storage.load_trials(HyperParameters())] == [2, 10, 12000]
    assert storage.load_weights(Trial(HyperParameters(), 2)) is None
    assert storage.load_states(2) == []


SEARCH = {"seed": 0, "space": [], "built": []}
DAMAGED = [b"", b"{", b"[]", b"{}", b"\xff\xfe"]


def test_a_search_is_begun_once_and_cleared_wholly(storage: Storage) -> None:
    assert not storage.exists()
    storage.clear()
    storage.save_search(SEARCH)
    storage.save_trial(trial())
    (storage.path / "notes.txt").write_text("mine")
    assert storage.exists()
    assert storage.load_search() == SEARCH
    storage.clear()
    assert not storage.exists()
    assert sorted(p.name for p in storage.path.iterdir()) == ["lock", "notes.txt"]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_named_and_what_to_do(storage: Storage, content: bytes) -> None:
    storage.save_search(SEARCH)
    storage.save_trial(trial())
    (storage.path / "search.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"search.json' is not as .*Give overwrite=True"):
        storage.load_search()
    folder = storage.path / "trial_0003"
    (folder / "trial.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"trial.json' is not as .*Remove '.*trial_0003', and"):
        storage.load_trials(HyperParameters())
    (folder / "weights.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"weights.npz' is not as .*Remove '.*trial_0003', and"):
        storage.load_weights(trial())


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    storage = Storage(tmp_path / "file" / "search")
    with (
        pytest.raises(OSError, match=r"directory: the folder .* cannot be written .*file/search"),
        storage.locked(),
    ):
        pass


def test_what_a_killed_process_had_begun_to_write_is_removed(storage: Storage) -> None:
    storage.save_trial(trial())
    part = storage.path / "trial_0003" / ".trial.json.abc.part"
    part.write_text("{")
    with storage.locked():
        assert not part.exists()


def test_one_search_at_a_time_in_one_process(storage: Storage) -> None:
    with storage.locked():
        with (
            pytest.raises(RuntimeError, match=r"Another search is writing into .*project_name"),
            Storage(storage.path).locked(),
        ):
            pass
        with pytest.raises(RuntimeError, match="Another search is writing"):
            storage.clear()
    with storage.locked():
        pass


def test_windows_has_a_lock_of_its_own(storage: Storage, monkeypatch: Any) -> None:
    taken: list[tuple] = []
    windows = SimpleNamespace(LK_NBLCK=2, locking=lambda *arguments: taken.append(arguments))
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    storage.path.mkdir()
    with (storage.path / "lock").open("a+") as file:
        monkeypatch.setattr("course.tuners.storage.os", SimpleNamespace(name="nt"))
        assert _lock(file)
        assert taken == [(file.fileno(), 2, 1)]


def test_one_search_at_a_time_in_two_processes(storage: Storage) -> None:
    code = (
        "import sys; from pathlib import Path; from course.tuners.storage import Storage\n"
        "with Storage(Path(sys.argv[1])).locked(): print('locked')"
    )
    command = [sys.executable, "-c", code, str(storage.path)]
    with storage.locked():
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert "Another search is writing into" in run.stderr
        assert run.returncode == 1
    assert subprocess.check_output(command, cwd=ROOT, text=True) == "locked\n"
