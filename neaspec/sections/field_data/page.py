"""Field data: what comes out, how crossings are worked out, what happens to files; said before any upload."""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Chart, Page, Tab, Tabs, Text
from neaspec.crossings.sample import sample_stays
from neaspec.data.queries import Ask
from neaspec.files import MOST_FILES, MOST_MEGABYTES
from neaspec.sections.common import compose, make_table, rows_of
from neaspec.sections.field_data.crossings import STAY_COLUMNS, told_stays
from neaspec.sections.field_data.places import Gazetteer
from neaspec.sections.field_data.rules import definition, species_rules
from neaspec.sections.field_data.watermark import marked
from neaspec.text import Words

STANDARDS = (
    "camtrap_dp",
    "wildlife_insights",
    "movebank",
    "maker_table",
    "track_file",
    "darwin_core",
    "gbif",
    "camtrapr",
    "match_table",
    "genotypes",
    "picture_pairs",
    "template",
    "records",
)
FILE_TYPES = ("csv", "tsv", "txt", "gen", "gz", "zip", "xlsx", "json", "xml", "gpx", "geojson")
MINUTES_KEPT = 2  # after the tab is closed: server.disconnectedSessionTTL


@dataclass(frozen=True)
class FieldDataChoices:
    """The page has no choice of its own: what is dropped is never part of an address."""


def page(ask: Ask, words: Words, choices: FieldDataChoices) -> Page:
    """Make the page as it stands before an upload, and as it is printed."""
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("definition", [*definition(words), *species_rules(ask, words)]),
        ("files", files(words)),
        ("formats", formats(words)),
    )
    tabs = tuple(Tab(key=key, title=words(f"field_data.tab_{key}"), blocks=tuple(blocks)) for key, blocks in parts)
    blocks: list[Block] = [*marked(words, (sample_picture(ask, words),)), Tabs(tabs=tabs)]
    return compose(ask, "field_data", words("field_data.title"), words("field_data.lead"), blocks)


def sample_picture(ask: Ask, words: Words) -> Chart:
    """Draw what the sample gives: one row for each animal in each State, so that a crossing is a change of rows."""
    names = {row.species_id: row.name for row in rows_of(ask("species_styles"))}
    stays = told_stays(words, Gazetteer(ask, words), sample_stays(), names).sort_values(
        ["individual_key", "country_code", "start"], kind="stable"
    )
    rows = stays.assign(
        row=[words("field_data.stay_row", animal=r.animal, country=r.stay_country) for r in rows_of(stays)]
    )
    title = words("field_data.sample_picture")
    return Chart(
        title=title,
        kind="schedule",
        rows=rows,
        roles={"category": "row", "start": "start", "end": "end"},
        value_title=words("field_data.axis_time"),
        table=make_table(words, title, rows, STAY_COLUMNS, "sample_stays"),  # type: ignore[arg-type]
        alt=words("field_data.timeline_alt", animals=rows["animal"].nunique()),
        counted=words("field_data.sample_counted"),
    )


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
    sizes = words("field_data.sizes", types=words.listed(FILE_TYPES), files=MOST_FILES, most=MOST_MEGABYTES)
    return [
        Text(text=words("field_data.formats_text")),
        make_table(words, words("field_data.formats_table"), rows, columns, "standards"),  # type: ignore[arg-type]
        Text(text=sizes),
    ]


def files(words: Words) -> list[Block]:
    """Say what happens to files that are dropped, and what is shown of them."""
    return [
        Text(text=words("field_data.files_memory")),
        Text(text=words("field_data.files_end", minutes=MINUTES_KEPT)),
        Text(text=words("field_data.files_results")),
        Text(text=words("field_data.shown_text")),
    ]
