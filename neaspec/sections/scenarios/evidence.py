"""Evidence of scenarios: cases on record of deaths and distances, what bands are taken after, plants near sites."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from neaspec.blocks import Block, Columns, Heading, Notice, Text
from neaspec.data.queries import Ask
from neaspec.scenarios.model import Scenario
from neaspec.scenarios.own_shape import BANDS, OwnShape
from neaspec.sections.common import keys_in, make_table, short_states
from neaspec.sections.figures import figure_words
from neaspec.sections.scenarios import sentences as say
from neaspec.sections.scenarios.pictures import bands_words, plants_map
from neaspec.shapes.listed_ground import is_listed
from neaspec.text import Words, is_empty

PLANNED = ("announced", "pre_construction", "construction")  # not yet in service


def evidence(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """List quoted cases of deaths and distances, and plants on record near the sites of the species in bands."""
    cases = ask("scenario_evidence")
    shown = cases.assign(figure=[evidence_figure(words, row) for row in cases.to_dict("records")])
    columns: Columns = {
        "parameter": "text",
        "figure": "text",
        "taxon_name": "text",
        "measured": "text",
        "note": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    blocks: list[Block] = [
        Text(text=words.text("scenarios.evidence_none")),
        make_table(words, words.text("scenarios.evidence_table"), shown, columns, "evidence"),
        Heading(text=words.text("scenarios.near"), level=3),
    ]
    near = ask("plants_near_sites", species_id=species_id)
    plants = placed_plants(ask, words)
    drawn = plants_map(ask, words, near, plants)
    blocks += [drawn] if drawn is not None else []
    return [
        *blocks,
        *bands_table(ask, words, near, plants),
        Text(text=words.text("scenarios.plants_licence"), style="note"),
    ]


def evidence_figure(words: Words, row: Mapping[Any, Any]) -> str:
    """Write the figure of a quoted case: shares as hundredths."""
    unit = str(row["measure_unit"])
    if unit.startswith("proportion"):
        scaled: dict[Hashable, float | None] = {
            name: None if is_empty(row[name]) else 100 * float(str(row[name])) for name in ("value", "low", "high")
        }
        rounded: dict[Hashable, Any] = {
            name: None if value is None else round(value, 2) for name, value in scaled.items()
        }
        return words("common.percent", number=figure_words(words, {**rounded, "qualifier": "exact"}))
    return words.unit(figure_words(words, {**row, "qualifier": "exact"}), unit)


def placed_plants(ask: Ask, words: Words) -> pd.DataFrame:
    """Return the plants on record with what a reader is told of each."""
    plants = ask("plants_placed")
    states = {code: short_states(ask, words, code) for code in plants["country_code"].unique()}
    worded = []
    for row in plants.to_dict("records"):
        energy, year = words.text(f"scenarios.fuel_{row['fuel']}"), plant_year(words, row)
        status = words.term("status", row["status"]) or words.text("scenarios.not_on_record")
        plant = words("scenarios.plant_told", energy=energy, capacity=words.number(row["capacity_mw"]), year=year)
        # a note on its place is too long for a tooltip: it stands in the table under the map
        tooltip = words.listed([plant, *planned(words, row)], "semicolon")
        worded.append((energy, states[row["country_code"]], status, year, tooltip))
    columns = ["energy", "state_name", "plant_status", "plant_year", "tooltip"]
    return plants.join(pd.DataFrame(worded, columns=columns, index=plants.index))


def plant_year(words: Words, row: Mapping[Any, Any]) -> str:
    """Write since when a plant is in service, after its status: not yet where it is planned."""
    year = "" if is_empty(row["commissioning_year"]) else str(int(row["commissioning_year"]))
    if row["status"] in PLANNED:
        return words("scenarios.year_planned", year=year) if year else words.text("scenarios.year_not_yet")
    return words("scenarios.year_since", year=year) if year else words.text("scenarios.not_on_record")


def planned(words: Words, row: Mapping[Any, Any]) -> list[str]:
    """Return the status of a plant that only is planned; nothing of one that stands."""
    return [words.term("status", row["status"])] if row["status"] in PLANNED else []


def plant_name(words: Words, row: Mapping[Any, Any], *more: str) -> str:
    """Write the name of a plant with what is known to be wrong or open with it."""
    note = [] if is_empty(row["note"]) else [str(row["note"]).rstrip(".")]
    remarks = [*more, *planned(words, row), *note]
    return words.bracketed(str(row["name"]), words.listed(remarks, "semicolon")) if remarks else str(row["name"])


def bands_table(ask: Ask, words: Words, near: pd.DataFrame, plants: pd.DataFrame) -> list[Block]:
    """List the sites of a species with the plants on record around them, in bands of distance."""
    if near.empty:
        return [Notice(text=words.text("scenarios.no_site"), kind="empty")]
    names = {str(row["plant_id"]): plant_name(words, row, str(row["energy"])) for row in plants.to_dict("records")}
    rows = near.assign(
        state_name=[short_states(ask, words, code) for code in near["country_code"]],
        plants=[bands_words(words, row) for row in near.to_dict("records")],
        place_known=[
            words("scenarios.place_known", km=words.number(max(round(km), 1), 0)) for km in near["precision_km"]
        ],
        nearest=[words.listed(names[key] for key in keys_in([keys])) for keys in near["nearest_plants"]],
    )
    columns: Columns = {
        "site_name": "text",
        "state_name": "text",
        "plants": "text",
        "nearest": "text",
        "place_known": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    return [make_table(words, words.text("scenarios.bands_table"), rows, columns, "plants_near_sites")]


def near_shape(ask: Ask, words: Words, shape: OwnShape, sites: pd.DataFrame) -> str:
    """Say what lies near a reader's own shape, in bands; where the list of plants does not hold, that it is not known.

    Args:
        ask: asks the database.
        words: the wording.
        shape: of the reader.
        sites: of the species, with their points.
    """
    on_record = ask("sites_placed")
    unlisted = [band for band, _, km in BANDS if not is_listed(shape.areas, shape.lines, km, on_record)]
    plants = bands_words(words, shape.counts_near(ask("plants_placed")), unlisted)
    near = words("scenarios.shape_near", bands=plants, sites=bands_words(words, shape.counts_near(sites)))
    return words.sentences(near, words.text("scenarios.plants_unlisted")) if unlisted else near


def cases_on_record(ask: Ask, words: Words) -> dict[str, str]:
    """Return the cases that a band of distance can be taken after: key -> words."""
    cases = ask("scenario_evidence")
    return {str(row["parameter_id"]): case_words(words, row) for row in cases.to_dict("records")}


def case_words(words: Words, row: Mapping[Any, Any]) -> str:
    """Write a case on record in one line: what was measured, figure, birds."""
    return words.labelled(str(row["parameter"]), words.listed([evidence_figure(words, row), str(row["taxon_name"])]))


def given_bands(ask: Ask, words: Words, scenarios: Sequence[Scenario]) -> list[Block]:
    """List the bands of distance that a reader entered, each with what it is taken after; nothing without bands."""
    cases: dict[str, dict[Any, Any]] = {
        str(row["parameter_id"]): row for row in ask("scenario_evidence").to_dict("records")
    }
    rows = [
        {
            "scenario": scenario.name,
            "band": say.band_words(words, scenario.bands, place),
            "pairs": words.percent(round(100 * band.pairs, 2)),
            "fewer_young": words.percent(round(100 * band.young_loss, 2)),
            "more_deaths": words.percent(round(100 * band.extra_mortality, 2)),
            **taken_after(words, cases, band.evidence),
        }
        for scenario in scenarios
        for place, band in enumerate(scenario.bands)
    ]
    if not rows:
        return []
    columns: Columns = {**dict.fromkeys(rows[0], "text"), "document_id": "documents", "caveat_ids": "caveats"}
    title = words.text("scenarios.given_bands")
    return [make_table(words, title, pd.DataFrame(rows), columns, "bands_of_distance")]


def taken_after(words: Words, cases: Mapping[str, Mapping[Any, Any]], evidence: str) -> dict[str, str]:
    """Return the cells on what a band is taken after: a case on record with its document, or an assumption."""
    if evidence not in cases:
        assumed = words.text("scenarios.band_assumption")
        return {"taken_after": assumed, "document_id": "", "caveat_ids": "", "locator": ""}
    row = cases[evidence]
    keys = {name: "" if is_empty(row[name]) else str(row[name]) for name in ("document_id", "caveat_ids", "locator")}
    return {"taken_after": case_words(words, row), **keys}
