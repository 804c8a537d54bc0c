"""Print how long a training step of a small convolutional network takes, at one thread each.

``python -m benchmarks.convolution [--rounds 7] [--markdown] [--keras-python PATH]``
"""

from __future__ import annotations

import argparse
import sys

from threadpoolctl import threadpool_limits

from benchmarks.__main__ import measure, table
from benchmarks.networks import CONVOLUTIONAL
from benchmarks.peers import Remote, course_run, installed


def main(arguments: list[str] | None = None) -> None:
    """Measure ``course`` beside PyTorch, where that is installed, and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.convolution", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--network", nargs="*", choices=CONVOLUTIONAL, default=list(CONVOLUTIONAL))
    parser.add_argument("--markdown", action="store_true", help="as a table for the README")
    parser.add_argument("--keras-python", default=sys.executable, help="interpreter with PyTorch")
    options = parser.parse_args(arguments)
    python = options.keras_python
    away = {"torch": Remote(python, "torch", threads=1)} if installed(python, "torch") else {}
    rows = {}
    try:
        with threadpool_limits(1):
            for name in options.network:
                network = CONVOLUTIONAL[name]
                contenders = {title: make(network) for title, make in away.items()}
                contenders["course"] = course_run(network)
                rows[name] = measure(network, contenders, options.rounds)
    finally:
        for remote in away.values():
            remote.close()
    print(table(rows, options.markdown))


if __name__ == "__main__":
    main()
