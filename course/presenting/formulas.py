"""Formulas as small pictures inside a page, drawn by Matplotlib: no font and no script to load.

Matplotlib's mathtext reads most of what lessons write. `plain` turns the rest into it: MathJax
takes ``\\sqrt n`` and ``\\bigl(``, mathtext wants ``\\sqrt{n}`` and a bracket that grows by itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from html import escape
from io import BytesIO

from matplotlib import rc_context
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import math_to_image

DRAWN = 12.0  # points of the type in which formulas are drawn
POINTS = 10.5  # of them for the height of a line of words: this type looks small beside them

_WORDS = {
    r"\tfrac": r"\frac", r"\operatorname*": r"\operatorname", r"\lvert": "|", r"\rvert": "|",
    r"\lVert": r"\|", r"\rVert": r"\|", r"\le": r"\leq", r"\ge": r"\geq", r"\ne": r"\neq",
    r"\big": "", r"\bigl": "", r"\bigr": "", r"\Big": "", r"\Bigl": "", r"\Bigr": "",
    r"\middle": "", r"\displaystyle": "", r"\textstyle": "", r"\limits": "",
    r"\iff": r"\Leftrightarrow",
}  # fmt: skip
_WORD = re.compile(r"\\operatorname\*|\\[a-zA-Z]+")
# Commands whose argument TeX also takes without braces.
_BARE = re.compile(
    r"\\(sqrt|mathsf|mathrm|mathbf|mathit|mathcal|mathbb|hat|bar|tilde)\s*(\\[a-zA-Z]+|[0-9A-Za-z])"
    r"(?![a-zA-Z{])|\\(d?frac)\s*(\d)\s*([0-9A-Za-z]|\{[^{}]*\})"
)
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"  # braces in braces in braces
_BRACE = re.compile(rf"\\underbrace{_GROUP}_{_GROUP}")
_ALIGNED = re.compile(r"\\(begin|end)\{(aligned|align\*?|gathered)\}")


def formula(tex: str, *, display: bool = False) -> str:
    """Return HTML that shows a formula.

    Parameters
    ----------
    tex : str
        Between the dollars. A formula that mathtext cannot read is shown as it is written.
    display : bool
        Whether it stands in a line of its own; ``\\\\`` begins another.

    Returns
    -------
    str
        One picture a line, with what was written as its description.
    """
    lines = [line for line in re.split(r"\\\\", _ALIGNED.sub("", tex)) if line.strip()]
    if display:
        lines = [line.replace(r"\frac", r"\dfrac") for line in lines]
    shown = [_picture(plain(line), tex.strip() if k == 0 else "") for k, line in enumerate(lines)]
    if not display:
        return " ".join(shown)
    return "".join(f'<div class="formula">{line}</div>' for line in shown)


def plain(tex: str) -> str:
    """Return the same formula in the words that mathtext knows."""
    tex = _WORD.sub(lambda m: _WORDS.get(m[0], m[0]), " ".join(tex.replace("&", "").split()))
    return _BARE.sub(_braced, _BRACE.sub(r"\\underset{\2}{\1}", tex))


def _braced(match: re.Match[str]) -> str:
    command, argument, fraction, over, under = match.groups()
    if not fraction:
        return f"\\{command}{{{argument}}}"
    return f"\\{fraction}{{{over}}}{{{under.strip('{}')}}}"


@cache
def _picture(tex: str, said: str) -> str:
    stream = BytesIO()
    look = {"mathtext.fontset": "cm", "svg.fonttype": "path", "svg.hashsalt": "course"}
    try:
        with rc_context(look):
            depth = math_to_image(f"${tex}$", stream, FontProperties(size=DRAWN), 72, "svg")
    except ValueError:
        return f'<code class="tex">{escape(said or tex)}</code>'
    svg = stream.getvalue().decode()
    svg = re.sub(r"<metadata>.*?</metadata>|<\?xml.*?\?>|<!DOCTYPE.*?>", "", svg, flags=re.DOTALL)
    width, height = (_length(svg, side) / POINTS for side in ("width", "height"))
    size = f"width: {width:.2f}em; height: {height:.2f}em; vertical-align: {-depth / POINTS:.2f}em"
    data = b64encode(svg.encode()).decode("ascii")
    source = f"data:image/svg+xml;base64,{data}"
    return f'<img class="math" alt="{escape(said)}" style="{size}" src="{source}">'


def _length(svg: str, side: str) -> float:
    """Return the width or the height of a drawing in points."""
    return float(re.search(rf'\b{side}="([\d.]+)pt"', svg)[1])
