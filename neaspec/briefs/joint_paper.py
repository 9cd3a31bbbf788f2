"""The paper of a joint study: two pages that hold by choosing, from the same blocks as the results."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from neaspec.blocks import Answer, Block, Chart, Details, Notice, Page, Table, Text
from neaspec.briefs.documents import make_document
from neaspec.data.queries import Ask
from neaspec.errors import OutputError
from neaspec.render.document import Document
from neaspec.sections.common import compose, rows_of
from neaspec.sections.field_data.joint import joint_blocks
from neaspec.sections.field_data.page import FieldDataChoices
from neaspec.sections.field_data.places import Gazetteer
from neaspec.sections.field_data.watermark import marked
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.joint.study import JointStudy

MOST_PAGES = 2
# Rows of each table at most and charts, from the fullest paper to the barest; the table of the study is always whole.
LEVELS = ((24, 3), (12, 2), (8, 2), (6, 2), (4, 2), (4, 1), (2, 1), (2, 0), (0, 0))
WHOLE = "joint_table"
# Tables that only the fullest paper has: the charts and the files tell the same.
DROPPED = ("known_alive", "joint_links", "capture_histories", "loci", "picture_pairs")


def joint_document(of: Ask, words: Words, joint: "JointStudy", is_made_up: bool = False) -> Document:
    """Return the fullest paper that holds on its pages.

    Args:
        of: asks the database for names.
        words: the wording.
        joint: what was worked out.
        is_made_up: whether it is the sample: then every part says so.

    Raises:
        OutputError: if not even the barest holds.
    """
    # by name: the typesetter is loaded only where a paper is set
    count = import_module("neaspec.render.pdf.render").page_count
    for rows, charts in LEVELS:
        page = _page(of, words, joint, is_made_up, rows, charts)
        document = replace(
            make_document(of, words, page.name, FieldDataChoices(), page),
            kind=words("joint.paper_kind"),
            notes=(),
            address=words("field_data.result_address"),
            most_pages=MOST_PAGES,
        )
        if count(document) <= MOST_PAGES:
            return document
    raise OutputError(words("joint.paper_too_long"))


def _page(of: Ask, words: Words, joint: "JointStudy", is_made_up: bool, rows: int, charts: int) -> Page:
    places = Gazetteer(of, words)
    names = {row.species_id: row.name for row in rows_of(of("species_styles"))}
    blocks = tuple(_chosen(joint_blocks(words, places, joint, names), rows, charts))
    sides = words.listed(map(places.country, joint.sides))
    title = words("joint.paper_title", sides=sides) if sides else words("joint.paper_title_none")
    lead = next((block.text for block in blocks if isinstance(block, Text) and block.style == "lead"), "")
    kept = [block for block in blocks if not (isinstance(block, Text) and block.style == "lead")]
    kept.append(Text(text=words("joint.paper_more"), style="note"))
    if is_made_up:
        kept = [Notice(text=words("field_data.made_up_notice"), kind="caution"), *marked(words, tuple(kept))]
        title = words("field_data.made_up_prefix", title=title)
    return compose(of, "field_data", title, lead, kept)


def _chosen(blocks: list[Block], rows: int, charts: int) -> Iterator[Block]:
    """Give the blocks of a paper: tables cut, charts without their rows, what is folded on the screen opened."""
    drawn = 0
    for block in blocks:
        if isinstance(block, Chart):
            drawn += 1
            if drawn <= charts:
                yield replace(block, table=_cut(block.table, 0))
        elif isinstance(block, Details):
            yield from _chosen([part for part in block.blocks if not isinstance(part, Text)], rows, 0)
        elif isinstance(block, Table):
            table = block if block.file_name == WHOLE else _cut(block, rows)
            if len(table.rows) and (rows == LEVELS[0][0] or block.file_name not in DROPPED):
                yield table
        elif isinstance(block, Answer):
            yield Text(text=block.text, style="lead")
        else:
            yield block


def _cut(table: Table, rows: int) -> Table:
    return replace(table, rows=table.rows.tail(rows) if "season_words" in table.rows else table.rows.head(rows))
