from __future__ import annotations

import sys

from course.cli import symptoms
from course.cli.symptoms import Finding


def test_each_thing_has_a_line_and_what_is_wrong_has_its_mending(folder, said, monkeypatch):
    findings = [
        Finding(True, "Python"),
        Finding(None, "no browser", "open the address"),
        Finding(False, "numpy is too old", "install it"),
    ]
    monkeypatch.setattr(symptoms, "all_of", lambda folder, port: iter(findings))
    status, printed = said("doctor", folder)
    assert status == 1
    assert printed.splitlines()[1:] == [
        "ok   Python",
        "note no browser",
        "     -> open the address",
        "MEND numpy is too old",
        "     -> install it",
        "1 to be mended.",
    ]
    assert sys.executable in printed.splitlines()[0]
    del findings[2]
    status, printed = said("doctor", folder)
    assert status == 0
    assert printed.splitlines()[-1] == "Everything is in order."


def test_this_environment_is_in_order(tmp_path, said):
    status, printed = said("doctor", tmp_path)
    assert status == 0, printed
    for line in ("Python 3", "jupyterlab 4", "widgets in JupyterLab", "notebooks run on this"):
        assert f"ok   {line}" in printed
    assert "lessons and their data are whole" in printed
    assert "MEND" not in printed
