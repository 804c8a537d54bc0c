from __future__ import annotations

import json
from base64 import b64encode

import pytest

from course.series import LessonError, picture


def test_the_first_picture_is_taken(tmp_path) -> None:
    pictures = [{"data": {"image/png": b64encode(data).decode()}} for data in (b"one", b"two")]
    cells = [{"source": ""}, {"outputs": [{"text": "words"}, *pictures]}]
    (tmp_path / "00_bench.ipynb").write_text(json.dumps({"cells": cells}))
    assert picture(tmp_path / "00_bench.ipynb") == "pictures/bench.png"
    assert (tmp_path / "pictures" / "bench.png").read_bytes() == b"one"


def test_a_notebook_without_pictures_is_named(tmp_path) -> None:
    (tmp_path / "00_bench.ipynb").write_text(json.dumps({"cells": [{"outputs": []}]}))
    with pytest.raises(LessonError, match=r"00_bench\.ipynb stores no picture"):
        picture(tmp_path / "00_bench.ipynb")
