"""Change files at random and load them: each is sound, or refused by name, or a fault is found.

    python tests/fuzz.py --minutes 10                  at random
    python tests/fuzz.py --minutes 10 --guided keras   by coverage; where Atheris is installed
    python tests/fuzz.py --seeds 17 keras              one file again

What comes of a file is decided by its target and a number. Loading must end within seconds and
half a gigabyte, write nothing outside its folder, run nothing, and say nothing that is longer than
a page. A fault is printed with its number, and joins the tests as a small case of its own.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

SECONDS = 10  # for one file, on a machine that does much else
MEMORY = 2**30  # bytes of addresses; half of them are taken by the libraries
LONGEST = 4000  # characters of a refusal
CHUNK = 200  # numbers for a process
LIBFUZZER = ["-rss_limit_mb=0", "-len_control=0", "-max_len=256", "-print_final_stats=1"]
FORBIDDEN = (
    "ctypes.", "exec", "import", "marshal.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.startfile", "os.system", "pickle.", "pty.", "socket.", "subprocess.", "urllib.",
    "webbrowser.",
)  # fmt: skip
WRITING = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
           "os.symlink", "os.truncate", "shutil.")  # fmt: skip


class Fault(BaseException):
    """What a file must not do; no `except Exception` hides it."""


class Watch:
    """Sees what the interpreter does while a file is loaded, and where it writes."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if self.folder is None or threading.current_thread() is not threading.main_thread():
            return
        if event.startswith(FORBIDDEN):
            self.seen.append(f"{event} {args!s:.100}")
        elif event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
            self._check_place(event, args[0])
        elif event.startswith(WRITING):
            for place in args[:2]:
                self._check_place(event, place)

    def _check_place(self, event: str, place: Any) -> None:
        if isinstance(place, str | bytes | os.PathLike):
            real = os.path.realpath(os.fsdecode(place))
            if not real.startswith(self.folder):
                self.seen.append(f"{event} {real}")

    @contextmanager
    def over(self, folder: Path) -> Iterator[None]:
        """Watch while the block runs.

        Raises
        ------
        Fault
            If something was run, or written outside of the folder.
        """
        self.seen, self.folder = [], os.path.realpath(folder)
        try:
            yield
        finally:
            self.folder = None
        if self.seen:
            raise Fault(self.seen[0])


class Fuzzing:
    """All targets, or some of them, with their sound files in a folder."""

    def __init__(self, scratch: Path, names: Sequence[str] = ()) -> None:
        table = importlib.import_module("targets").TARGETS
        self.scratch, self.watch = scratch, Watch()
        self.targets = {n: table[n](scratch / "sound" / n) for n in names or table}
        importlib.import_module("encodings.ascii")
        for name in self.targets:  # what is imported lazily is imported now
            for seed in range(3):
                with suppress(Exception, Fault):
                    self.run(name, random.Random(seed).randrange)
        limit_memory()

    def run(self, name: str, draw: Callable[[int], int]) -> str:
        """Change a file and load it; return what the refusal said, ``''`` where it was loaded.

        Raises
        ------
        Fault
            If it did what it must not.
        """
        with tempfile.TemporaryDirectory(dir=self.scratch) as scratch:
            folder = Path(scratch) / "d"
            self.targets[name].write(folder, draw)
            try:
                with self.watch.over(folder), warnings.catch_warnings(), in_time():
                    warnings.simplefilter("ignore")
                    warnings.simplefilter("error", RuntimeWarning)
                    self.targets[name].load(folder)
            except (ValueError, OSError) as error:
                return _refusal(error, str(folder))
            except Fault:
                raise
            except BaseException as error:
                raise Fault(f"{type(error).__name__}: {error!s:.200}") from error
        return ""


def _refusal(error: Exception, folder: str) -> str:
    """Return what a refusal says, if it is one."""
    said, cause = str(error), error.__cause__
    while cause is not None:
        if isinstance(cause, MemoryError):
            raise Fault("it took all memory that there is") from error
        cause = cause.__cause__
    if folder not in said and folder not in str(getattr(error, "filename", "")):
        raise Fault(f"it does not name the file: {type(error).__name__}: {said:.200}") from error
    if len(said) > LONGEST:
        raise Fault(f"it says {len(said)} characters: {said:.100}") from error
    return said


