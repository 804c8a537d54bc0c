"""What notebooks run in while they are checked: no network, no settings, which BLAS kernel."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = Path(__file__).parent / "notebooks" / "offline"
FRESH = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
    "HOME": "home",
    "USERPROFILE": "home",  # HOME of Windows
}
# From the most to the least modern; any x86-64 processor of today has all of them.
BLAS_KERNELS = ("Haswell", "Sandybridge", "Nehalem", "Prescott")
PROBE = """
import hashlib, json, numpy as np
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from threadpoolctl import threadpool_info
draw = np.random.default_rng(0).standard_normal
bits = b""
for n in (3, 20, 64, 301):
    for dtype in ("float32", "float64"):
        a, b, v = draw((n, n)).astype(dtype), draw((n, n)).astype(dtype), draw(n).astype(dtype)
        bits += (a @ b).tobytes() + (a @ v).tobytes()
blas = [pool["architecture"] for pool in threadpool_info() if pool["internal_api"] == "openblas"]
features = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
print(json.dumps([blas[0] if blas else None, features, hashlib.sha256(bits).hexdigest()]))
"""


def notebook_environment(scratch: Path, **more: str) -> dict[str, str]:
    """Environment for kernels: offline, with settings and a home of their own in `scratch`.

    Matplotlib keeps its list of fonts beside the interpreter, where it is built only once;
    a kernel that had to build it could print that it does, into a notebook's output.
    """
    environment = dict(os.environ)
    for variable, folder in FRESH.items():
        (scratch / folder).mkdir(parents=True, exist_ok=True)
        environment[variable] = str(scratch / folder)
    environment["PYTHONPATH"] = str(OFFLINE)
    environment["MPLCONFIGDIR"] = str(Path(sys.prefix) / "matplotlib")
    return environment | more


def other_processor() -> dict[str, str] | None:
    """Variables that make NumPy and its BLAS compute as on a much older processor.

    Matrix products come from another OpenBLAS kernel, one whose last bits were seen to
    differ here; exp, tanh and their like from NumPy's baseline code. None without x86.

    Raises
    ------
    RuntimeError
        If this is an x86 machine and no other kernel gives other bits.
    """
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return None
    own, features, bits = _probe({})
    for kernel in BLAS_KERNELS:
        if _probe({"OPENBLAS_CORETYPE": kernel})[2] != bits:
            return {
                "OPENBLAS_CORETYPE": kernel,
                "NPY_DISABLE_CPU_FEATURES": " ".join(features),
                "OPENBLAS_NUM_THREADS": "1",
            }
    raise RuntimeError(f"No OpenBLAS kernel gives other bits than this machine's own, {own}.")


def own_blas_kernel() -> str:
    """Name of the BLAS kernel that NumPy takes on this machine."""
    return _probe({})[0] or "not OpenBLAS"


def _probe(variables: dict[str, str]) -> tuple[str | None, list[str], str]:
    command = [sys.executable, "-c", PROBE]
    environment = os.environ | variables
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return tuple(json.loads(run.stdout))
