from __future__ import annotations

import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from course.explorers.worker import GRACE, Cancelled, Worker


def test_the_newest_wins_and_nothing_queues():
    worker, done, begun, go = Worker("test"), [], threading.Event(), threading.Event()
    worker.post(lambda poll: (begun.set(), go.wait(5)))
    assert begun.wait(5)
    for number in range(100):
        worker.post(lambda poll, number=number: done.append(number))
    go.set()
    assert worker.wait(2)
    assert done == [99]


def test_a_newer_request_cancels_after_a_picture_or_the_grace():
    worker, seconds = Worker("test"), []

    def work(poll, pictures):
        poll.pictures = pictures
        try:
            while True:
                poll()
                time.sleep(0.002)
        finally:
            seconds.append(poll.seconds)

    for pictures in (1, 0):
        worker.post(partial(work, pictures=pictures))
        time.sleep(0.02)
        worker.post(lambda poll: None)
        assert worker.wait(2)
    assert seconds[0] < GRACE <= seconds[1]


def test_stop_cancels_at_once_and_drops_what_waits():
    worker, done = Worker("test"), []

    def work(poll):
        while True:
            poll()
            time.sleep(0.001)

    worker.post(work)
    time.sleep(0.01)
    worker.post(lambda poll: done.append(1))
    begin = time.monotonic()
    worker.stop()
    assert worker.wait(2)
    assert time.monotonic() - begin < GRACE
    assert not done
    worker.post(lambda poll: done.append(poll()))
    assert worker.wait(2)
    assert done == [None]


def test_an_idle_worker_has_no_thread():
    worker = Worker("test")
    assert not worker.busy
    worker.post(lambda poll: None)
    assert worker.wait(2)
    assert not worker.busy


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_job_that_fails_does_not_take_the_worker_with_it():
    worker, done = Worker("test"), []

    def fails(poll):
        raise ArithmeticError("told by threading.excepthook")

    worker.post(fails)
    assert worker.wait(2)
    worker.post(lambda poll: done.append(1))
    assert worker.wait(2)
    assert done == [1]


def test_cancelled_is_not_swallowed_by_a_computation_that_catches_errors_of_values():
    assert not issubclass(Cancelled, ValueError | ArithmeticError)


def test_the_interpreter_ends_while_work_goes_on():
    code = (
        "import time\n"
        "from course.explorers.worker import Worker\n"
        "def work(poll):\n"
        "    while True: poll(); time.sleep(.001)\n"
        "worker = Worker('test'); worker.post(work); time.sleep(.05); print('end')\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=20
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "end\n", "")
