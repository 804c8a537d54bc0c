"""Start JupyterLab on a folder, without a trace in anybody's own settings."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from course.cli.errors import CommandError
from course.cli.requirements import PIP, missing, requirement

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
SETTINGS = Path(__file__).parent / "jupyter"
PORT = 8888
NEEDED = ("jupyterlab", "ipykernel", "ipywidgets", "matplotlib")


def serve(
    folder: Path,
    document: str,
    *,
    browser: bool = True,
    port: int = PORT,
    more: tuple[str, ...] = (),
) -> None:
    """Serve `folder` on this machine only, with a token, until Ctrl-C.

    Parameters
    ----------
    folder : path
        The browser sees what is in it.
    document : str
        Address, below JupyterLab's own, at which it opens: ``'lab/tree/00_playground.ipynb'``.
    browser : bool
        Whether to open one.
    port : int
        The first to try; where it is taken, the next free one is used.
    more : tuple of str
        Further arguments of JupyterLab.

    Raises
    ------
    CommandError
        If JupyterLab is not installed.
    """
    need(*NEEDED)
    one_thread()
    # Defaults of JupyterLab's settings, such as no news; what users set themselves counts more.
    paths = [str(SETTINGS / "quiet"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    from jupyterlab.labapp import LabApp  # after the environment is set, which it reads

    LabApp.launch_instance(
        [
            f"--ServerApp.root_dir={folder}",
            f"--LabApp.default_url=/{document}",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.answer_yes=True",  # Ctrl-C ends it at once
            "--LabApp.extension_manager=readonly",  # the other one asks PyPI of what is installed
            *([] if browser else ["--no-browser"]),
            *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            *more,
        ]
    )


def need(*packages: str) -> None:
    """Raise a CommandError that says how to install what is missing of `packages`."""
    if absent := [name for name in packages if find_spec(name) is None]:
        wanted = " ".join(map(requirement, missing()))
        mend = f"Install what the notebooks need: {PIP} {wanted}"
        mend = mend if wanted else "See: course doctor"
        raise CommandError(f"This needs {', '.join(absent)}. {mend}")


def one_thread() -> None:
    """Let kernels compute on one thread, where nobody said otherwise.

    Networks of this size are fastest so, and two sliders do not wait for each other.
    """
    for variable in THREADS:
        os.environ.setdefault(variable, "1")
