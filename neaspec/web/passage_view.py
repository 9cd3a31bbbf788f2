"""The words a citation names in a document that is held here (data/papers), on a page of their own."""

from neaspec.data.papers import passage
from neaspec.errors import AddressError
from neaspec.render.templates import from_template
from neaspec.web.page_cache import newest_ask, words

MOST_LETTERS = 200  # of a place in a document


def passage_page(document_id: str, place: str) -> str:
    """Return the passage as HTML; its words are text, never markup.

    Raises:
        AddressError: if the document is not held here, or has no such place.
    """
    text = words()
    cited = newest_ask()("sources_cited", document_ids=[document_id])
    held = passage(document_id, place[:MOST_LETTERS]) if len(cited) else None
    if held is None:
        raise AddressError(text("source_control.no_passage", place=place[:MOST_LETTERS]))
    row = cited.iloc[0]
    line = text(
        "source_control.line",
        publisher=row["publisher"],
        kind=text.term("kind", row["kind"]),
        date=text.date(row["published_date"]) or text("common.source_undated"),
    )
    where = text("source_control.at_page", place=place, page=held.page) if held.page else place
    return from_template("source", "passage", text, line, where, held)
