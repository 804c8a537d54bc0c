"""What can be wrong with an installation: one function a symptom, each with its mending."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import tempfile
import webbrowser
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from course.cli.deliver import series
from course.cli.errors import CommandError
from course.cli.manifest import Manifest, checksum, has_manifest
from course.cli.requirements import DISTRIBUTION, PIP, numbers, requirement, requirements
from course.cli.server import THREADS

MANAGER = "labextensions/@jupyter-widgets/jupyterlab-manager/package.json"


class Finding(NamedTuple):
    """One line: fine (True), of no great account (None) or to be mended (False)."""

    good: bool | None
    what: str
    mend: str = ""


def all_of(folder: Path, port: int) -> Iterator[Finding]:
    """Look at everything, one after the other."""
    yield python()
    yield from packages()
    yield widgets()
    yield kernel()
    yield threads()
    yield delivered()
    yield writable(folder)
    if has_manifest(folder):
        yield lessons_of(folder)
    yield free_port(port)
    yield browser()


def python() -> Finding:
    """Whether this Python is new enough."""
    wanted = metadata.metadata(DISTRIBUTION)["Requires-Python"].removeprefix(">=")
    have = ".".join(map(str, sys.version_info[:3]))
    if numbers(have) >= numbers(wanted):
        return Finding(True, f"Python {have}")
    return Finding(False, f"Python {have} is too old", f"install Python {wanted} or newer")


def packages() -> Iterator[Finding]:
    """Whether what the course and its notebooks need is there, and new enough."""
    for name, wanted in requirements().items():
        mend = f"{PIP} {requirement(name)}"
        try:
            have = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding(False, f"{name} is not installed", mend)
            continue
        new_enough = numbers(have) >= numbers(wanted)
        what = f"{name} {have}" if new_enough else f"{name} {have} is too old"
        yield Finding(new_enough, what, "" if new_enough else mend)


def widgets() -> Finding:
    """Whether JupyterLab has the part that draws widgets, of the generation that is installed."""
    if any(find_spec(name) is None for name in ("ipywidgets", "jupyterlab", "jupyter_core")):
        return Finding(None, "the widgets in JupyterLab are looked at when both are installed")
    from jupyter_core.paths import jupyter_path

    mend = f"{PIP} --force-reinstall ipywidgets jupyterlab_widgets, and restart JupyterLab"
    wanted, have = metadata.version("ipywidgets"), metadata.version("jupyterlab_widgets")
    there = next(filter(Path.is_file, (Path(p, MANAGER) for p in jupyter_path())), None)
    if there is None:
        return Finding(False, "JupyterLab does not find the widgets' extension", mend)
    # ipywidgets 8 goes with jupyterlab_widgets 3, and 7 with 1.
    if numbers(wanted)[0] - numbers(have)[0] != 5:
        return Finding(False, f"ipywidgets {wanted} and jupyterlab_widgets {have} differ", mend)
    return Finding(True, f"widgets in JupyterLab: jupyterlab_widgets {have}")


def kernel() -> Finding:
    """Whether notebooks are run by this Python, and not by another one."""
    if find_spec("jupyter_client") is None or find_spec("ipykernel") is None:
        return Finding(None, "the kernel is looked at when ipykernel is installed")
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    mend = f"{sys.executable} -m ipykernel install --sys-prefix"
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding(False, "there is no kernel python3", mend)
    program = spec.argv[0]
    if re.fullmatch(r"python[\d.]*(\.exe)?", program) or Path(program) == Path(sys.executable):
        return Finding(True, "notebooks run on this Python")
    if Path(program).exists() and Path(program).parent == Path(sys.executable).parent:
        return Finding(True, "notebooks run on this Python")
    return Finding(False, f"notebooks run on another Python, {program}", mend)


def threads() -> Finding:
    """Whether kernels compute on one thread."""
    more = {name: os.environ[name] for name in THREADS if os.environ.get(name, "1") != "1"}
    if not more:
        return Finding(True, "lessons compute on one thread each")
    told = ", ".join(f"{name}={value}" for name, value in more.items())
    words = "small networks are slower on more than one thread"
    return Finding(None, f"{told}: {words}", f"unset {' '.join(more)}")


def delivered() -> Finding:
    """Whether the lessons and data of this installation are as they were packed."""
    mend = f"install the course anew: {PIP} --force-reinstall --no-deps {DISTRIBUTION}"
    try:
        shipped = series()
    except OSError as error:
        return Finding(False, str(error), mend)
    packed = {str(file): file.hash for file in metadata.files(DISTRIBUTION) or []}
    spoilt = [name for name, path in shipped.items() if not intact(path, packed)]
    if spoilt or not shipped:
        return Finding(False, f"not as delivered: {', '.join(spoilt) or 'no lessons'}", mend)
    count = sum(name.endswith(".ipynb") for name in shipped)
    return Finding(True, f"lessons and their data are whole: {count}")


def intact(path: Path, packed: dict[str, metadata.FileHash | None]) -> bool:
    """Whether a file is as in the wheel, or, in a checkout, a notebook that can be read."""
    known = packed.get(f"course/{path.parent.name}/{path.name}")
    if known is not None and known.mode == "sha256":
        return bytes.fromhex(checksum(path.read_bytes())) == _unpadded(known.value)
    try:
        return path.suffix != ".ipynb" or bool(json.loads(path.read_bytes())["cells"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _unpadded(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


def writable(folder: Path) -> Finding:
    """Whether files can be made in the student's folder, or where it would be made."""
    there = folder
    while not there.exists():
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there):
            return Finding(True, f"{there} can be written")
    except OSError as error:
        mend = "name a folder that you may write in: course lab FOLDER"
        return Finding(False, f"{there} cannot be written: {error.strerror or error}", mend)


def lessons_of(folder: Path) -> Finding:
    """Whether the student's lessons can be read, and which are edited."""
    try:
        manifest = Manifest(folder)
    except CommandError as error:
        return Finding(False, f"{folder}: what was delivered is not known", str(error))
    spoilt, edited = [], []
    for name in filter(lambda name: name.endswith(".ipynb"), manifest.latest):
        if not (folder / name).exists():
            continue
        if not intact(folder / name, {}):
            spoilt.append(name)
        elif not manifest.knows(name, (folder / name).read_bytes()):
            edited.append(name)
    if spoilt:
        mend = "rename or delete them; course update brings them back"
        return Finding(False, f"cannot be read: {', '.join(spoilt)}", mend)
    own = f", edited: {', '.join(edited)}" if edited else ""
    return Finding(True, f"your lessons are of course {manifest.version}{own}")


def free_port(port: int) -> Finding:
    """Whether JupyterLab can listen at its usual place."""
    try:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return Finding(True, f"port {port} is free")
    except OSError as error:
        words = f"port {port} is taken ({error.strerror}); JupyterLab takes the next free one"
        return Finding(None, words, "or choose one: course lab --port 8899")


def browser() -> Finding:
    """Whether there is a browser that can be opened."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        mend = "course lab --no-browser prints an address; open it in any browser"
        return Finding(None, "no browser that can be opened from here", mend)
    return Finding(True, f"browser: {getattr(found, 'name', type(found).__name__)}")
