"""Crossings and stays of dropped files at the public level: map, grades, matrix, line of time."""

from typing import Any

import pandas as pd

from neaspec.blocks import Arrows, Block, Chart, Column, Map, Notice, Points, Table, Text
from neaspec.crossings.model.records import GRADES, POINT_KINDS
from neaspec.crossings.privacy.redact import redact_all
from neaspec.sections.common import folded, make_table, rows_of
from neaspec.sections.field_data.places import Gazetteer, worded
from neaspec.text import Words

MOST_OF_ONE, MOST_BARS = 10, 60  # stays of one animal and of all on the line of time; who crossed most comes first
ZONE_ONLY = "border_zone_only"
CROSSING_COLUMNS = {
    "animal": "text",
    "species_name": "text",
    "from_country_name": "text",
    "to_country_name": "text",
    "grade_words": "text",
    "left_period": "text",
    "arrived_period": "text",
    "time_between": "text",
    "from_name": "text",
    "to_name": "text",
    "evidence_words": "text",
    "sex_words": "text",
    "age_words": "text",
    "reason_words": "text",
    "from_record": "text",
    "to_record": "text",
}
STAY_COLUMNS = {
    "animal": "text",
    "species_name": "text",
    "stay_country": "text",
    "arrived_period": "text",
    "left_period": "text",
    "record_count": "integer",
    "from_name": "text",
    "to_name": "text",
    "evidence_words": "text",
}

MATCH_COLUMNS = dict.fromkeys(
    ("individual_key", "data_set", "individual", "sample_id", "method", "loci_compared", "loci_matched", "laboratory"),
    "text",
)


def codes_words(words: Words, term: str, codes: object) -> str:
    """Return codes separated by spaces as words."""
    return words.listed(words.term(term, code) for code in str(codes or "").split())


