"""Text on slides: how much room it takes, and how it is written so that nothing in it is interpreted."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml

from neaspec.files import plain_text

POINT = 12700  # English Metric Units
LINE_HEIGHT = 1.22  # of the size of the letters
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_NARROW, _WIDE = frozenset("iljtfrI.,;:'|!()[] "), frozenset("mwMWQO@%&—ABCDGHKNRUVXYZ")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look. colour: RRGGBB, empty for that of the theme; `accent` for its first colour."""

    text: str
    size: float = 14
    is_bold: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Runs that follow each other; space_before in points."""

    runs: tuple[Run, ...]
    space_before: float = 0

    def after(self, run: Run) -> "Paragraph":
        """Return the paragraph with a run before it."""
        return replace(self, runs=(run, *self.runs))

    def height(self, width: float) -> float:
        """Return the height in points when set in a width in points."""
        size = max(run.size for run in self.runs)
        is_bold = any(run.is_bold for run in self.runs)
        count = line_count("".join(run.text for run in self.runs), width, size * (1.05 if is_bold else 1))
        return self.space_before + count * size * LINE_HEIGHT


def paragraph(text: str, size: float = 14, is_bold: bool = False, colour: str = "", before: float = 0) -> Paragraph:
    """Return a paragraph in one look."""
    return Paragraph((Run(plain_text(text), size, is_bold, colour),), before)


def height_of(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Return the height of paragraphs below each other, in points."""
    return sum(paragraph.height(width) for paragraph in paragraphs)


@lru_cache(maxsize=4096)
def _share(sign: str) -> float:
    """Return the width of a character as a share of the size of the letters, rather too much than too little."""
    if sign in _NARROW:
        return 0.35
    if sign in _WIDE:
        return 0.8
    if sign < "\u0250":
        return 0.6
    if unicodedata.combining(sign) or sign in "\u200b\u200c\u200d\u200e\u200f":
        return 0.0
    return 1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.66


@lru_cache(maxsize=65536)
def text_width(text: str, size: float) -> float:
    """Return the width of a text on one line, in points."""
    return sum(map(_share, text)) * size


@lru_cache(maxsize=65536)
def line_count(text: str, width: float, size: float) -> int:
    """Return on how many lines a text goes in a width in points; words that are too long are broken."""
    count = 0
    for part in text.split("\n"):
        left, lines = width, 1
        for word in part.split(" "):
            needed = text_width(word, size)
            if needed <= left:
                left -= needed + 0.33 * size
            elif needed <= width:
                lines, left = lines + 1, width - needed - 0.33 * size
            else:
                more = needed - max(left, 0.0)
                extra = int(more // max(width - size, size)) + 1
                lines, left = lines + extra, width - (more % max(width - size, size)) - 0.33 * size
        count += lines
    return count


def cut(text: str, width: float, size: float, lines: int) -> tuple[str, str]:
    """Split a text after the last word that still goes on so many lines; a word too long for all is broken."""
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if line_count(" ".join(words[:middle]), width, size) <= lines else (low, middle - 1)
    if low:
        return " ".join(words[:low]), " ".join(words[low:])
    most = max(1, int(width / size / 1.05) * lines)
    return text[:most], text[most:]


def split(whole: Paragraph, width: float, room: float) -> tuple[Paragraph, Paragraph]:
    """Split a paragraph in two within its longest run; the first part fits into a room in points."""
    at = max(range(len(whole.runs)), key=lambda index: len(whole.runs[index].text))
    size = max(run.size for run in whole.runs)
    lines = max(2, int((room - whole.space_before) / (size * LINE_HEIGHT))) - 1  # one for what stands before the run
    start, end = cut(whole.runs[at].text, width, size * 1.05, lines)
    first, rest = replace(whole.runs[at], text=start), replace(whole.runs[at], text=end)
    return replace(whole, runs=(*whole.runs[:at], first)), Paragraph((rest, *whole.runs[at + 1 :]))


def pages(
    items: Sequence[Sequence[Paragraph]], width: float, room: float
) -> Iterator[tuple[list[Paragraph], list[int]]]:
    """Share items out over slides; give the paragraphs of each slide and the positions of the items they belong to.

    An item stays together if it fits on a slide of its own, else it is continued.
    """
    page: list[Paragraph] = []
    on_page: list[int] = []
    used = 0.0
    for position, item in enumerate(items):
        own = height_of(item, width)
        if page and used + own > room and (own <= room or used > room * 0.6):
            yield page, on_page
            page, on_page, used = [], [], 0.0
        left = list(item)
        while left:
            paragraph = left.pop(0)
            needed = paragraph.height(width)
            if page and used + needed > room:
                yield page, on_page
                page, on_page, used = [], [], 0.0
            if needed > room:
                paragraph, rest = split(paragraph, width, room)
                left.insert(0, rest)
            page.append(paragraph)
            on_page.append(position)
            used += min(needed, room)
    if page:
        yield page, on_page


def run_xml(run: Run) -> str:
    """Write a run; a line break inside it stays one."""
    fill = ""
    if run.colour == "accent":
        fill = '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    elif run.colour:
        fill = f'<a:solidFill><a:srgbClr val="{run.colour.lstrip("#")}"/></a:solidFill>'
    look = f'lang="en" sz="{round(run.size * 100)}" b="{int(run.is_bold)}" dirty="0"'
    lines = [f"<a:r><a:rPr {look}>{fill}</a:rPr><a:t>{escape(line)}</a:t></a:r>" for line in run.text.split("\n")]
    return f"<a:br><a:rPr {look}/></a:br>".join(lines)


def line_spacing(size: float) -> str:
    """Write the height of lines as a fixed one: fonts that stand in for one another then need the same room."""
    return f'<a:lnSpc><a:spcPts val="{round(size * LINE_HEIGHT * 100)}"/></a:lnSpc>'


def paragraph_xml(whole: Paragraph, align: str = "l") -> str:
    """Write a paragraph without bullets."""
    size = max((run.size for run in whole.runs), default=14)
    space = f'{line_spacing(size)}<a:spcBef><a:spcPts val="{round(whole.space_before * 100)}"/></a:spcBef>'
    runs = "".join(run_xml(run) for run in whole.runs)
    return f'<a:p><a:pPr marL="0" indent="0" algn="{align}">{space}<a:buNone/></a:pPr>{runs}</a:p>'


def box(number: int, name: str, place: Sequence[float], paragraphs: Sequence[Paragraph], **look: Any) -> Any:
    """Return a text box as an element of a slide.

    Args:
        number: of the shape on its slide.
        name: of the shape.
        place: left, top, width, height in points.
        paragraphs: what stands in it.
        look: fill, line (RRGGBB), inset (points), align, anchor.
    """
    left, top, width, height = (round(part * POINT) for part in place)
    fill = f'<a:solidFill><a:srgbClr val="{look["fill"]}"/></a:solidFill>' if look.get("fill") else "<a:noFill/>"
    edge = f'<a:solidFill><a:srgbClr val="{look["line"]}"/></a:solidFill>' if look.get("line") else "<a:noFill/>"
    inset = round(look.get("inset", 0) * POINT)
    text = "".join(paragraph_xml(paragraph, look.get("align", "l")) for paragraph in paragraphs)
    text = text or '<a:p><a:endParaRPr lang="en"/></a:p>'
    return parse_xml(
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(plain_text(name))}/>'
        f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln w="9525">{edge}</a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}" '
        f'anchor="{look.get("anchor", "t")}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{text}</p:txBody></p:sp>'
    )
