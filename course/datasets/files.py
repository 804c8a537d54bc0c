"""Where the data files are: inside an installed package, or at the top of the repository."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
PLACES = (PACKAGE / "_data", PACKAGE.parent / "data")


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
    for place in PLACES:
        if (place / name).is_file():
            return place / name
    looked = " or ".join(str(place) for place in PLACES)
    raise FileNotFoundError(
        f"The data file {name!r} is not in {looked}. Install the course anew, or, in a clone "
        f"of the repository, restore it with: git checkout -- data/{name}"
    )