def told_crossings(words: Words, places: Gazetteer, crossings: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Add what readers see to crossings.

    Args:
        words: the wording.
        places: names and points of places.
        crossings: PublicResults.crossings.
        names: species_id -> English name.
    """
    starts = worded(
        crossings,
        ("from_place_id", "from_country_code"),
        lambda row: places.place(row.from_place_id, row.from_country_code),
    )
    ends = worded(
        crossings, ("to_place_id", "to_country_code"), lambda row: places.place(row.to_place_id, row.to_country_code)
    )
    return crossings.assign(
        animal=worded(crossings, ("individual", "individual_key"), lambda row: animal_words(words, row)),
        time_between=worded(crossings, ("gap_days", "gap_months", "time_level"), lambda row: gap_words(words, row)),
        species_name=worded(crossings, ("species_id", "taxon"), lambda row: names.get(row.species_id, row.taxon)),
        from_country_name=[places.country(code) for code in crossings["from_country_code"]],
        to_country_name=[places.country(code) for code in crossings["to_country_code"]],
        grade_words=[words.term("crossing_grade", grade) for grade in crossings["grade"]],
        evidence_words=worded(crossings, ("evidence",), lambda row: codes_words(words, "evidence", row.evidence)),
        sex_words=[words.term("sex", sex) for sex in crossings["sex"]],
        age_words=[words.term("age", age) for age in crossings["age"]],
        reason_words=worded(crossings, ("reasons",), lambda row: codes_words(words, "crossing_reason", row.reasons)),
        from_name=[place.name for place in starts],
        to_name=[place.name for place in ends],
        from_latitude=[place.latitude for place in starts],
        from_longitude=[place.longitude for place in starts],
        to_latitude=[place.latitude for place in ends],
        to_longitude=[place.longitude for place in ends],
        from_record=records_words(words, crossings["from_source"], crossings["from_row"]),
        to_record=records_words(words, crossings["to_source"], crossings["to_row"]),
    )


def animal_words(words: Words, row: Any) -> str:
    """Return the name of an animal, and the one its data set uses where that is another."""
    if row.individual in ("", row.individual_key):
        return str(row.individual_key)
    return words("field_data.animal", known=row.individual_key, name=row.individual)


def gap_words(words: Words, row: Any) -> str:
    """Return the time between two records as coarse as it is told."""
    if not pd.isna(row.gap_days):
        return words("field_data.gap_days", count=words.number(float(row.gap_days)))
    if pd.isna(row.gap_months):
        return ""
    if not row.gap_months:
        return words("field_data.gap_within", period=words.term("time_level", row.time_level))
    return words("field_data.gap_months", count=words.number(float(row.gap_months)))


def records_words(words: Words, sources: pd.Series, rows: pd.Series) -> list[str]:
    """Write which line of which file each record is."""
    pairs = zip(sources.tolist(), rows.tolist(), strict=True)
    return [words("field_data.record", source=source, row=row) for source, row in pairs]


def crossing_map(words: Words, crossings: pd.DataFrame, points: pd.DataFrame, table: Table) -> list[Block]:
    """Draw an arrow for each crossing between two sites or cells, and the places with records.

    Args:
        words: the wording.
        told: of told_crossings.
        points: latitude, longitude, name, tooltip, group, is_approximate; one row a place.
        table: of crossings.
    """
    ends = ["from_latitude", "from_longitude", "to_latitude", "to_longitude"]
    apart = (crossings["from_latitude"] != crossings["to_latitude"]) | (
        crossings["from_longitude"] != crossings["to_longitude"]
    )
    exact = crossings["from_place_kind"].isin(POINT_KINDS) & crossings["to_place_kind"].isin(POINT_KINDS)
    drawn = crossings[crossings[ends].notna().all(axis=1) & apart & exact]
    together = drawn.groupby([*ends, "species_id", "species_name", "from_name", "to_name"], as_index=False).agg(
        crossings=("individual_key", "size"), animals=("individual_key", "nunique")
    )
    arrows = together[ends].assign(
        name=[words("movements.way", start=row.from_name, end=row.to_name) for row in rows_of(together)],
        tooltip=[
            words("field_data.arrow", species=row.species_name, crossings=row.crossings, animals=row.animals)
            for row in rows_of(together)
        ],
        group=together["species_id"],
        weight=together["animals"].astype("Float64"),
        is_directed=True,
    )
    groups = dict(zip(crossings["species_id"], crossings["species_name"], strict=True)) | dict(
        zip(points["group"], points["group_name"], strict=True)
    )
    missing = len(crossings) - len(drawn)
    note = Text(text=words("field_data.not_on_map", count=missing, total=len(crossings)), style="note")
    notes: list[Block] = [note] if missing else []
    if arrows.empty and points.empty:
        return [*notes, table]
    layers = (Points(rows=points, groups=groups), Arrows(rows=arrows, groups=groups))
    picture = Map(
        title=words("field_data.map"),
        layers=tuple(layer for layer in layers if not layer.rows.empty),
        table=table,
        alt=words("field_data.map_alt", arrows=len(arrows), points=len(points)),
        unit=words("field_data.map_crossings"),
        counted=words("field_data.map_counted"),
        group_kind="species",
    )
    return [picture, *notes]


def grades(words: Words, crossings: pd.DataFrame) -> Chart:
    """Draw the crossings of each pair of countries by grade."""
    counted = (
        crossings.groupby(["from_country_name", "to_country_name", "grade"], as_index=False)
        .size()
        .assign(
            pair=lambda rows: [
                words("movements.way", start=row.from_country_name, end=row.to_country_name) for row in rows_of(rows)
            ],
            grade_words=lambda rows: [words.term("crossing_grade", grade) for grade in rows["grade"]],
            order=lambda rows: [GRADES.index(grade) for grade in rows["grade"]],
        )
        .sort_values(["pair", "order"], ignore_index=True)
        .rename(columns={"size": "crossing_count"})
    )
    columns = {"pair": "text", "grade_words": "text", "crossing_count": "integer"}
    listed = words.listed(
        (words.labelled(row.pair, f"{row.crossing_count} {row.grade_words}") for row in rows_of(counted)), "semicolon"
    )
    title = words("field_data.grades_chart")
    return Chart(
        title=title,
        kind="stacked_bars",
        rows=counted,
        roles={"category": "pair", "value": "crossing_count", "part": "grade_words"},
        value_title=words("field_data.axis_crossings"),
        alt=words("field_data.grades_alt", listed=listed),
        table=make_table(words, title, counted, columns, "grades"),  # type: ignore[arg-type]
        unit=words("field_data.map_unit"),
        counted=words("field_data.grades_counted"),
    )


def matrix(words: Words, places: Gazetteer, crossings: pd.DataFrame) -> Table:
    """Make the table of crossings from each country (rows) to each (columns)."""
    counts = pd.crosstab(crossings["from_country_code"], crossings["to_country_code"])
    codes = sorted(set(counts.index) | set(counts.columns))
    square = counts.reindex(index=codes, columns=codes, fill_value=0)
    rows = pd.DataFrame({"from_country_name": [places.country(code) for code in codes]})
    for code in codes:
        rows[f"to_{code}"] = square[code].tolist()
    columns = (
        Column(name="from_country_name", label=words.column("from_country_name")),
        *(Column(name=f"to_{code}", label=places.country(code), kind="integer") for code in codes),
    )
    return Table(title=words("field_data.matrix_table"), columns=columns, rows=rows, file_name="matrix")


def told_stays(words: Words, places: Gazetteer, stays: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Add what readers see to stays (PublicResults.stays)."""
    return stays.assign(
        animal=worded(stays, ("individual", "individual_key"), lambda row: animal_words(words, row)),
        species_name=worded(stays, ("species_id", "taxon"), lambda row: names.get(row.species_id, row.taxon)),
        stay_country=[places.country(code) for code in stays["country_code"]],
        evidence_words=worded(stays, ("evidence",), lambda row: codes_words(words, "evidence", row.evidence)),
        record_count=stays["records"],
        from_name=worded(
            stays,
            ("first_place_id", "country_code"),
            lambda row: places.place(row.first_place_id, row.country_code).name,
        ),
        to_name=worded(
            stays, ("last_place_id", "country_code"), lambda row: places.place(row.last_place_id, row.country_code).name
        ),
    )


def timeline(words: Words, crossings: pd.DataFrame, crossing_animals: pd.Series) -> list[Block]:
    """Draw the stays of the animals that crossed most on a line of time; those only in the border zone are left out."""
    table = make_table(words, words("field_data.stays_table"), crossings, STAY_COLUMNS, "stays")  # type: ignore[arg-type]
    often = crossing_animals.value_counts()
    order = sorted(often.index, key=lambda key: (-often[key], key))
    known = crossings[
        crossings["is_solid"] & (crossings["country_code"] != "") & crossings["individual_key"].isin(order)
    ]
    if known.empty:
        return [table]
    first = known.sort_values(["individual_key", "stay"]).groupby("individual_key").head(MOST_OF_ONE)
    bars = first["individual_key"].value_counts().reindex(order).fillna(0).cumsum()
    rows = first[first["individual_key"].isin(bars[bars <= MOST_BARS].index)].reset_index(drop=True)
    chart = Chart(
        title=words("field_data.timeline"),
        kind="timeline",
        rows=rows,
        roles={"category": "animal", "start": "start", "end": "end", "part": "stay_country"},
        value_title=words("field_data.axis_time"),
        table=table,
        counted=words("field_data.timeline_counted"),
        alt=words("field_data.timeline_alt", animals=rows["animal"].nunique()),
        unit=words("field_data.timeline_unit"),
    )
    if len(rows) == len(known):
        return [chart]
    said = words(
        "field_data.timeline_first", most=MOST_OF_ONE, shown=rows["animal"].nunique(), count=known["animal"].nunique()
    )
    return [chart, Text(text=said, style="note")]


def matches(words: Words, stated: pd.DataFrame) -> list[Block]:
    """Show the stated matches behind animals that have several names (nothing if there are none)."""
    if stated.empty:
        return []
    redacted = stated.assign(**{name: redact_all(stated[name]) for name in MATCH_COLUMNS})
    title = words("field_data.matches_table")
    return [folded(words, make_table(words, title, redacted, MATCH_COLUMNS, "matches"))]  # type: ignore[arg-type]


def crossing_picture(words: Words, crossings: pd.DataFrame, points: pd.DataFrame) -> list[Block]:
    """Show crossings on a map, with the list of them."""
    if crossings.empty:
        return [Notice(text=words("field_data.no_crossing"), kind="empty")]
    table = make_table(words, words("field_data.crossings_table"), crossings, CROSSING_COLUMNS, "crossings")  # type: ignore[arg-type]
    return crossing_map(words, crossings[crossings["grade"] != ZONE_ONLY], points, table)


def crossings_counted(words: Words, places: Gazetteer, crossings: pd.DataFrame) -> list[Block]:
    """Show how many crossings there are of each grade, and between which countries."""
    if crossings.empty:
        return []
    sure = crossings[crossings["grade"] != ZONE_ONLY]
    return [grades(words, crossings), *([matrix(words, places, sure)] if len(sure) else [])]
