"""What `import course` costs, beside NumPy alone, in a fresh interpreter each time."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from time import perf_counter

from benchmarks.tables import Table
from benchmarks.timing import Timed, interleaved


def imports(options: Namespace) -> Table:
    """Start an interpreter and import: nothing, NumPy, course, its tuners."""
    statements = {
        "numpy": "import numpy",
        "course": "import course",
        "tuners": "import course.tuners",
        "nothing": "pass",
    }
    runs = {name: started(statement) for name, statement in statements.items()}
    for run in runs.values():
        run()  # bytecode is compiled once, and the files come into the memory of the machine
    row = interleaved(runs, options.rounds)
    return Table("imports", "ms from the start (× NumPy)", {"import": row})


def started(statement: str) -> Timed:
    """Return what gives the milliseconds of an interpreter that executes `statement`."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}

    def timed() -> float:
        start = perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True, env=environment)
        return (perf_counter() - start) * 1000

    return timed
