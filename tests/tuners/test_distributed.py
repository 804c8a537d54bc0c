"""A real cluster of several worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from dask.distributed import Client, LocalCluster

from course.tuners import Trial
from searches import Slow, record


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_ends_with_every_trial_done(tmp_path: Path) -> None:
    alone = Slow(max_trials=10, seed=0, directory=tmp_path / "alone")
    alone.search(0, None, verbose=0)
    started, killed = tmp_path / "started", []

    def lines() -> list[list[str]]:
        return [line.split() for line in started.read_text().splitlines()]

    def done(tuner: Slow) -> set[int]:
        return {t.number for t in tuner.oracle.trials.values() if t.has_ended}

    with (
        LocalCluster(3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
        client.get_executor() as executor,
    ):

        class Kills(Slow):
            """Kills a worker in the middle of a trial."""

            def on_trial_end(self, trial: Trial) -> None:
                if trial.number == 4:
                    running = [line for line in lines() if int(line[0]) not in done(self)]
                    os.kill(int(running[-1][1]), signal.SIGKILL)
                    killed.append(running[-1])

        tuner = Kills(max_trials=10, seed=0, directory=tmp_path / "cluster")
        tuner.search(0.5, started, executor=executor, verbose=0)
    assert record(tuner) == record(alone)
    assert {t.status for t in tuner.oracle.trials.values()} == {"COMPLETED"}
    ((number, pid),) = killed
    ran = [line[1] for line in lines() if line[0] == number]
    assert ran[0] == pid != ran[-1]
    assert len({line[1] for line in lines()}) > 1
