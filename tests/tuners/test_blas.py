"""One thread of BLAS while trials run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from course.tuners.blas import one_thread


def threads() -> set[int]:
    """The numbers of threads of all BLAS libraries."""
    np.ones((2, 2)) @ np.ones((2, 2))
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_blocks_within_and_beside_each_other_end_with_the_outermost() -> None:
    both = Barrier(2)

    def beside(_: int) -> set[int]:
        with one_thread():
            both.wait()
            seen = threads()
        both.wait()
        return seen | threads()

    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with one_thread(), ThreadPoolExecutor(2) as pool:
            assert list(pool.map(beside, range(2))) == [{1}, {1}]
            assert threads() == {1}
        assert threads() == before


def test_an_error_lifts_the_limit() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with pytest.raises(ArithmeticError), one_thread():
            raise ArithmeticError
        assert threads() == before
