"""A real cluster of several worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dask.distributed import Client, LocalCluster

from course.tuners import Trial
from searches import Killed, record


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_ends_with_every_trial_done(tmp_path: Path) -> None:
    begun, noted = tmp_path / "begun", tmp_path / "killed in trial"

    class Logged(Killed):
        """Writes down which process begins which trial; one kills its worker, the first time."""

        def run_trial(self, trial: Trial, at: tuple[int, ...], seconds: float) -> float:
            with begun.open("a") as file:
                file.write(f"{trial.number} {os.getpid()}\n")
            return super().run_trial(trial, noted, at, seconds)

    alone = Logged(max_trials=10, seed=0, directory=tmp_path / "alone")
    alone.search((), 0, verbose=0)
    begun.unlink()
    with (
        LocalCluster(3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
        client.get_executor() as executor,
    ):
        tuner = Logged(max_trials=10, seed=0, directory=tmp_path / "cluster")
        tuner.search((4,), 0.2, executor=executor, verbose=0)
    assert noted.read_text() == "4"
    assert record(tuner) == record(alone)
    assert {t.status for t in tuner.oracle.trials.values()} == {"COMPLETED"}
    lines = [line.split() for line in begun.read_text().splitlines()]
    first, *others = [pid for number, pid in lines if number == "4"]
    assert others
    assert first not in others
    assert len({pid for _, pid in lines}) > 1
