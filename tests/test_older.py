"""An older spelling warns once."""

from __future__ import annotations

import pytest

from course import older


def test_it_warns_the_first_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="^lr= is the older spelling; write learning_rate=.$"):
        older.spelled("lr=", "learning_rate=")
    older.spelled("lr=", "learning_rate=")  # a second warning would be an error here
    with pytest.warns(FutureWarning, match="write y"):
        older.spelled("x", "y")
