"""Parts of a deck that are text: the first slide, cards of figures, entries, lists of caveats and sources."""

from collections.abc import Sequence
from typing import Any

from neaspec.blocks import Entry, Metric, Notice, Text
from neaspec.files import plain_text
from neaspec.render.citations import grade_name
from neaspec.render.document import below, naming
from neaspec.render.pptx.deck import MARGIN, Place, SlideDeck
from neaspec.render.pptx.tables import lay_out, table_xml
from neaspec.render.pptx.text import Paragraph, Run, height_of, pages, paragraph

TEXT_SIZE = {"lead": 18, "body": 16, "note": 14}
NOTICE_SIGN = {"empty": "○", "caution": "▲", "information": "●"}
GAP = 14.0
CARD_INSET = 10.0


def title_slides(deck: SlideDeck) -> None:
    """Write the first slide: what it is, its title, its main sentence, the choices, what holds for all of it."""
    document = deck.document
    slide, place = deck.title_slide()
    texts = [[paragraph(document.kind, 16, True, "accent")], [paragraph(document.page.lead, 18, before=4)]]
    facts = [
        Paragraph((Run(f"{plain_text(label)}: ", 14, True), Run(plain_text(value), 14)), 10 if not number else 2)
        for number, (label, value) in enumerate(document.facts())
    ]
    texts += [[fact] for fact in facts]
    texts += [[paragraph(note, 12, colour=deck.soft, before=8)] for note in document.notes]
    for number, (page, _) in enumerate(pages(texts, place[2], place[3])):
        if number:
            slide, place = deck.slide(document.words("take.continued", title=document.page.title), document.kind)
        deck.write(slide, place, page)


def text_paragraphs(deck: SlideDeck, block: Text) -> list[Paragraph]:
    """Return a paragraph with its marks."""
    size = TEXT_SIZE[block.style]
    colour = deck.soft if block.style == "note" else ""
    return [_marked(deck, block.text, block, size, False, colour, 8)]


def notice_paragraphs(deck: SlideDeck, block: Notice) -> list[Paragraph]:
    """Return a sentence that stands out."""
    colour = deck.document.palette.surface("caution" if block.kind == "caution" else "text").lstrip("#")
    sign = Run(f"{NOTICE_SIGN[block.kind]}  ", 16, True, colour if block.kind == "caution" else "accent")
    return [Paragraph((Run(plain_text(block.text), 16, block.kind == "caution"),), 8).after(sign)]


def entry_paragraphs(deck: SlideDeck, block: Entry) -> list[Paragraph]:
    """Return an item of a list: its title with marks, tags, text, facts."""
    paragraphs = [_marked(deck, block.title, block, 16, True, "", 12)]
    tags = " · ".join(plain_text(tag) for tag in block.tags if tag)
    paragraphs += [paragraph(tags, 14, colour="accent", before=1)] if tags else []
    paragraphs += [paragraph(block.text, 14, before=2)] if block.text else []
    paragraphs += [
        Paragraph((Run(f"{plain_text(label)}: {plain_text(value)}", 14, colour=deck.soft),), 1)
        for label, value in block.facts
        if value
    ]
    return paragraphs


def _marked(
    deck: SlideDeck, text: str, block: Any, size: float, is_bold: bool, colour: str, before: float
) -> Paragraph:
    marks = deck.marks.text(block.document_ids, block.caveat_ids)
    runs = [Run(plain_text(text), size, is_bold, colour)]
    if marks:
        runs.append(Run(f" {marks}", min(size, 14), False, deck.soft))
    return Paragraph(tuple(runs), before)


def cards(deck: SlideDeck, slide: Any, place: Place, figures: Sequence[Metric]) -> tuple[int, float]:
    """Set as many figures as fit as cards, at most six; return how many were set, and the height they take."""
    left, top, width, room = place
    for count in range(min(6, len(figures)), 0, -1):
        columns = min(3, count) if count != 4 else 2
        wide = (width - GAP * (columns - 1)) / columns
        for size in (14, 12):
            texts_of_cards = [_card(deck, figure, size) for figure in figures[:count]]
            inner = wide - 2 * CARD_INSET - 6
            heights = [height_of(card_texts, inner) + 2 * CARD_INSET + 4 for card_texts in texts_of_cards]
            rows = [max(heights[start : start + columns]) for start in range(0, count, columns)]
            if sum(rows) + GAP * (len(rows) - 1) <= room:
                _set_cards(deck, slide, place, figures, texts_of_cards, rows, wide)
                return count, sum(rows) + GAP * (len(rows) - 1)
    texts_of_cards = [_card(deck, figures[0], 11)]
    texts = [page for page, _ in pages(texts_of_cards, width, room)]
    for number, text in enumerate(texts):
        if number:
            slide, place = deck.slide(deck.document.words("take.continued", title=figures[0].label[:60]))
        deck.write(slide, place, text, "Figure")
    return 1, place[3]


