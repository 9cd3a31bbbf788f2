"""What is taken away of drafts: shapes as GeoJSON, GeoPackage and KML, the page as PDF, slides and workbook."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from neaspec.blocks import Block, Details, Entry, Map, Page, Side, Table, Tabs
from neaspec.boundary.measure import SEA
from neaspec.boundary.outputs import DraftFacts, geojson, geopackage, kml
from neaspec.briefs.documents import make_document
from neaspec.briefs.formats import FORMATS
from neaspec.data.queries import Ask
from neaspec.sections.boundary.page import BoundaryChoices
from neaspec.sections.boundary.results import Measured
from neaspec.sections.boundary.wording import hectares, kilometres, state_area
from neaspec.text import Words

SHAPES = {
    "geojson": ("application/geo+json", geojson),
    "gpkg": ("application/geopackage+sqlite3", geopackage),
    "kml": ("application/vnd.google-earth.kml+xml", kml),
}
DOCUMENTS = ("pdf", "pptx", "xlsx")
FORMS = {form: media_type for form, (media_type, _) in SHAPES.items()} | {
    form: FORMATS[form].media_type for form in DOCUMENTS
}
SHORT_VERSION = 16


def file_of(form: str, page: Page, drafts: Sequence[Measured], of: Ask, words: Words) -> bytes:
    """Return a file of drafts."""
    if form in SHAPES:
        data: bytes = SHAPES[form][1]([(entry.draft, facts_of(entry, of, words)) for entry in drafts])
        return data
    # No address leads back to drafts: they end with their session.
    foot = words.listed([words.text("take.records_to"), words("boundary.status")], "semicolon")
    own_words = replace(words, texts={**words.texts, "take.records_to": foot})
    document = make_document(of, own_words, page.name, BoundaryChoices(), marked(page, words, form))
    kind = words.bracketed(words("boundary.document_kind"), words("boundary.status"))
    address = words("boundary.document_address")
    notes = (words("boundary.status"), words("boundary.clearance"), *document.notes)
    head = (words("boundary.status"), words.sentences(words("maps.disclaimer"), words("boundary.clearance")))
    return FORMATS[form].make(replace(document, kind=kind, address=address, notes=notes, sheet_head=head))


def marked(page: Page, words: Words, form: str) -> Page:
    """Return a page whose every slide, or every sheet of a workbook, says in its head that it is tentative."""

    def said(title: str) -> str:
        return words.bracketed(title, words("boundary.status"))

    def named(block: Block) -> Block:
        if isinstance(block, Tabs):
            tabs = (replace(tab, title=said(tab.title), blocks=tuple(map(named, tab.blocks))) for tab in block.tabs)
            return replace(block, tabs=tuple(tabs))
        if isinstance(block, Side):
            return replace(block, cells=tuple(tuple(map(named, cell)) for cell in block.cells))
        if isinstance(block, Details):
            return replace(block, blocks=tuple(map(named, block.blocks)))
        if isinstance(block, Entry):
            return replace(block, details=tuple(map(named, block.details)))
        if isinstance(block, Map):
            return replace(block, table=replace(block.table, title=said(block.table.title)))
        return replace(block, title=said(block.title)) if isinstance(block, Table) else block

    if form == "pdf":  # its foot says it on every page
        return page
    blocks = tuple(map(named, page.blocks)) if form == "xlsx" else tuple(map(of_slides(said), page.blocks))
    return replace(page, title=said(page.title), blocks=blocks)


def of_slides(said: Callable[[str], str]) -> Callable[[Block], Block]:
    """Return what marks the names of tabs, which stand in the head of every slide made of them."""

    def named(block: Block) -> Block:
        if not isinstance(block, Tabs):
            return block
        return replace(block, tabs=tuple(replace(tab, title=said(tab.title)) for tab in block.tabs))

    return named


def facts_of(one: Measured, of: Ask, words: Words) -> DraftFacts:
    """Return what a file of shapes says beside a shape."""
    sizes = {"area": hectares(words, one.measures.area_m2), "edge": kilometres(words, one.measures.edge_m)}
    sizes |= {area.code or "unsettled": state_area(words, area) for area in one.measures.states if area.code != SEA}
    return DraftFacts(
        status=words("boundary.status"),
        note=words.sentences(words("maps.disclaimer"), words("boundary.clearance")),
        day=date.fromisoformat(str(of.today()("data_version")["newest_seen_date"].iloc[0])[:10]),
        data_version=of.version[:SHORT_VERSION],
        sources=words("boundary.sources_note"),
        sizes=sizes,
    )
