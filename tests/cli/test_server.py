from __future__ import annotations

import os

import pytest

from course.cli import server
from course.cli.errors import CommandError


def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch):
    server.need("json", "course")
    with pytest.raises(CommandError, match=r"needs no_such_lab\. See: course doctor"):
        server.need("json", "no_such_lab")
    monkeypatch.setattr(server, "missing", lambda: ["jupyterlab", "scipy"])
    with pytest.raises(CommandError, match=r'pip install "jupyterlab>=4\.2" "scipy>=1\.13"'):
        server.need("no_such_lab")


def test_threads_that_somebody_chose_stay(monkeypatch):
    for name in server.THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    server.one_thread()
    assert {name: os.environ[name] for name in server.THREADS} == {
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "4",
        "VECLIB_MAXIMUM_THREADS": "1",
    }


@pytest.fixture
def launched(monkeypatch):
    from jupyterlab.labapp import LabApp

    calls = []
    monkeypatch.setattr(LabApp, "launch_instance", calls.append)
    for name in (*server.THREADS, "JUPYTER_CONFIG_PATH"):
        monkeypatch.setenv(name, "")
    return calls


def test_jupyterlab_listens_on_this_machine_only(launched, tmp_path):
    server.serve(tmp_path, "lab/tree/a.ipynb", port=9000, more=("--X=1",))
    [arguments] = launched
    assert {
        f"--ServerApp.root_dir={tmp_path}",
        "--LabApp.default_url=/lab/tree/a.ipynb",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=9000",
        "--LabApp.extension_manager=readonly",
        "--X=1",
    } < set(arguments)
    assert "--no-browser" not in arguments
    assert os.environ["JUPYTER_CONFIG_PATH"] == str(server.SETTINGS / "quiet")


def test_a_path_of_settings_that_was_there_stays(launched, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    server.serve(tmp_path, "lab", browser=False)
    assert "--no-browser" in launched[0]
    assert os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)[1:] == ["mine"]
