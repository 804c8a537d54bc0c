"""One look for every figure of the course: colours by role, type for the back row, no frames.

The colours of classes are those of M. Okabe and K. Ito, *Color Universal Design* (2008),
which people with any colour vision tell apart; classes differ by marker as well, training
and validation by their line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import wrap
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.ticker import MaxNLocator

from course import projector

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"

INK, SOFT, MUTED, GRID = "#222222", "#5C5C5C", "#8C8C8C", "#E4E4E4"
CLASS_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, YELLOW, BLACK)
CLASS_MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*")
RUN_COLOURS = (BLUE, GREEN, PURPLE, SKY, ORANGE, BLACK)
HIGHLIGHT = VERMILLION

TRAINING: dict[str, Any] = {"linestyle": "-", "linewidth": 2.4}
VALIDATION: dict[str, Any] = {"linestyle": (0, (4, 1.6)), "linewidth": 2.4}
# Dark and light as well as green and purple, which some people cannot tell apart.
FORWARD: dict[str, Any] = {"color": "#004D3D", "linestyle": "-", "marker": "o"}
BACKWARD: dict[str, Any] = {"color": "#B8478C", "linestyle": "-", "marker": "s"}

TITLE, LABEL, TICK = 15.0, 13.0, 12.0
SIZE = (6.4, 4.4)

_RC = {
    "axes.axisbelow": True,
    "axes.edgecolor": GRID,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.labelsize": LABEL,
    "axes.prop_cycle": mpl.cycler(color=RUN_COLOURS),
    "axes.spines.bottom": False,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": TITLE,
    "figure.constrained_layout.use": True,
    "figure.figsize": SIZE,
    "font.size": LABEL,
    "grid.color": GRID,
    "legend.frameon": False,
    "lines.linewidth": 2.4,
    "xtick.color": SOFT,
    "xtick.labelsize": TICK,
    "xtick.major.pad": 6,
    "xtick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.color": SOFT,
    "ytick.labelsize": TICK,
    "ytick.major.pad": 6,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
}


@contextmanager
def styled() -> Iterator[None]:
    """Within the block, figures made by hand look like those of the course."""
    with mpl.rc_context(_RC | _sized(SIZE)):
        yield


def mix(colour: str, share: float) -> tuple[float, ...]:
    """Return `share` of `colour` mixed with white, as red, green, blue in [0, 1]."""
    return tuple(1 - share * (1 - part) for part in to_rgb(colour))


def luminance(colour: str | tuple[float, ...]) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1 (white), as WCAG 2 defines it."""
    c = np.array(to_rgb(colour))
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def readable(colour: str) -> tuple[float, ...]:
    """Return `colour`, darkened where type in it would not stand out from white by 4.5 to 1."""
    share = 1.0
    while 1.05 / (luminance(shade := tuple(share * c for c in to_rgb(colour))) + 0.05) < 4.5:
        share -= 0.02
    return shade


# The step in the middle draws the boundary: no contour has to be computed for it.
TWO_CLASSES = LinearSegmentedColormap.from_list(
    "two classes",
    [
        (0.0, mix(CLASS_COLOURS[0], 0.46)),
        (0.5, mix(CLASS_COLOURS[0], 0.16)),
        (0.5, mix(CLASS_COLOURS[1], 0.16)),
        (1.0, mix(CLASS_COLOURS[1], 0.56)),
    ],
)
SHARES = LinearSegmentedColormap.from_list("shares", ["white", mix(BLUE, 0.35), BLUE])
HEIGHTS = LinearSegmentedColormap.from_list("heights", [mix(INK, 0.02), mix(INK, 0.3)])


def axes(ax: Axes | None, size: tuple[float, float] = SIZE, *, grid: bool = True) -> Axes:
    """Return `ax` in the course's look; None makes a figure that the notebook displays.

    The look is set on the axes themselves, not through Matplotlib's global settings, so it
    holds in whichever thread, and under whichever settings, a figure is drawn.
    """
    if ax is None:
        sized = _sized(size)
        _, ax = plt.subplots(
            figsize=sized["figure.figsize"], dpi=sized["figure.dpi"], layout="constrained"
        )
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_axisbelow(True)
    ax.grid(grid, **({"color": GRID, "linewidth": 0.8} if grid else {}))
    ax.tick_params(which="both", length=0, pad=6, labelsize=TICK, colors=SOFT)
    return ax


def _sized(size: tuple[float, float]) -> dict[str, Any]:
    """Return the settings of a figure: on a projector the same pixels are fewer inches."""
    scale = projector.scale()
    inches = size[0] / scale, size[1] / scale
    return {"figure.figsize": inches, "figure.dpi": mpl.rcParams["figure.dpi"] * scale}


def label(ax: Axes, title: str = "", x: str = "", y: str = "", *, above: float = 10) -> None:
    """Write the sentence that the figure says, `above` points over it, and the axes' names."""
    if title:
        text = balanced(title, characters(ax, TITLE))
        ax.set_title(text, loc="left", fontsize=TITLE, color=INK, pad=above)
    if x:
        ax.set_xlabel(x, fontsize=LABEL, color=INK)
    if y:
        ax.set_ylabel(y, fontsize=LABEL, color=INK)


def balanced(text: str, width: int) -> str:
    """Break `text` into the fewest lines of `width` characters, all about equally long."""
    lines = len(wrap(text, width))
    while width > 1 and len(wrap(text, width - 1)) == lines:
        width -= 1
    return "\n".join(wrap(text, width))


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about `count` round numbers from `low` to `high`."""
    values = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(t) for t in values if low <= t <= high]


def inches(ax: Axes) -> tuple[float, float]:
    """Return the width and height of `ax` in inches."""
    return ax.bbox.width / ax.figure.dpi, ax.bbox.height / ax.figure.dpi


def characters(ax: Axes, size: float) -> int:
    """Return about how many characters of type of `size` points fit into the width of `ax`."""
    return max(12, int(inches(ax)[0] * 72 / (0.53 * size)))
