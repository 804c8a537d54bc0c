from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest

from course.presenting.formulas import formula, plain
from course.presenting.page import markdown


def drawing(html: str) -> ET.Element:
    return ET.fromstring(b64decode(re.search(r"base64,([^\"]+)", html)[1]))


@pytest.mark.parametrize(
    ("tex", "read"),
    [
        (r"\sqrt n\,\frac{a}{\sqrt3}", r"\sqrt{n}\,\frac{a}{\sqrt{3}}"),
        (r"\sqrt{n} \sqrt\pi", r"\sqrt{n} \sqrt{\pi}"),
        (r"\bigl(x\bigr)^{\mathsf T}", r"(x)^{\mathsf{T}}"),
        (r"\tfrac12 \le \dfrac{1}{2} \left| x", r"\frac{1}{2} \leq \dfrac{1}{2} \left| x"),
        (r"\operatorname*{argmin}\lVert w\rVert", r"\operatorname{argmin}\| w\|"),
        (r"\frac1{10}", r"\frac{1}{10}"),
        (r"\frac1n\sum", r"\frac{1}{n}\sum"),
        (r"a \iff b", r"a \Leftrightarrow b"),
        (r"\underbrace{W}_{(n,\,\text{m})}", r"\underset{(n,\,\text{m})}{W}"),
        (r"\log x \ne \leftarrow", r"\log x \neq \leftarrow"),
    ],
)
def test_what_mathjax_takes_is_written_as_mathtext_wants_it(tex, read):
    assert plain(tex) == read


def test_a_formula_is_a_picture_described_by_its_source():
    html = formula(r"a < \sqrt n")
    assert 'alt="a &lt; \\sqrt n"' in html
    assert drawing(html).tag.endswith("svg")
    assert re.search(r"height: \d\.\d+em; vertical-align: -?\d\.\d+em", html)


def test_lines_of_a_display_stand_below_each_other():
    html = formula(r"\begin{aligned} a &= b \\ &= c \end{aligned}", display=True)
    assert html.count('<div class="formula">') == 2
    assert 'class="tex"' not in html


def test_what_cannot_be_read_stands_as_written():
    assert formula(r"\nosuchword{x}") == r'<code class="tex">\nosuchword{x}</code>'


def test_markdown_with_formulas_code_and_prices():
    html = markdown(
        "A **bold** $x$ costs \\$5, `$y$` and\n\n$$x^2$$\n\n| a | b |\n|--|--|\n| 1 | 2 |"
    )
    assert html.count("<img") == 2
    assert "<code>$y$</code>" in html
    assert "<strong>bold</strong>" in html
    assert "<td>1</td>" in html
    assert "<p><div" not in html
