"""The deck as it is written: text and figures wait until they fill a slide, pictures and tables have their own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neaspec.blocks import Block, Map, Metric, PageLink
from neaspec.render.cells import page_address
from neaspec.render.document import Document, naming
from neaspec.render.pptx import parts
from neaspec.render.pptx.deck import MARGIN, SlideDeck
from neaspec.render.pptx.text import Paragraph, height_of, pages

OUTPUT = "PowerPoint"
SHORT_TEXT = 64.0  # points; a longer text has a slide of its own
MapDrawer = Callable[[Map, Document, float, float, int], bytes]


@dataclass
class Item:
    """Text that waits for a slide; `is_heading`: names what follows."""

    paragraphs: Sequence[Paragraph]
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    is_heading: bool = False


@dataclass
class Writer:
    """The deck so far, and the text and figures that wait for a slide."""

    deck: SlideDeck
    draw_map: MapDrawer
    kinds: Mapping[type, Callable[..., None]]  # what adds a block of each kind
    part: str = ""
    sub_part: str = ""
    folds: list[str] = field(default_factory=list)
    waiting: list[Item] = field(default_factory=list)
    figures: list[Metric] = field(default_factory=list)
    is_named: bool = True  # the heading of this part stands on a slide
    spare: tuple[Any, tuple[float, float, float, float]] | None = None  # free place below the last table

    below_cards: tuple[Any, tuple[float, float, float, float]] | None = None  # the same, below figures

    def add_all(self, blocks: Iterable[Block]) -> None:
        """Add what blocks become."""
        for block in blocks:
            with naming(OUTPUT, block):
                if not isinstance(block, Metric):
                    self.flush_figures()
                self.kinds[type(block)](self, block)

    def add_inside(self, title: str, blocks: Iterable[Block]) -> None:
        """Add blocks that belong to what a title names; headings among them hold only there."""
        before = self.part, self.sub_part
        self.folds.append(title)
        self.add_all(blocks)
        self.flush_figures()
        self.folds.pop()
        if self.part == before[0]:
            self.sub_part = before[1]

    def text(self, item: Item) -> None:
        """Let text wait for a slide."""
        self.waiting.append(item)

    def finish(self) -> None:
        """Write all that waits."""
        self.flush_figures()
        self.flush(is_picture=False)
        self._name_part()

    def above(self) -> str:
        """Return the small text above the title of a picture or table."""
        self.is_named = True
        named = [self.part or self.deck.document.kind, self.sub_part, *self.folds]
        return " · ".join(dict.fromkeys(text for text in named if text))

    def slide(self, title: str, is_first: bool = True) -> tuple[Any, tuple[float, float, float, float]]:
        """Add a slide for a picture or table."""
        self.spare = self.below_cards = None
        title = title if is_first else self.deck.document.words("take.continued", title=title)
        return self.deck.slide(title, self.above())

    def introduce(self) -> list[Item]:
        """Return the text that waits if it is short enough to stand above a picture; else write it."""
        if self.below_cards and self.waiting and not any(item.is_heading for item in self.waiting):
            self.flush(is_picture=False)  # what stands between figures and a picture is about the figures
        items = [item for item in self.waiting if not item.is_heading]
        heading_inside = any(item.is_heading for item in self.waiting[1:-1])
        texts = [paragraph for item in items for paragraph in item.paragraphs]
        is_short = height_of(texts, self.deck.size[0] - 2 * MARGIN) <= SHORT_TEXT
        if items and is_short and not heading_inside:
            self._note_headings(item for item in self.waiting if item.is_heading)
            self.waiting.clear()
            return items
        self.flush()
        return []

    def set_above(self, slide: Any, place: tuple[float, float, float, float], items: Sequence[Item]) -> float:
        """Set a short text above a picture; return how much room it takes."""
        texts = [paragraph for item in items for paragraph in item.paragraphs]
        if not texts:
            return 0.0
        tall = height_of(texts, place[2])
        self.deck.write(slide, (*place[:3], tall), texts)
        for item in items:
            self.deck.cite(slide, item.document_ids, item.caveat_ids)
            self.links(item.links)
        return tall + 8

    def flush(self, is_picture: bool = True) -> None:
        """Write the text that waits; a heading just before a picture stands above the picture."""
        spare, self.spare, self.below_cards = self.spare, None, None
        if spare and not is_picture and self.waiting and not self.waiting[-1].is_heading:
            slide, place = spare
            texts = [paragraph for item in self.waiting for paragraph in item.paragraphs]
            if height_of(texts, place[2]) <= min(place[3], 3 * SHORT_TEXT):
                self.set_above(slide, place, self.waiting)
                self.waiting.clear()
                return
        trailing: list[Item] = []
        while self.waiting and self.waiting[-1].is_heading:
            trailing.insert(0, self.waiting.pop())
        if self.waiting:
            page = self.deck.document.page
            title = self.part or page.title
            width = self.deck.size[0] - 2 * MARGIN
            kind = self.deck.document.kind
            above = kind if title == page.title else page.title
            room = self.deck.text_room(title, above)
            items = self.waiting if is_picture else [*self.waiting, *trailing]
            shared = pages([item.paragraphs for item in items], width, room)
            for number, (texts, positions) in enumerate(shared):
                named = title if not number else self.deck.document.words("take.continued", title=title)
                slide, place = self.deck.slide(named, above)
                self.deck.write(slide, (*place[:3], max(place[3], 1.0)), texts)
                for position in dict.fromkeys(positions):
                    self.deck.cite(slide, items[position].document_ids, items[position].caveat_ids)
                    self.links(items[position].links)
            self.is_named = True
        elif not is_picture:
            for item in trailing:
                self.deck.note(self.deck.last(), "headings", item.paragraphs[0].runs[0].text)
        if is_picture:
            self._note_headings(trailing)
        self.waiting.clear()

    def _note_headings(self, items: Iterable[Item]) -> None:
        """Keep headings that the slide of the next picture does not name, as another one follows them."""
        for item in items:
            heading = item.paragraphs[0].runs[0].text
            if heading not in (self.part, self.sub_part, *self.folds):
                self.deck.note(self.deck.last(), "headings", heading)

    def links(self, links: Iterable[PageLink]) -> None:
        """Write links to pages of the dashboard into the notes of the slide before."""
        for link in links:
            address = page_address(link.page, dict(link.choices))
            self.deck.note(self.deck.last(), "links", f"{link.text}: {address}")

    def open_part(self, title: str) -> None:
        """Begin a part of the page."""
        self.flush(is_picture=False)
        self._name_part()
        self.part, self.sub_part, self.is_named = title, "", False

    def _name_part(self) -> None:
        if not self.is_named and self.part:
            self.deck.note(self.deck.last(), "headings", self.part)

    def flush_figures(self) -> None:
        """Write the figures that wait as cards."""
        if not self.figures:
            return
        self.flush()
        deck = self.deck
        rest = list(self.figures)
        self.figures.clear()
        is_first = True
        while rest:
            slide, place = self.slide(self.sub_part or self.part or deck.document.page.title, is_first)
            count, used = parts.cards(deck, slide, place, rest)
            top = place[1] + used + 10
            self.spare = self.below_cards = (slide, (place[0], top, place[2], place[1] + place[3] - top))
            for item in rest[:count]:
                deck.cite(slide, item.document_ids, item.caveat_ids)
                self.links([item.link] if item.link else [])
            rest, is_first = rest[count:], False