def _set_cards(
    deck: SlideDeck,
    slide: Any,
    place: Place,
    figures: Sequence[Metric],
    texts_of_cards: Sequence[Sequence[Paragraph]],
    rows: Sequence[float],
    wide: float,
) -> None:
    left, top, width, _ = place
    columns = round((width + GAP) / (wide + GAP))
    palette = deck.document.palette
    for number, text in enumerate(texts_of_cards):
        row, column = divmod(number, columns)
        corner = (left + column * (wide + GAP), top + sum(rows[:row]) + GAP * row)
        with naming("PowerPoint", figures[number]):
            species = figures[number].species_id
            colour = palette.group("species", species).colour if species else palette.surface("accent")
            panel = palette.surface("panel").lstrip("#")
            deck.write(slide, (*corner, wide, rows[row]), text, "Figure", fill=panel, inset=CARD_INSET)
            deck.write(slide, (*corner, wide, 3.0), [], "Bar", fill=colour.lstrip("#"))


def _card(deck: SlideDeck, block: Metric, size: float) -> list[Paragraph]:
    value = [Run(plain_text(block.value), 2 * size, True)]
    value += [Run(f" {plain_text(block.unit)}", size)] if block.unit else []
    paragraphs = [paragraph(block.label, size, True), Paragraph(tuple(value), 2)]
    line = below(block, deck.marks)
    paragraphs += [paragraph(line, size, colour=deck.soft, before=2)] if line else []
    paragraphs += [paragraph(block.status, size, before=2)] if block.status else []
    if len(block.trend) > 1:
        number = deck.document.words.number
        figures = ", ".join(f"{year:g}: {number(figure)}" for year, figure in sorted(block.trend))
        paragraphs.append(
            paragraph(deck.document.words("take.trend", figures=figures), size - 2, colour=deck.soft, before=2)
        )
    return paragraphs


def caveat_slides(deck: SlideDeck) -> None:
    """Write the list of caveats."""
    title = deck.document.words("common.caveats_title")
    items = [[Paragraph((Run(plain_text(text), 14),), 5)] for text in deck.caveats.values()]
    _listed(deck, title, items, list(deck.caveats))


def _listed(deck: SlideDeck, title: str, items: Sequence[Sequence[Paragraph]], caveats: Sequence[str]) -> None:
    words, above = deck.document.words, deck.document.page.title
    named = words("take.continued", title=title)
    room = deck.text_room(named, above)
    for number, (page, positions) in enumerate(pages(items, deck.size[0] - 2 * MARGIN, room)):
        slide, place = deck.slide(named if number else title, above)
        deck.write(slide, place, page)
        deck.cite(slide, (), [caveats[position] for position in dict.fromkeys(positions)])


def source_slides(deck: SlideDeck) -> None:
    """Write the numbered list of sources as a table."""
    words, page = deck.document.words, deck.document.page
    title, above = words("common.sources_title"), page.title
    if page.sources.empty:
        slide, place = deck.slide(title, above)
        deck.write(slide, place, [paragraph(words("common.no_sources"))])
        return
    names = ("number", "title", "publisher", "date", "grade", "address")
    head = [words(f"take.column_{name}") for name in names]
    rows = []
    records = page.sources.to_dict("records")
    for row in records:
        grade = grade_name(row["grade"], words)
        when = words.date(row["published_date"]) or words("common.source_undated")
        address = row["url"] if isinstance(row["url"], str) else ""
        rows.append([deck.marks.of_document(row["document_id"]), row["title"], row["publisher"], when, grade, address])
    named = words("take.continued", title=title)
    room = deck.text_room(named, above)
    grids = lay_out(head, rows, deck.size[0] - 2 * MARGIN, room)
    looks = (deck.accent, deck.document.palette.surface("line").lstrip("#"))
    for number, grid in enumerate(grids):
        slide, (left, top, _, _) = deck.slide(named if number else title, above)
        flat = [False] * len(head)
        table = table_xml(deck.next_number(slide), title, grid, head, flat, (left, top), looks)
        slide.shapes._spTree.append(table)
        deck.cite(slide, [records[row]["document_id"] for row, _ in grid.rows])
