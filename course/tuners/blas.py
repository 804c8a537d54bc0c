"""One thread for linear algebra, so that trials side by side neither fight nor differ."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from threadpoolctl import threadpool_limits

_lock = threading.Lock()
_inside = 0
_limits: Any = None


@contextmanager
def one_thread() -> Iterator[None]:
    """Within the block, let BLAS use one thread in this process.

    Sums are added in an order that depends on the number of threads, so their last bits do. The
    limit holds for the process, and the last of several blocks lifts it (OpenBLAS heeds only
    the thread that set it; a worker whose blocks overlap in several threads stays limited).
    """
    global _inside, _limits
    with _lock:
        _inside += 1
        if _inside == 1:
            _limits = threadpool_limits(limits=1, user_api="blas")
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0 and _limits is not None:
                _limits.restore_original_limits()
                _limits = None
