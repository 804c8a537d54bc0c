"""A Matplotlib figure of its own, drawn into PNG bytes as fast as that goes.

pyplot keeps global state that two threads must not share, so it is not used. Artists made
with ``animated=True`` are the fast lane: what stands still is drawn once and restored, only
they are drawn anew. Matplotlib's own book-keeping (`figure.stale`) tells when that is not
enough, so a wrong picture cannot come out of it. The axes are laid out at the first drawing
and stay where they are.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from threading import RLock
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course import projector


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
        Width and height in units of 100 pixels, which are inches but on a projector.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        scale = projector.scale()
        figsize = size[0] / scale, size[1] / scale
        super().__init__(Still(figsize=figsize, dpi=100 * scale, layout="constrained"))
        self.lock = RLock()
        self._background: Any = None
        self._moving: list[Artist] = []

    def png(self, *, small: bool = False) -> bytes:
        """Return the picture, quickly; or a `small` one of 256 colours, to be stored."""
        with self.lock:
            if self._background is None or self.figure.stale:
                self.draw()
                moving = self.figure.findobj(Artist.get_animated)
                self._moving = sorted(moving, key=Artist.get_zorder)
                # Axes that moved with every new label would make the picture jump.
                self.figure.set_layout_engine("none")
                self._background = self.copy_from_bbox(self.figure.bbox) if moving else None
            else:
                self.restore_region(self._background)
            for artist in self._moving:
                self.figure.draw_artist(artist)
            pixels = np.asarray(self.buffer_rgba())[..., :3]
            return _small(pixels) if small else _quick(pixels)

    def print_figure(self, *args: Any, **kwargs: Any) -> Any:
        """Save the figure, animated artists too, while no other thread draws it."""
        with self.lock:
            try:
                return super().print_figure(*args, **kwargs)
            finally:
                self._background = None


def _quick(pixels: np.ndarray) -> bytes:
    """Return a PNG without filters: Pillow tries five a row, for three times as long."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with 0, "no filter"
    for colour in range(3):  # one after the other: a sixth of the time
        rows[:, 1 + colour :: 3] = pixels[..., colour]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits of red, green, blue
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _small(pixels: np.ndarray) -> bytes:
    stream = BytesIO()
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    picture.quantize(256, dither=Image.Dither.NONE).save(stream, "png", compress_level=9)
    return stream.getvalue()
