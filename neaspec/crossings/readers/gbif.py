"""GBIF's simple download (SIMPLE_CSV): tab separated whatever its name says, no quotation marks, no organismID.

Its rows are sightings of animals that nobody tells apart; no movement can be found in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from neaspec.crossings.input.csv_tables import CsvDialect, chunks, header_of, layout_of, notes_of
from neaspec.crossings.input.members import Member
from neaspec.crossings.model.reading import Answers, Part, Question
from neaspec.crossings.readers.darwin_core import is_simple_download
from neaspec.crossings.readers.darwin_terms import columns_of, date_column, part_of_terms
from neaspec.crossings.readers.package import Package, data_set_of, plain_names
from neaspec.crossings.readers.rows import Rows, order_of, question_of

STANDARD = "gbif"
SIGNS = "GBIF simple download (gbifID, datasetKey, speciesKey)"
NO_INDIVIDUALS = "no_individuals"  # note: the format has none


def packages(members: Sequence[Member], headers: Mapping[str, tuple[str, ...]]) -> list[Package]:
    """Return simple downloads (Reader.packages)."""
    return [
        Package(STANDARD, "", data_set_of(member), member)
        for member in members
        if is_simple_download(set(plain_names(headers.get(member.name, ()))))
    ]


def _layout(member: Member) -> CsvDialect:
    layout = layout_of(member)
    # Files saved again by a spreadsheet are comma separated, and then quotation marks mean what they mean there.
    return replace(layout, quote="") if layout.delimiter == "\t" else layout


def questions(package: Package, answers: Answers) -> list[Question]:
    """Return the question of day and month; downloads write ISO dates, files saved again may not (Reader.questions)."""
    column = date_column(columns_of(header_of(package.main)))
    return question_of(order_of(package.main, column, _layout(package.main)), package.main.name, column, answers)


def records(package: Package, answers: Answers, chunk_rows: int) -> Iterator[Part]:
    """Read sightings (Reader.records)."""
    layout = _layout(package.main)
    columns = columns_of(header_of(package.main))
    order = order_of(package.main, date_column(columns), layout)
    day_first = order.is_day_first(answers.day_first.get(package.main.name))
    for piece in chunks(package.main, chunk_rows, list(columns.values()), layout):
        yield part_of_terms(Rows(piece), columns, package, answers, day_first, {}, (NO_INDIVIDUALS, *notes_of(layout)))
