"""The page of results: what the dropped files say of animals that cross, at the public level."""

from typing import TYPE_CHECKING

import pandas as pd

from neaspec.blocks import Block, Heading, Metric, Notice, Page
from neaspec.queries import Ask
from neaspec.sections.common import compose, rows_of
from neaspec.sections.field_data_compare import comparison
from neaspec.sections.field_data_crossings import crossing_blocks, timeline, told_crossings, told_stays
from neaspec.sections.field_data_places import Gazetteer
from neaspec.sections.field_data_report import report
from neaspec.sections.field_data_rules import GRADES, parameter_table
from neaspec.sections.made_up import marked
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.run import Worked


def results_page(
    ask: Ask, words: Words, worked: "Worked", compared: tuple[str, str] | None, is_made_up: bool = False
) -> Page:  # fmt: skip
    """Make the page of results.

    Args:
        ask: asks the database for names of places and species.
        words: the wording.
        worked: what came of the files; public.
        compared: two data sets to set side by side.
        is_made_up: whether the files are the sample: then every part says so.
    """
    results, places = worked.results, Gazetteer(ask, words)
    names = {row.species_id: row.name for row in rows_of(ask("species_styles"))}
    told = told_crossings(words, places, results.crossings, names)
    stays = told_stays(words, places, results.stays, names)
    blocks: list[Block] = [
        *figures(words, told, stays),
        *crossing_blocks(words, places, told, points_of(words, places, results.cells, names)),
        *animals(words, places, worked, stays, told, names),
        *comparison(words, worked, compared, names),
        *report(words, worked.recognised, worked.dropped),
        *identities_not_used(words, worked),
        parameter_table(words, results.parameters, "field_data.parameters_used"),
    ]
    title, lead = words("field_data.result_title"), lead_words(words, told, stays)
    if is_made_up:
        blocks = [Notice(text=words("field_data.made_up_notice"), kind="caution"), *marked(words, tuple(blocks))]
        title = words("field_data.result_title_made_up")
        lead = words("field_data.made_up_prefix", title=lead)
    return compose(ask, "field_data", title, lead, blocks)


def figures(words: Words, told: pd.DataFrame, stays: pd.DataFrame) -> list[Block]:
    """Show how many animals, stays and crossings of each grade there are."""
    counted = words("field_data.figures_counted")
    made: list[Block] = [
        Metric(
            label=words("field_data.figure_animals"), value=words.number(stays["individual_key"].nunique()),
            counted=counted,
        ),
        Metric(
            label=words("field_data.figure_crossing_animals"), value=words.number(told["individual_key"].nunique()),
            counted=words("field_data.figure_crossing_counted"),
        ),
    ]  # fmt: skip
    for grade in GRADES:
        label = words("field_data.figure_grade", grade=words.term("crossing_grade", grade))
        made.append(Metric(label=label, value=words.number(int((told["grade"] == grade).sum()))))
    return made


def lead_words(words: Words, told: pd.DataFrame, stays: pd.DataFrame) -> str:
    """Return the sentence with the main figure."""
    count, crossed = stays["individual_key"].nunique(), told["individual_key"].nunique()
    if not count:
        return words("field_data.result_lead_no_animals")
    if told.empty:
        return words("field_data.result_lead_none", animals=words.number(count))
    pairs = {frozenset((row.from_country_code, row.to_country_code)) for row in rows_of(told)}
    graded = told["grade"].value_counts()
    listed = ", ".join(
        words("field_data.grade_count", count=graded[grade], grade=words.term("crossing_grade", grade))
        for grade in GRADES
        if grade in graded
    )
    between = words("field_data.result_lead_one_pair" if len(pairs) == 1 else "field_data.result_lead_pairs",
                    count=len(pairs))  # fmt: skip
    return words("field_data.result_lead", crossed=crossed, animals=words.number(count), pairs=between,
                 crossings=words.number(len(told)), grades=listed)  # fmt: skip


def points_of(words: Words, places: Gazetteer, cells: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Return one point for each place and species that may be drawn as a point (a site, the middle of a cell)."""
    rows = []
    for (place_id, species_id, taxon), part in cells.groupby(["place_id", "species_id", "taxon"], sort=True):
        form = str(place_id).partition(":")[0]
        place = places.place(str(place_id))
        if form not in ("site", "cell") or pd.isna(place.latitude):
            continue
        name = names.get(str(species_id), str(taxon))
        rows.append(
            {
                "latitude": place.latitude, "longitude": place.longitude, "name": place.name,
                "tooltip": words("field_data.point", species=name, count=int(part["animals"].max())),
                "group": species_id, "group_name": name, "is_approximate": place.is_area,
            }
        )  # fmt: skip
    columns = ["latitude", "longitude", "name", "tooltip", "group", "group_name", "is_approximate"]
    return pd.DataFrame(rows, columns=columns)


def animals(
    words: Words, places: Gazetteer, worked: "Worked", stays: pd.DataFrame, told: pd.DataFrame, names: dict[str, str]
) -> list[Block]:  # fmt: skip
    """Show each animal on a line of time, the animals of each pair of countries, and those known on both sides."""
    blocks: list[Block] = [Heading(text=words("field_data.animals"))]
    if stays.empty:
        return [*blocks, Notice(text=words("field_data.result_lead_no_animals"), kind="empty")]
    return [*blocks, *timeline(words, stays, told["individual_key"])]


def identities_not_used(words: Words, worked: "Worked") -> list[Block]:
    """Say which stated identities joined nothing."""
    return []
