"""Large type and thick lines for the back row, where an environment variable asks for them.

``COURSE_PROJECTOR=1`` before the kernel starts is all there is to it; ``course present`` sets
it. Figures keep their size in pixels and get fewer inches: type, lines and markers grow
together, and whatever fits itself to its figure still does.
"""

from __future__ import annotations

import os
import re

VARIABLE = "COURSE_PROJECTOR"
SCALE = 1.25


def scale() -> float:
    """Return by how much larger everything is than on a desk: 1 without a projector."""
    return SCALE if os.environ.get(VARIABLE, "") not in ("", "0") else 1.0


def enlarged(css: str) -> str:
    """Return a style sheet with all its lengths in pixels at the projector's scale."""
    now = scale()
    return css if now == 1 else re.sub(r"(\d+)px", lambda m: f"{round(now * int(m[1]))}px", css)
