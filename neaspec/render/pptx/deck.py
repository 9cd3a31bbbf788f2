"""The deck that slides are added to: template, titles, places, speaker notes."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from neaspec.files import plain_text
from neaspec.palette import SERIES
from neaspec.render.citations import Citations
from neaspec.render.document import Document, source_line
from neaspec.render.pptx.text import (
    LINE_HEIGHT,
    POINT,
    SPACES,
    Paragraph,
    box,
    height_of,
    line_count,
    paragraph,
)

WIDE = (960.0, 540.0)  # 13.333 by 7.5 inches, in points
MARGIN = 46.0
TITLE_TOP, TITLE_HEIGHT, ABOVE_HEIGHT = 44.0, 72.0, 18.0
TITLE_SIZES = (28, 24, 20, 16)
FOOT = 40.0
SMALL = 11
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Place = tuple[float, float, float, float]


@dataclass
class SlideDeck:
    """A presentation being made. Places are (left, top, width, height) in points."""

    document: Document
    template: Path | None
    marks: Citations = field(init=False)
    file: Any = field(init=False)
    sources: dict[str, str] = field(init=False)
    caveats: dict[str, str] = field(init=False)
    _rooms: dict[tuple[str, str], float] = field(default_factory=dict)
    _said: dict[int, dict[str, dict[str, None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the template, or make the house deck."""
        document = self.document
        self.marks = document.marks()
        self.file = Presentation(str(self.template)) if self.template else _house_deck()
        if self.template:
            _empty(self.file)
        rows: list[Any] = document.page.sources.to_dict("records")
        self.sources = {
            row["document_id"]: f"{self.marks.of_document(row['document_id'])} {source_line(row, document.words)}"
            for row in rows
        }
        rows = document.page.caveats.to_dict("records")
        letters = self.marks.letters
        self.caveats = {
            row["caveat_id"]: f"{letters[row['caveat_id']]} {row['name']}: {row['meaning']}" for row in rows
        }

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the slides in points."""
        return self.file.slide_width / POINT, self.file.slide_height / POINT

    @property
    def soft(self) -> str:
        """Return the colour of what stands back."""
        return self.document.palette.surface("text_soft").lstrip("#")

    @property
    def accent(self) -> str:
        """Return the colour of headers."""
        return self.document.palette.surface("accent").lstrip("#")

    def text_room(self, title: str, above: str) -> float:
        """Return the height below a title and the small text above it, in points, without adding a slide."""
        key = (title, above)
        if key not in self._rooms:
            slide, place = self.slide(title, above)
            self._drop(slide)
            self._rooms[key] = place[3]
        return self._rooms[key]

    def _drop(self, slide: Any) -> None:
        self._said.pop(slide.slide_id, None)
        listed = self.file.slides._sldIdLst
        self.file.part.drop_rel(listed[-1].rId)
        listed.remove(listed[-1])

    def _shortened(self, slide: Any, text: str, most: int) -> str:
        """Return a text that leaves room for the slide; a longer one stands in full in the speaker notes."""
        if len(text) <= most:
            return text
        self.note(slide, "titles", text)
        return text[:most].rsplit(" ", 1)[0] + " …"

    def layout(self, kind: str, names: Sequence[str], index: int) -> Any:
        """Return the layout of a kind, else the one with such a name, else the one at an index."""
        layouts = list(self.file.slide_layouts)
        fitting = [candidate for candidate in layouts if candidate._element.get("type") == kind]
        fitting += [candidate for candidate in layouts if candidate.name.casefold() in names]
        return fitting[0] if fitting else layouts[min(index, len(layouts) - 1)]

    def title_slide(self) -> tuple[Any, Place]:
        """Add the first slide; return it and the place below its title."""
        layout = self.layout("title", ("title slide",), 0)
        slide = self.file.slides.add_slide(layout)
        self._title(slide, self._shortened(slide, self.document.page.title, 300))
        self._number(slide)
        return slide, self._body(slide)

    def slide(self, title: str, above: str = "") -> tuple[Any, Place]:
        """Add a slide with a title and a small text above it; return it and the place below the title."""
        slide = self.file.slides.add_slide(self.layout("titleOnly", ("title only",), 5))
        title, above = (self._shortened(slide, text, most) for text, most in ((title, 300), (above, 150)))
        self._title(slide, title)
        body = self._body(slide)
        self._number(slide)
        if above:
            room = slide.shapes.title.top / POINT if slide.shapes.title is not None else 0
            width = self.size[0] - 2 * MARGIN
            text = [paragraph(above, 12, True, "accent")]
            height = height_of(text, width)
            if room >= height + 8 and not self.template:
                self.write(slide, (MARGIN, TITLE_TOP - height, width, height), text, "Part")
            else:
                self.write(slide, (body[0], body[1], body[2], height), text, "Part")
                body = (body[0], body[1] + height + 4, body[2], body[3] - height - 4)
        return slide, body

    def write(self, slide: Any, place: Place, paragraphs: Sequence[Paragraph], name: str = "Text", **look: Any) -> None:
        """Set paragraphs in a place of a slide."""
        slide.shapes._spTree.append(box(self.next_number(slide), name, place, paragraphs, **look))

    def next_number(self, slide: Any) -> int:
        """Return a number no shape of a slide has."""
        return max((shape.shape_id for shape in slide.shapes), default=1) + 1

    def cite(self, slide: Any, document_ids: Iterable[str], caveat_ids: Iterable[str] = ()) -> None:
        """Remember what a slide cites, for its speaker notes."""
        cited = self._kept(slide)
        cited["sources"] |= {self.sources[key]: None for key in document_ids if key in self.sources}
        cited["caveats"] |= {self.caveats[key]: None for key in caveat_ids if key in self.caveats}

    def note(self, slide: Any, kind: str, text: str) -> None:
        """Remember a text for the speaker notes; kind: links, headings, picture."""
        self._kept(slide)[kind][text] = None

    def last(self) -> Any:
        """Return the slide made last."""
        return self.file.slides[len(self.file.slides) - 1]

    def write_notes(self) -> None:
        """Write the speaker notes of all slides."""
        words = self.document.words
        for slide in self.file.slides:
            parts = []
            for kind, texts in self._kept(slide).items():
                if texts:
                    parts.append("\n".join([words(f"take.notes_{kind}"), *texts]))
            if parts:
                slide.notes_slide.notes_text_frame.text = plain_text("\n\n".join(parts)).replace("\v", " ")

    def _kept(self, slide: Any) -> dict[str, dict[str, None]]:
        kinds = ("titles", "picture", "sources", "caveats", "headings", "links")
        return self._said.setdefault(slide.slide_id, {kind: {} for kind in kinds})

    def _title(self, slide: Any, title: str) -> None:
        text = plain_text(title).replace("\n", " ")
        place = slide.shapes.title
        if place is None:
            width = self.size[0] - 2 * MARGIN
            self.write(slide, (MARGIN, TITLE_TOP, width, TITLE_HEIGHT), [paragraph(text, 28, True)], "Title")
            return
        place.text_frame.text = text
        for run in place.text_frame.paragraphs[0].runs:
            run._r.get_or_add_rPr().set("lang", self.document.words.language)
        size, height = self._title_size(text, place.width / POINT - 16, place.height / POINT)
        if size != TITLE_SIZES[0] or not self.template:
            frame = place.text_frame.paragraphs[0]
            run = frame.runs[0] if frame.runs else frame.add_run()
            run.font.size = size * POINT
        if height > place.height / POINT or (not self.template and slide.slide_layout._element.get("type") != "title"):
            left, top, width = place.left, place.top, place.width
            place.left, place.top, place.width, place.height = left, top, width, round(height * POINT)

    def _title_size(self, text: str, width: float, height: float) -> tuple[float, float]:
        """Return the size of a title and the height it then needs."""
        for size in TITLE_SIZES:
            needed = line_count(text, width, size * 1.05) * size * LINE_HEIGHT + 6
            if needed <= max(height, TITLE_HEIGHT):
                return size, needed
        return TITLE_SIZES[-1], needed

    def _body(self, slide: Any) -> Place:
        """Return the place between the title and what stands at the foot of a slide."""
        width, height = self.size
        title, layout = slide.shapes.title, slide.slide_layout
        top = (title.top + title.height) / POINT + 10 if title is not None else TITLE_TOP + TITLE_HEIGHT
        feet = [
            shape.top / POINT
            for shape in layout.placeholders
            if shape.placeholder_format.type in (KIND.SLIDE_NUMBER, KIND.FOOTER, KIND.DATE)
            and shape.top / POINT > height * 0.7
        ]
        bottom = min([*feet, height - FOOT]) - 6
        return MARGIN, top, width - 2 * MARGIN, bottom - top

    def _number(self, slide: Any) -> None:
        """Show the number of a slide where its layout has a place for it, else in the corner."""
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type not in (KIND.TITLE, KIND.CENTER_TITLE):
                shape._element.getparent().remove(shape._element)
        for shape in slide.slide_layout.placeholders:
            if shape.placeholder_format.type == KIND.SLIDE_NUMBER:
                copy = deepcopy(shape._element)
                copy.nvSpPr.cNvPr.set("id", str(self.next_number(slide)))
                slide.shapes._spTree.append(copy)
                return
        width, height = self.size
        place = (width - MARGIN - 80, height - FOOT, 80.0, 18.0)
        element = box(self.next_number(slide), "Slide number", place, [paragraph("#", SMALL)], align="r")
        for text in list(element.iter(f"{_A}r")):
            text.tag = f"{_A}fld"
            text.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
            text.set("type", "slidenum")
        slide.shapes._spTree.append(element)


def _empty(file: Any) -> None:
    """Take the slides out of a template that is a deck."""
    listed = file.slides._sldIdLst
    for entry in list(listed):
        file.part.drop_rel(entry.rId)
        listed.remove(entry)


def _house_deck() -> Any:
    """Return a deck in our colours, 16:9."""
    file = Presentation()
    old = file.slide_width
    file.slide_width, file.slide_height = (round(part * POINT) for part in WIDE)
    master = file.slide_master
    for holder in (master, *file.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = (round(part * file.slide_width / old) for part in (shape.left, shape.width))
                shape.top, shape.height = shape.top, shape.height
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _house_theme(theme.blob)
    title = {"titleOnly": (TITLE_TOP, TITLE_HEIGHT), "title": (110.0, 110.0)}
    for layout in file.slide_layouts:
        for shape in layout.placeholders:
            kind = shape.placeholder_format.type
            if kind in (KIND.TITLE, KIND.CENTER_TITLE) and layout._element.get("type") in title:
                top, height = title[layout._element.get("type")]
                _put(shape, (MARGIN, top, WIDE[0] - 2 * MARGIN, height))
                _flat(shape, "t" if kind == KIND.TITLE else "b", 28 if kind == KIND.TITLE else 36)
            elif kind == KIND.SLIDE_NUMBER:
                _put(shape, (WIDE[0] - MARGIN - 80, WIDE[1] - FOOT + 8, 80, 18))
            elif kind in (KIND.FOOTER, KIND.DATE):
                shape._element.getparent().remove(shape._element)
    return file


def _put(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = (round(part * POINT) for part in place)


def _flat(shape: Any, anchor: str, size: int) -> None:
    """Set a title to the left, without space around it, in its size."""
    body = shape._element.txBody.bodyPr
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", anchor)
    for child in list(body):
        body.remove(child)
    style = parse_xml(
        f'<a:lstStyle {SPACES}><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:defRPr sz="{size}00" '
        'b="1"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    old = shape._element.txBody.find(f"{_A}lstStyle")
    if old is not None:
        shape._element.txBody.remove(old)
    body.addnext(style)


def _house_theme(blob: bytes) -> bytes:
    """Return a theme with our colours, so that charts keep them when they are edited."""
    colours = {"dk1": "1A2027", "dk2": "4B5661", "lt2": "F4F6F8", "hlink": "0B5C8A", "folHlink": "4B5661"}
    colours |= {f"accent{number + 1}": SERIES[number][0].lstrip("#") for number in range(6)}
    for name, colour in colours.items():
        pattern = rf"(<a:{name}>).*?(</a:{name}>)".encode()
        blob = re.sub(pattern, rb'\g<1><a:srgbClr val="' + colour.encode() + rb'"/>\g<2>', blob)
    return blob
