"""How long each lesson takes from top to bottom, kernel and imports included."""

from __future__ import annotations

import os
import tempfile
from argparse import Namespace
from pathlib import Path
from time import perf_counter

from benchmarks.tables import Figure, Table
from course.cli import deliver
from course.series import kernel, lessons


def lesson_times(options: Namespace) -> Table:
    """Execute copies of all lessons, one after another, with one BLAS thread."""
    import nbformat

    rows = {}
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        deliver.deliver(Path(scratch))
        for original in lessons():
            path = Path(scratch, original.name)
            notebook = nbformat.read(path, as_version=4)
            start = perf_counter()
            kernel.run(notebook, path)
            rows[path.stem] = {"seconds": Figure(perf_counter() - start)}
    total = sum(row["seconds"].value for row in rows.values())
    return Table("lessons", "s from top to bottom", rows, [f"together {total:.0f} s"])
