"""What is taken away of drafts: shapes as GeoJSON, GeoPackage and KML, the page as PDF, slides and workbook."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from neaspec.blocks import Page
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
        made: bytes = SHAPES[form][1]([(one.draft, facts_of(one, of, words)) for one in drafts])
        return made
    # The foot of every sheet and slide says what this is; no address leads back to it.
    foot = words.sentences(words("boundary.status"), words("boundary.clearance"))
    marked = replace(words, texts={**words.texts, "take.foot": foot})
    document = make_document(of, marked, page.name, BoundaryChoices(), page)
    kind, address = words("boundary.document_kind"), words("boundary.document_address")
    notes = (words("boundary.status"), words("boundary.clearance"), *document.notes)
    return FORMATS[form].make(replace(document, kind=kind, address=address, notes=notes))


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
