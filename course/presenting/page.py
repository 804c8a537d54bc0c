"""One page of HTML that needs nothing from elsewhere: what is printed, mailed, read offline."""

from __future__ import annotations

import re
from html import escape

from mistune import create_markdown

from course.presenting.formulas import formula

STYLE = """
body { font: 12pt/1.5 "DejaVu Sans", Verdana, sans-serif; color: #222; max-width: 46em;
  margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.8em; line-height: 1.2; } h2 { font-size: 1.3em; margin-top: 1.8em; }
h1, h2, h3 { break-after: avoid; }
img { max-width: 100%; } .formula { margin: .8em 0; text-align: center; overflow-x: auto; }
pre, code { font-family: "DejaVu Sans Mono", Consolas, monospace; font-size: .85em; }
pre { background: #f4f4f4; padding: .6em .8em; white-space: pre-wrap; }
pre.numbers { background: none; border-left: 4px solid #0072B2; }
details { margin: .4em 0; } summary { color: #5c5c5c; cursor: pointer; font-size: .85em; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: .2em .7em;
  text-align: left; vertical-align: top; }
td.number { text-align: right; }
figure { margin: 1em 0; break-inside: avoid; }
.card { border: 1px solid #777; border-radius: 4px; padding: .6em 1em; margin: .8em 0;
  break-inside: avoid; }
.box { display: inline-block; width: .9em; height: .9em; border: 1.5px solid #222;
  margin-right: .6em; vertical-align: -.1em; }
.line { border-bottom: 1px solid #777; height: 1.7em; }
.small { color: #5c5c5c; font-size: .85em; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; }
  details:not([open]) { display: none; } }
"""
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_MATH = re.compile(r"(?<!\\)\$\$(.+?)\$\$|(?<![\\$])\$(?!\s)([^$]+?)(?<!\s)\$", re.DOTALL)
_markdown = create_markdown(escape=False, plugins=["table", "strikethrough"])


def page(title: str, body: str) -> str:
    """Return a whole page, with its style and without any address."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def markdown(text: str) -> str:
    """Return HTML of a lesson's Markdown, its formulas drawn."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        display = match[1] is not None
        kept.append(formula(match[1] or match[2], display=display))
        return f"\n\nFORMULA{len(kept) - 1}END\n\n" if display else f"FORMULA{len(kept) - 1}END"

    html = _markdown(_outside_code(text, keep))
    html = re.sub(r"<p>FORMULA(\d+)END</p>", lambda m: kept[int(m[1])], html)
    return re.sub(r"FORMULA(\d+)END", lambda m: kept[int(m[1])], html)


def _outside_code(text: str, keep: object) -> str:
    """Apply `keep` to the formulas in `text`, but not to dollars in code."""
    parts, end = [], 0
    for code in _CODE.finditer(text):
        parts += [_MATH.sub(keep, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _MATH.sub(keep, text[end:])])
