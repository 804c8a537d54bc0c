"""Where the data and the lessons are: in an installed package, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def places(kind: str) -> tuple[Path, Path]:
    """Return where ``'data'`` or ``'notebooks'`` can be: in the package, else in the repository."""
    return PACKAGE / f"_{kind}", PACKAGE.parent / kind


def folder(kind: str) -> Path:
    """Return the folder that holds ``'data'`` or ``'notebooks'``.

    Raises
    ------
    FileNotFoundError
        If there is none in either place, with the places that were looked at.
    """
    for place in places(kind):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder of the {kind} is not in {_missing(kind)}{kind}")


def data_file(name: str) -> Path:
    """Return the path of the data file called `name`.

    Parameters
    ----------
    name : str
        As in ``data/``, e.g. ``'digits.npy'``.

    Raises
    ------
    FileNotFoundError
        If it is in neither place, with the places that were looked at.
    """
    for place in places("data"):
        if (place / name).is_file():
            return place / name
    raise FileNotFoundError(f"The data file {name!r} is not in {_missing('data')}data/{name}")


def _missing(kind: str) -> str:
    looked = " or ".join(str(place) for place in places(kind))
    return (
        f"{looked}. Install the course anew, or, in a clone of the repository, restore it with: "
        "git checkout -- "
    )
