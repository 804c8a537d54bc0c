"""A piece of work stopped before any line of it: by an exception as of Ctrl-C, or killed."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

COURSE = str(Path(__file__).resolve().parents[1] / "course")


@contextmanager
def before_line(
    number: int, stop: Callable[[], None], modules: tuple[str, ...] = ("",)
) -> Iterator[None]:
    """Within the block, call `stop` before the line of that number, counted from 1.

    Parameters
    ----------
    number : int
        Which of the lines of the package that are run, one that is run twice counted twice.
    stop : callable
        Raises, or ends the process.
    modules : tuple of str
        Ends of the names of the files whose lines count; all by default.
    """
    left = number

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left == 0:
                stop()
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        return line if name.startswith(COURSE) and name.endswith(modules) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)


def interrupted(work: Callable[[], Any], number: int, modules: tuple[str, ...] = ("",)) -> bool:
    """Let Ctrl-C come before a line of `work`; return whether there were so many."""

    def ctrl_c() -> None:
        raise KeyboardInterrupt

    try:
        with before_line(number, ctrl_c, modules):
            work()
    except KeyboardInterrupt:
        return True
    return False


def killed(work: Callable[[], Any], number: int, modules: tuple[str, ...] = ("",)) -> bool:
    """Kill a process before a line of `work`, which it does; return whether there were so many.

    It is forked from this one, so it has all that this one has, and dies without a word.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with before_line(number, lambda: os.kill(os.getpid(), signal.SIGKILL), modules):
                work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or status == 0, "the work itself failed"
    return status != 0
