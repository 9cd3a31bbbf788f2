"""The main picture of one species: its leading series on one time axis, with marks of the work done for it."""

import pandas as pd

from neaspec.blocks import Block, Chart
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in
from neaspec.sections.figures import Row, figure_words
from neaspec.sections.headlines import beside, leading
from neaspec.sections.species.counts import counts_table, described_counts, file_name, joined_rows
from neaspec.text import Words, is_empty

MOST_LANES = 4
MOST_EVENTS = 2
DONE = ("completed", "under_way", "not_stated")  # of projects; what is only proposed is no event


def main_picture(ask: Ask, words: Words, counts: pd.DataFrame, stands: pd.DataFrame, species_id: str) -> list[Block]:
    """Draw the series that stand for the species; nothing where there are none."""
    lanes = pd.concat([leading(stands), beside(stands)]).dropna(subset=["series_id"]).head(MOST_LANES)
    own = counts[counts["series_id"].isin(lanes["series_id"]) & counts["year_to"].notna() & ~counts["is_derived"]]
    own = own[own["value"].notna() | (own["low"].notna() & own["high"].notna())]
    unit = own["unit"].mode()
    own = own[own["unit"] == unit.iloc[0]] if len(unit) else own
    if len(own) < 2:
        return []
    names = {row["series_id"]: lane_name(row) for row in lanes.to_dict("records")}
    rows = joined_rows(words, described_counts(words, own))
    rows["series_words"] = rows["series_id"].map(names)
    order = {name: place for place, name in enumerate(names.values())}
    rows = rows.assign(place=rows["series_words"].map(order)).sort_values(["place", "year_to"], kind="stable")
    first, last = int(rows["year_to"].min()), int(rows["year_to"].max())
    newest = rows.drop_duplicates("series_words", keep="last").to_dict("records")
    line = words.listed(
        (
            words.labelled(row["series_words"], words.bracketed(figure_words(words, row), str(row["year_to"])))
            for row in newest
        ),
        "semicolon",
    )
    name = words("species.picture")
    return [
        Chart(
            title=name,
            kind="ranges",
            rows=rows.reset_index(drop=True),
            roles={
                "x": "year_to",
                "y": "value",
                "low": "low",
                "high": "high",
                "series": "series_words",
                "mark": "mark",
                "label": "label",
                "joined": "joined",
            },
            value_title=words(f"species.axis_{unit.iloc[0]}"),
            category_title=words("species.axis_year"),
            alt=words("species.picture_alt", first=first, last=last, newest=line),
            table=counts_table(words, name, rows, file_name(f"picture {species_id}")),
            unit=words.term("unit", unit.iloc[0]),
            period=words.period(str(first), str(last)),
            events=events(ask, words, species_id, first, last),
            document_ids=keys_in(rows["document_id"]),
            caveat_ids=keys_in(rows["caveat_ids"]),
        )
    ]


def lane_name(row: Row) -> str:
    """Name a series by the area that was counted, without what explains its name; the card says it in full."""
    return str(row["area_name"]).partition(" (")[0]


def events(ask: Ask, words: Words, species_id: str, first: int, last: int) -> tuple[tuple[float, str], ...]:
    """Give the begin of projects for the species that lies on the axis, the newest ones."""
    projects = ask("projects_found", species_id=species_id, country_code=None)
    marked = [
        (float(str(row["start_date"])[:4]), str(row["short_title"]))
        for row in projects.to_dict("records")
        if not is_empty(row["start_date"]) and row["state"] in DONE and first <= int(str(row["start_date"])[:4]) <= last
    ]
    by_year = dict(sorted(marked))  # one a year: two would lie on each other
    return tuple(list(by_year.items())[-MOST_EVENTS:])
