"""Field data: what can be dropped, what happens to it, and how crossings are worked out; said before any upload."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Heading, Page, Text
from neaspec.data.queries import Ask
from neaspec.files import MOST_FILES, MOST_MEGABYTES
from neaspec.sections.common import compose, make_table
from neaspec.sections.field_data.rules import definition, species_rules
from neaspec.text import Words

STANDARDS = ("camtrap_dp", "movebank", "darwin_core", "gbif", "camtrapr", "match_table", "template", "records")
FILE_TYPES = ("csv", "tsv", "txt", "gz", "zip", "xlsx", "json", "xml")
MINUTES_KEPT = 2  # after the tab is closed: server.disconnectedSessionTTL


@dataclass(frozen=True)
class FieldDataChoices:
    """The page has no choice of its own: what is dropped is never part of an address."""


def page(ask: Ask, words: Words, choices: FieldDataChoices) -> Page:
    """Make the page as it stands before an upload, and as it is printed."""
    blocks: list[Block] = [*formats(words), *files(words), *definition(words), *species_rules(ask, words)]
    return compose(ask, "field_data", words("field_data.title"), words("field_data.lead"), blocks)


def formats(words: Words) -> list[Block]:
    """List the standards that are read, the types of files and the largest size."""
    rows = pd.DataFrame(
        {
            "standard_name": [words.term("standard", name) for name in STANDARDS],
            "standard_text": [words(f"field_data.format_{name}") for name in STANDARDS],
            "file_types": [words(f"field_data.types_{name}") for name in STANDARDS],
        }
    )
    columns = dict.fromkeys(rows.columns, "text")
    sizes = words("field_data.sizes", types=", ".join(FILE_TYPES), files=MOST_FILES, most=MOST_MEGABYTES)
    return [
        Heading(text=words("field_data.formats")),
        Text(text=words("field_data.formats_text")),
        make_table(words, words("field_data.formats_table"), rows, columns, "standards"),  # type: ignore[arg-type]
        Text(text=sizes),
    ]


def files(words: Words) -> list[Block]:
    """Say what happens to files that are dropped, and what is shown of them."""
    return [
        Heading(text=words("field_data.files_title")),
        Text(text=words("field_data.files_memory")),
        Text(text=words("field_data.files_end", minutes=MINUTES_KEPT)),
        Text(text=words("field_data.files_results")),
        Heading(text=words("field_data.shown")),
        Text(text=words("field_data.shown_text")),
    ]
