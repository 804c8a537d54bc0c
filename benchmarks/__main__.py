"""Print how fast it is: ``python -m benchmarks [PART ...]``.

Every figure is measured beside what it is to be judged by, in rounds that take turns, and stands
with its ratio. ``--save`` keeps the ratios; ``--compare`` names those that have become worse, and
fails if there are any.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import baseline
from benchmarks.growth import growth
from benchmarks.imports import imports
from benchmarks.inference import inference
from benchmarks.latency import latency
from benchmarks.lessons import lesson_times
from benchmarks.memory import memory
from benchmarks.networks import BLOCKS, CONVOLUTIONAL, NETWORKS
from benchmarks.playground import playground
from benchmarks.steps import blocks, convolution, steps
from benchmarks.tuning import tuning

QUICK = {
    part.__name__: part
    for part in (steps, blocks, convolution, growth, inference, memory, imports, tuning)
}
"""What is measured where no part is named; the rest takes a browser, or long."""
PARTS = QUICK | {"lessons": lesson_times, "latency": latency, "playground": playground}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; return 1 if a ratio became worse."""
    options = parser().parse_args(arguments)
    tables = []
    for name in options.parts or QUICK:
        part = PARTS[name]
        print(f"{name}: {part.__doc__.splitlines()[0]}\n", flush=True)
        tables.append(part(options))
        print(tables[-1].text(options.markdown) + "\n", flush=True)
    if options.save:
        baseline.save(tables)
    if not options.compare:
        return 0
    worse = baseline.worse(tables, baseline.load())
    print("\n".join(worse or ["No ratio is worse than the one kept."]))
    return 1 if worse else 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__.splitlines()[0],
        epilog="parts: " + "; ".join(f"{n}: {p.__doc__.splitlines()[0]}" for n, p in PARTS.items()),
    )
    made.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []])
    made.add_argument("--rounds", type=int, default=7)
    networks = [*NETWORKS, *BLOCKS, *CONVOLUTIONAL]
    made.add_argument("--network", nargs="*", choices=networks, help="of the parts that have them")
    made.add_argument("--markdown", action="store_true", help="as tables for the README")
    made.add_argument(
        "--keras-python", default=sys.executable, help="interpreter with Keras, JAX or PyTorch"
    )
    made.add_argument(
        "--save", action="store_true", help=f"keep the ratios in {baseline.FILE.name}"
    )
    made.add_argument("--compare", action="store_true", help="name the ratios that became worse")
    return made


if __name__ == "__main__":
    sys.exit(main())
