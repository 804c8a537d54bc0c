from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

mpl.use("Agg")


@pytest.fixture
def ax() -> Axes:
    """Axes of a figure that pyplot knows nothing of, and that can be drawn."""
    figure = Figure((6, 4))
    FigureCanvasAgg(figure)
    return figure.add_subplot()
