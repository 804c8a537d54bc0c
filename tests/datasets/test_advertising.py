from __future__ import annotations

import numpy as np
import pytest

from course.datasets import load_advertising

REAL = """"","TV","radio","newspaper","sales"
"1",230.1,37.8,69.2,22.1
"2",44.5,39.3,45.1,10.4
"""


def test_the_shipped_markets_have_the_published_size_and_range():
    x, y = load_advertising()
    assert x.shape == (200, 1)
    assert y.shape == (200,)
    assert x.dtype == y.dtype == np.float32
    assert x.min() == np.float32(0.7)
    assert x.max() == np.float32(296.4)
    assert y.min() > 0


def test_a_regression_recovers_the_published_one():
    x, y = load_advertising()
    X = np.column_stack([np.ones(200), x]).astype(float)
    b = np.linalg.solve(X.T @ X, X.T @ y)
    s = np.sqrt(np.sum((y - X @ b) ** 2) / 198)
    error = s * np.sqrt(np.diag(np.linalg.inv(X.T @ X)))
    assert abs(b[0] - 7.03) < error[0]
    assert abs(b[1] - 0.0475) < error[1]
    assert abs(s - 3.26) < 3.26 / np.sqrt(2 * 198)
    np.testing.assert_allclose([*b, *error, s], [6.80, 0.0488, 0.47, 0.0028, 3.39], rtol=0.02)


def test_the_real_file_is_read(tmp_path):
    file = tmp_path / "Advertising.csv"
    file.write_text(REAL)
    x, y = load_advertising(file)
    np.testing.assert_allclose(x, [[230.1], [44.5]])
    np.testing.assert_allclose(y, [22.1, 10.4])
    x, _ = load_advertising(str(file), columns=["newspaper", "TV"])
    np.testing.assert_allclose(x, [[69.2, 230.1], [45.1, 44.5]])


def test_case_spaces_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes("﻿ TV , Radio,Sales\r\n1,2,3\r\n\r\n".encode())
    x, y = load_advertising(file, columns="radio")
    np.testing.assert_array_equal(x, [[2]])
    np.testing.assert_array_equal(y, [3])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("TV,radio\n1,2\n", "no column 'sales'; its columns: TV, radio. The first line"),
        ("", "no column 'TV'; its columns: none"),
        ("TV,sales\n", "has no rows below its header"),
        ("TV,sales\n1,2\n3,many\n", "line 3, column 'sales': expected a number, got 'many'"),
        ("TV,sales\n1\n", "line 2, column 'sales': expected a number, got ''"),
        ("TV,sales\nnan,2\n", "line 2, column 'TV': expected a number, got 'nan'"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path, text, message):
    file = tmp_path / "a.csv"
    file.write_text(text)
    with pytest.raises(ValueError, match=message):
        load_advertising(file)


def test_only_tv_ships():
    with pytest.raises(
        ValueError, match=r"no column 'radio'; its columns: TV, sales. Give the path"
    ):
        load_advertising(columns=["TV", "radio"])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file .*real.csv'. Call load_advertising\(\)"):
        load_advertising(tmp_path / "real.csv")
