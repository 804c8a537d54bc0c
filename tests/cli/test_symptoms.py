"""Each symptom is recognised, and its mending named."""

from __future__ import annotations

import json
import socket
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from course.cli import symptoms
from course.cli.deliver import deliver


def test_an_old_python_is_noticed(monkeypatch):
    assert symptoms.python().good
    monkeypatch.setattr(sys, "version_info", (3, 8, 2, "final", 0))
    good, what, mend = symptoms.python()
    assert good is False
    assert what == "Python 3.8.2 is too old"
    assert mend == "install Python 3.11 or newer"


def test_missing_and_old_packages_are_noticed(monkeypatch):
    assert all(finding.good for finding in symptoms.packages())
    have = {"numpy": "1.26.4", "h5py": "3.11"}

    def version(name):
        if name not in have:
            raise metadata.PackageNotFoundError(name)
        return have[name]

    monkeypatch.setattr(metadata, "version", version)
    found = {finding.what: finding for finding in symptoms.packages()}
    assert found["h5py 3.11"].good
    assert found["numpy 1.26.4 is too old"].mend.endswith('pip install "numpy>=2.0"')
    assert found["jupyterlab is not installed"].mend.endswith('pip install "jupyterlab>=4.2"')


def test_widgets_need_their_part_in_jupyterlab(monkeypatch):
    assert symptoms.widgets().good
    versions = {"ipywidgets": "8.1.5", "jupyterlab_widgets": "1.1.1"}
    monkeypatch.setattr(metadata, "version", versions.__getitem__)
    good, what, mend = symptoms.widgets()
    assert good is False
    assert what == "ipywidgets 8.1.5 and jupyterlab_widgets 1.1.1 differ"
    assert "--force-reinstall ipywidgets jupyterlab_widgets" in mend
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda: ["nowhere"])
    assert symptoms.widgets()[:2] == (False, "JupyterLab does not find the widgets' extension")
    monkeypatch.setattr(symptoms, "find_spec", lambda name: None)
    assert symptoms.widgets().good is None


@pytest.mark.parametrize(
    ("program", "good"),
    [
        ("python", True),
        ("python3.11", True),
        (sys.executable, True),
        (str(next(Path(sys.executable).parent.glob("jupyter*"))), True),
        ("/elsewhere/bin/python", False),
    ],
)
def test_notebooks_run_on_this_python(monkeypatch, program, good):
    manager = "jupyter_client.kernelspec.KernelSpecManager.get_kernel_spec"
    monkeypatch.setattr(manager, lambda self, name: SimpleNamespace(argv=[program]))
    finding = symptoms.kernel()
    assert finding.good is good
    assert good or finding.mend.endswith("-m ipykernel install --sys-prefix")


def test_a_missing_kernel_is_noticed(monkeypatch):
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    def missing(self, name):
        raise NoSuchKernel(name)

    assert symptoms.kernel().good
    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", missing)
    assert symptoms.kernel()[:2] == (False, "there is no kernel python3")
    monkeypatch.setattr(symptoms, "find_spec", lambda name: None)
    assert symptoms.kernel().good is None


def test_more_threads_are_a_note(monkeypatch):
    for name in symptoms.THREADS:
        monkeypatch.delenv(name, raising=False)
    assert symptoms.threads().good
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    good, what, mend = symptoms.threads()
    assert good is None
    assert what.startswith("OMP_NUM_THREADS=8: ")
    assert mend == "unset OMP_NUM_THREADS"


def test_lessons_of_a_checkout_can_be_read(series):
    assert symptoms.delivered()[:2] == (True, "lessons and their data are whole: 2")
    (series.notebooks / "00_first.ipynb").write_text("{}", encoding="utf-8")
    good, what, mend = symptoms.delivered()
    assert good is False
    assert what == "not as delivered: 00_first.ipynb"
    assert "install the course anew" in mend
    for path in series.notebooks.glob("*.ipynb"):
        path.unlink()
    (series.notebooks / "pictures").rename(series.notebooks.parent / "gone")
    for path in series.data.iterdir():
        path.unlink()
    assert symptoms.delivered()[:2] == (False, "not as delivered: no lessons")
    series.notebooks.rmdir()
    assert "folder of the notebooks is not in" in symptoms.delivered().what


def test_an_installed_file_is_compared_with_its_checksum(tmp_path):
    path = tmp_path / "_data" / "a.csv"
    path.parent.mkdir()
    path.write_bytes(b"1,2")
    value = urlsafe_b64encode(sha256(b"1,2").digest()).decode().rstrip("=")
    packed = {"course/_data/a.csv": metadata.FileHash(f"sha256={value}")}
    assert symptoms.intact(path, packed)
    path.write_bytes(b"1,3")
    assert not symptoms.intact(path, packed)
    assert symptoms.intact(path, {})


def test_a_folder_that_cannot_be_written_is_noticed(tmp_path, monkeypatch):
    assert symptoms.writable(tmp_path / "a" / "b") == (True, f"{tmp_path} can be written", "")

    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(symptoms.tempfile, "TemporaryFile", refuse)
    good, what, mend = symptoms.writable(tmp_path)
    assert good is False
    assert what == f"{tmp_path} cannot be written: Permission denied"
    assert mend.endswith("course lab FOLDER")


def test_ones_own_lessons_are_looked_at(series, folder, edit):
    deliver(folder)
    assert symptoms.lessons_of(folder).what == "your lessons are of course 0.1.0"
    edit(folder / "00_first.ipynb", source="mine")
    (folder / "11_second.ipynb").unlink()
    assert symptoms.lessons_of(folder)[:2] == (
        True,
        "your lessons are of course 0.1.0, edited: 00_first.ipynb",
    )
    (folder / "00_first.ipynb").write_text(json.dumps([]), encoding="utf-8")
    assert symptoms.lessons_of(folder)[:2] == (False, "cannot be read: 00_first.ipynb")
    (folder / ".course" / "manifest.json").write_text("{", encoding="utf-8")
    good, _, mend = symptoms.lessons_of(folder)
    assert good is False
    assert "Delete it" in mend
    assert any(finding.mend == mend for finding in symptoms.all_of(folder, 0))


def test_a_port_that_is_taken_is_a_note():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        good, what, mend = symptoms.free_port(port)
    assert good is None
    assert what.startswith(f"port {port} is taken")
    assert "--port" in mend
    assert symptoms.free_port(0).good


def test_a_machine_without_a_browser_is_a_note(monkeypatch):
    def none():
        raise symptoms.webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(symptoms.webbrowser, "get", none)
    assert symptoms.browser().good is None
    assert "--no-browser" in symptoms.browser().mend
    monkeypatch.setattr(symptoms.webbrowser, "get", lambda: SimpleNamespace(name="firefox"))
    assert symptoms.browser() == (True, "browser: firefox", "")
