"""What holds for all tests: one BLAS thread, the same examples, a browser when all else is done."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Two runs agree bit for bit only at equal threads; NumPy reads these when it is imported.
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

from course import config  # noqa: E402  it imports NumPy

# The same examples at every run, and none too slow for a busy machine; to look for new ones,
# HYPOTHESIS_PROFILE=default.
settings.register_profile("repeat", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


@pytest.fixture
def float64() -> Iterator[None]:
    """Compute in float64 for one test, as its gradients are compared with differences."""
    before = config.floatx()
    config.set_floatx("float64")
    yield
    config.set_floatx(before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what Windows cannot; put the browser's tests last.

    While Playwright is up, an event loop runs in the process.
    """
    for item in items:
        if item.get_closest_marker("forks"):
            item.add_marker(pytest.mark.skipif(os.name == "nt", reason="Windows does not fork"))
            # Python warns of threads, which lie idle here.
            item.add_marker(pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