def limit_memory() -> None:
    """Let no more than `MEMORY` be taken, where the system knows such limits."""
    with suppress(ImportError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@contextmanager
def in_time() -> Iterator[None]:
    """End the block after so many seconds, where the system has such alarms."""

    def ring(*_: Any) -> None:
        raise Fault(f"it took more than {SECONDS} seconds")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# -- the command -------------------------------------------------------------------------------


def numbers_in(content: bytes) -> Callable[[int], int]:
    """Return what draws from bytes, and 0 when they are at an end."""
    left = io.BytesIO(content)

    def draw(n: int) -> int:
        return int.from_bytes(left.read((max(n - 1, 1).bit_length() + 7) // 8)) % n

    return draw


def seeded(name: str, seed: int) -> Callable[[int], int]:
    """Return what draws for a target and a number."""
    return random.Random(f"{name}:{seed}").randrange


def work(seeds: range, names: Sequence[str]) -> int:
    """Print a line for each file: its target and number, then how it ended; return the faults."""
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        fuzzing = Fuzzing(Path(scratch).resolve(), names)
        for seed in seeds:
            for name in fuzzing.targets:
                print(f"{name}:{seed}", end=" ", flush=True)
                try:
                    said = fuzzing.run(name, seeded(name, seed))
                    print("refused" if said else "loaded", said.encode("unicode_escape").decode())
                except Fault as fault:
                    faults += 1
                    print("FAULT", f"{fault!s:.500}".encode("unicode_escape").decode(), flush=True)
    return faults


def at_random(minutes: float, names: Sequence[str]) -> int:
    """Let processes work, one after another, and tell of what they found; return the faults."""
    end, tally = monotonic() + 60 * minutes, Counter()
    first = random.SystemRandom().randrange(10**9)
    for start in count(first, CHUNK):
        if monotonic() > end:
            break
        command = [sys.executable, __file__, "--seeds", f"{start}:{start + CHUNK}", *names]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            file = ""
            for line in process.stdout:
                file, _, rest = line.partition(" ")
                if not rest.strip():
                    continue  # the process ended here
                tally[rest.split()[0]] += 1
                if rest.startswith("FAULT"):
                    print(line, end="", flush=True)
                if monotonic() > end:
                    process.kill()
        if not file:
            sys.exit("The work could not begin.")
        if process.returncode < 0 and monotonic() < end:
            tally["FAULT"] += 1
            print(f"{file} FAULT the process died, {process.returncode}", flush=True)
    print(", ".join(f"{ended} {n:,}" for ended, n in sorted(tally.items())))
    return tally["FAULT"]


def guided(minutes: float, names: Sequence[str]) -> None:
    """Let Atheris choose the numbers by the lines of the package that they lead to."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["course"]):
        importlib.import_module("targets")
    with tempfile.TemporaryDirectory() as scratch:
        fuzzing = Fuzzing(Path(scratch).resolve(), names)

        def once(content: bytes) -> None:
            draw = numbers_in(content)
            name = list(fuzzing.targets)[draw(len(fuzzing.targets))]
            fuzzing.run(name, draw)

        atheris.Setup([__file__, f"-max_total_time={60 * minutes:.0f}", *LIBFUZZER], once)
        atheris.Fuzz()


def main() -> int:
    """Do what the command line says; return 1 if there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help="kinds of files; by default all")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--guided", action="store_true", help="by Atheris")
    parser.add_argument("--seeds", metavar="FIRST:END", help="these numbers, a line for each")
    options = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if options.seeds:
        first, _, end = options.seeds.partition(":")
        return bool(work(range(int(first), int(end or int(first) + 1)), options.targets))
    if options.guided:
        return guided(options.minutes, options.targets)
    return bool(at_random(options.minutes, options.targets))


if __name__ == "__main__":
    sys.exit(main())
