"""Small pieces of SVG. Text is set as it is written: what the data say is never markup."""

import html
import re

CHARACTER = 0.56  # mean width of a character of Noto Sans, as a share of the size of the type
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"</?b>")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LEVEL = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
# Signs of the palette that only this font has; where a text leads with one, it is not looked for in the others.
_SIGN = re.compile("[✚★⬢✖⬟]")
_SIGN_FONT = "Noto Sans Symbols2"
LEADING = 1.22  # height of a line, as a share of the size of the type


def xml(text: str) -> str:
    """Return a text as XML that shows it as it is written; what XML forbids is left out."""
    return html.escape(_FORBIDDEN.sub("", text))


def text_lines(text: str) -> list[str]:
    """Return the lines of a label as charts write them (<br>, escaped); none for an empty label."""
    return [html.unescape(_TAG.sub("", line)) for line in _BREAK.split(text)] if text else []


def text_block(text: str, x: float, y: float, size: float, colour: str, anchor: str, level: str) -> str:
    """Return a label of one or several lines.

    Args:
        text: as charts write it: lines parted by <br>, bold in <b>, escaped.
        x, y: pixels.
        size: of the type, pixels.
        colour: of the type.
        anchor: start, middle or end of the lines lies at x.
        level: top, middle or bottom of the block lies at y.
    """
    lines = text_lines(text)
    if not lines:
        return ""
    weight = ' font-weight="bold"' if text.startswith("<b>") else ""
    top = y - _LEVEL[level] * len(lines) * size * LEADING
    written = "".join(
        f'<text x="{x:.1f}" y="{top + (number * LEADING + 0.86) * size:.1f}">{_with_signs(xml(line))}</text>'
        for number, line in enumerate(lines)
    )
    return f'<g font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}>{written}</g>'


def _with_signs(written: str) -> str:
    """Return XML with each sign set in the font that has it, which is never bold."""
    return _SIGN.sub(
        lambda match: f'<tspan font-family="{_SIGN_FONT}" font-weight="normal">{match[0]}</tspan>', written
    )
