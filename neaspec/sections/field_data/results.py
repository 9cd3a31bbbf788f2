"""The page of results: what the dropped files say of animals that cross, at the public level."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from neaspec.blocks import Block, Metric, Notice, Page, Tab, Tabs
from neaspec.crossings.doubts.kinds import WITHHOLDING
from neaspec.crossings.model.records import GRADES, POINT_KINDS
from neaspec.crossings.privacy.redact import redact_all
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, folded, make_table, rows_of
from neaspec.sections.field_data.compare import comparison
from neaspec.sections.field_data.crossings import (
    ZONE_ONLY,
    crossing_picture,
    crossings_counted,
    matches,
    timeline,
    told_crossings,
    told_stays,
)
from neaspec.sections.field_data.doubts import doubt_blocks
from neaspec.sections.field_data.joint import joint_blocks
from neaspec.sections.field_data.places import Gazetteer
from neaspec.sections.field_data.report import report
from neaspec.sections.field_data.rules import parameter_table
from neaspec.sections.field_data.watermark import marked
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.pipeline import PipelineResult


PAIR_COLUMNS = {
    "species_name": "text",
    "first_country": "text",
    "second_country": "text",
    "animals_seen": "integer",
    "confirmed": "integer",
    "probable": "integer",
    "border_zone_only": "integer",
    "a_to_b": "integer",
    "b_to_a": "integer",
}
BOTH_COLUMNS = {
    "animal": "text",
    "species_name": "text",
    "sex_words": "text",
    "first_country": "text",
    "data_sets_a": "text",
    "second_country": "text",
    "data_sets_b": "text",
    "grade_words": "text",
}
IDENTITY = ("data_set", "individual", "sample_id", "individual_key", "method", "column", "found")


def results_page(
    ask: Ask, words: Words, worked: "PipelineResult", compared: tuple[str, str] | None, is_made_up: bool = False
) -> Page:
    """Make the page of results: what was recognised, what is doubtful, then crossings.

    Args:
        ask: asks the database for names of places and species.
        words: the wording.
        worked: what came of the files; public.
        compared: two data sets to set side by side.
        is_made_up: whether the files are the sample: then every part says so.
    """
    results, places = worked.results, Gazetteer(ask, words)
    names = {row.species_id: row.name for row in rows_of(ask("species_styles"))}
    crossings = told_crossings(words, places, results.crossings, names)
    stays = told_stays(words, places, results.stays, names)
    parts: dict[str, list[Block]] = {
        "crossings": crossings_counted(words, places, crossings),
        "animals": animals(words, places, worked, stays, crossings, names),
        "joint": joint_blocks(words, places, worked.joint, names),
        "compare": comparison(words, worked, compared, names),
        "report": [*report(words, worked.recognised, worked.dropped), *identities_not_used(words, worked)],
        "parameters": [parameter_table(words, results.parameters, "field_data.parameters_used")],
    }
    if stays.empty:  # then why it is so leads
        parts = {"report": parts["report"], **parts}
    blocks: list[Block] = [  # what was recognised is said by the step before
        *doubt_blocks(words, worked.doubts),
        *figures(words, crossings, stays),
        *crossing_picture(words, crossings, points_of(words, places, results.cells, names)),
        tabs(words, parts),
    ]
    title, lead = words("field_data.result_title"), lead_words(words, crossings, stays)
    lead += doubtful_words(words, worked)
    if is_made_up:
        blocks = [Notice(text=words("field_data.made_up_notice"), kind="caution"), *marked(words, tuple(blocks))]
        title = words("field_data.result_title_made_up")
        lead = words("field_data.made_up_prefix", title=lead)
    return compose(ask, "field_data", title, lead, blocks)


def tabs(words: Words, parts: Mapping[str, list[Block]]) -> Tabs:
    """Put the parts of the results behind names, those without anything left out."""
    named = ((key, words(f"field_data.tab_{key}"), tuple(blocks)) for key, blocks in parts.items())
    return Tabs(tabs=tuple(Tab(key=key, title=title, blocks=blocks) for key, title, blocks in named if blocks))


def figures(words: Words, crossings: pd.DataFrame, stays: pd.DataFrame) -> list[Block]:
    """Show how many animals, stays and crossings of each grade there are."""
    counted = words("field_data.figures_counted")
    blocks: list[Block] = [
        Metric(
            label=words("field_data.figure_animals"),
            value=words.number(stays["individual_key"].nunique()),
            counted=counted,
        ),
        Metric(
            label=words("field_data.figure_crossing_animals"),
            value=words.number(crossings.loc[crossings["grade"] != ZONE_ONLY, "individual_key"].nunique()),
            counted=words("field_data.figure_crossing_counted"),
        ),
    ]
    for grade in GRADES:
        label = words("field_data.figure_grade", grade=words.term("crossing_grade", grade))
        blocks.append(Metric(label=label, value=words.number(int((crossings["grade"] == grade).sum()))))
    return blocks


def lead_words(words: Words, crossings: pd.DataFrame, stays: pd.DataFrame) -> str:
    """Return the sentence with the main figure; what is in the border zone only is told apart and never counted."""
    animals = stays["individual_key"].nunique()
    if not animals:
        return words("field_data.result_lead_no_animals")
    sure = crossings[crossings["grade"] != ZONE_ONLY]
    zone = words("field_data.result_lead_zone", count=len(crossings) - len(sure)) if len(crossings) > len(sure) else ""
    if sure.empty:
        return words("field_data.result_lead_none", animals=words.number(animals)) + zone
    ways = sure[["from_country_code", "to_country_code"]].drop_duplicates()
    pairs = {frozenset((row.from_country_code, row.to_country_code)) for row in rows_of(ways)}
    graded = sure["grade"].value_counts()
    listed = words.listed(
        words("field_data.grade_count", count=graded[grade], grade=words.term("crossing_grade", grade))
        for grade in GRADES
        if grade in graded
    )
    key = "field_data.result_lead_one_pair" if len(pairs) == 1 else "field_data.result_lead_pairs"
    crossed = words.number(sure["individual_key"].nunique())
    return (
        words(
            "field_data.result_lead",
            crossed=crossed,
            animals=words.number(animals),
            pairs=words(key, count=len(pairs)),
            grades=listed,
        )
        + zone
    )


def doubtful_words(words: Words, worked: "PipelineResult") -> str:
    """Return how much is doubtful, for the sentence above everything; empty if nothing is."""
    count = sum(number for (_, code), number in worked.doubts.counts.items() if code in WITHHOLDING)
    return words("field_data.result_lead_doubts", count=count) if count else ""


def points_of(words: Words, places: Gazetteer, cells: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return one point for each place and species of PublicResults.cells that has one: a site, a cell."""
    columns = ["latitude", "longitude", "name", "tooltip", "group", "group_name", "is_approximate"]
    drawn = cells[cells["latitude"].notna() & cells["place_kind"].isin(POINT_KINDS)]
    if drawn.empty:
        return pd.DataFrame(columns=columns)
    keys = ["place_id", "place_kind", "species_id", "taxon", "latitude", "longitude"]
    rows = drawn.groupby(keys, as_index=False, sort=True).agg(most=("animals", "max"))
    named = [names.get(row.species_id, row.taxon) for row in rows_of(rows)]
    tips = [
        words("field_data.point", species=name, count=words.number(float(row.most)))
        for name, row in zip(named, rows_of(rows), strict=True)
    ]
    return rows.assign(
        name=[places.place(place_id).name for place_id in rows["place_id"]],
        tooltip=tips,
        group=rows["species_id"],
        group_name=named,
        is_approximate=rows["place_kind"] != "site",
    )[columns]


