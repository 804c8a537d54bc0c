"""A Matplotlib figure of its own, drawn into PNG bytes as fast as that goes.

pyplot keeps global state that two threads must not share, so it is not used. Artists made
with ``animated=True`` are the fast lane: what stands still is drawn once and restored, only
they are drawn anew. Matplotlib's own book-keeping (`figure.stale`) tells when that is not
enough, so a wrong picture cannot come out of it. The axes are laid out at the first drawing
and stay where they are.
"""

from __future__ import annotations

from io import BytesIO
from threading import RLock
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


class Still(Figure):
    """A figure that a notebook shows as a picture, with or without pyplot."""

    def _repr_png_(self) -> bytes:
        stream = BytesIO()
        self.canvas.print_figure(stream, format="png")
        return stream.getvalue()


class Canvas(FigureCanvasAgg):
    """Draws one figure; a lock makes drawing and changing the artists one step.

    Parameters
    ----------
    size : tuple of float
        Width and height in inches of 100 pixels.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__(Still(figsize=size, dpi=100, layout="constrained"))
        self.lock = RLock()
        self._background: Any = None

    def png(self) -> bytes:
        """Return the picture; compression 1, since a local browser reads it at once."""
        with self.lock:
            moving = self.figure.findobj(Artist.get_animated)
            if self._background is None or self.figure.stale:
                self.draw()
                # Axes that moved with every new label would make the picture jump.
                self.figure.set_layout_engine("none")
                self._background = self.copy_from_bbox(self.figure.bbox) if moving else None
            else:
                self.restore_region(self._background)
            for artist in sorted(moving, key=Artist.get_zorder):
                self.figure.draw_artist(artist)
            stream = BytesIO()
            size = self.get_width_height(physical=True)
            pixels = Image.frombuffer("RGBA", size, self.buffer_rgba(), "raw", "RGBA", 0, 1)
            pixels.save(stream, "png", compress_level=1)
        return stream.getvalue()

    def print_figure(self, *args: Any, **kwargs: Any) -> Any:
        """Save the figure, animated artists too, while no other thread draws it."""
        with self.lock:
            try:
                return super().print_figure(*args, **kwargs)
            finally:
                self._background = None