def animals(
    words: Words,
    places: Gazetteer,
    worked: "PipelineResult",
    stays: pd.DataFrame,
    crossings: pd.DataFrame,
    names: dict[str, str],
) -> list[Block]:
    """Show each animal on a line of time, the animals of each pair of countries, and those known on both sides."""
    blocks: list[Block] = []
    if stays.empty:
        return [Notice(text=words("field_data.result_lead_no_animals"), kind="empty")]
    blocks += timeline(words, stays, crossings.loc[crossings["grade"] != ZONE_ONLY, "individual_key"])
    pairs = _named(places, worked.results.pairs, names).rename(columns={"animals": "animals_seen"})
    if not pairs.empty:
        title = words("field_data.pairs_table")
        blocks.append(make_table(words, title, pairs, PAIR_COLUMNS, "pairs"))  # type: ignore[arg-type]
    joined = matches(words, worked.matches)
    both = _named(places, worked.results.both_sides, names)
    if both.empty:
        return [*blocks, Notice(text=words("field_data.both_none"), kind="empty"), *joined]
    both = both.assign(
        animal=both["individual_key"],
        sex_words=[words.term("sex", sex) for sex in both["sex"]],
        grade_words=[
            words.term("crossing_grade", grade) or words("field_data.no_straight_crossing") for grade in both["grade"]
        ],
    )
    title = words("field_data.both_table")
    return [*blocks, make_table(words, title, both, BOTH_COLUMNS, "both_sides"), *joined]  # type: ignore[arg-type]


def _named(places: Gazetteer, rows: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    return rows.assign(
        species_name=[names.get(row.species_id, row.taxon) for row in rows_of(rows)],
        first_country=[places.country(code) for code in rows["country_a"]],
        second_country=[places.country(code) for code in rows["country_b"]],
    )


def identities_not_used(words: Words, worked: "PipelineResult") -> list[Block]:
    """Say which stated identities joined nothing: those that cannot be right, and those no record has."""
    blocks: list[Block] = []
    for frame, name in ((worked.conflicts, "conflicts"), (worked.unused, "unused")):
        if frame.empty:
            continue
        worded_names = frame.assign(
            **{column: redact_all(frame[column].astype("str")) for column in IDENTITY if column in frame}
        )
        columns = {column: "text" for column in IDENTITY if column in frame}
        table = make_table(words, words(f"field_data.{name}_table"), worded_names, columns, f"identities_{name}")  # type: ignore[arg-type]
        blocks.append(folded(words, table))
    return blocks
