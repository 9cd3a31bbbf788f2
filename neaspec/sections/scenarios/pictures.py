"""Pictures of scenarios: the futures as fans, what matters as bars, plants near sites as a map."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from neaspec.blocks import Chart, Columns, Map, Points
from neaspec.data.queries import Ask
from neaspec.scenarios.model import BASELINE
from neaspec.scenarios.outcome import Outcome
from neaspec.scenarios.tornado import Bar
from neaspec.sections.common import joined_keys, keys_in, make_table
from neaspec.sections.scenarios.sentences import ends_of, growth_words, percent, scenario_words
from neaspec.text import Words

SITE, PLANT = "site", "plant"


def fan_chart(words: Words, outcome: Outcome, document_ids: tuple[str, ...]) -> Chart:
    """Draw all futures: middle, middle half, 95 of 100 runs."""
    names = {BASELINE: words.text("scenarios.baseline")}
    names |= {scenario.name: scenario_words(words, scenario) for scenario in outcome.case.scenarios}
    rows = pd.concat([frame.assign(future=names[name]) for name, frame in outcome.fans.items()], ignore_index=True)
    bands = ("low95", "low50", "median", "high50", "high95")
    rows[list(bands)] = rows[list(bands)].round()
    columns: Columns = {"future": "text", "year": "integer", **dict.fromkeys(bands, "number")}
    ends = [
        words("scenarios.fan_end", name=names[name], count=words.number(frame["median"].iloc[-1], 0))
        for name, frame in outcome.fans.items()
    ]
    return Chart(
        title=words("scenarios.fan", years=outcome.case.horizon_years),
        kind="fan",
        rows=rows,
        roles={
            "x": "year",
            "y": "median",
            "low": "low95",
            "high": "high95",
            "low50": "low50",
            "high50": "high50",
            "series": "future",
        },
        value_title=words("scenarios.axis_birds"),
        category_title=words("scenarios.axis_year"),
        alt=words("scenarios.fan_alt", ends=words.listed(ends, "semicolon")),
        table=make_table(words, words("scenarios.fan_table"), rows, columns, "futures"),
        counted=words("scenarios.fan_counted", runs=words.number(outcome.case.runs, 0)),
        document_ids=document_ids,
    )


def tornado_chart(words: Words, bars: list[Bar], result: str, documents: dict[str, str]) -> Chart | None:
    """Draw by how much a result changes from the low to the high of each input; None where nothing varies."""
    if not bars:
        return None
    rows = pd.DataFrame(
        [
            {
                "input_words": words.text(f"scenarios.input_{bar.name}"),
                "between": ends_of(words, bar),
                "change": round(100 * bar.length, 2),
                "at_low": result_words(words, result, bar.at_low),
                "at_high": result_words(words, result, bar.at_high),
                "mark_words": words.text(f"scenarios.mark_{bar.mark}"),
                "document_ids": joined_keys(documents.get(row, "") for row in bar.rows),
            }
            for bar in bars
        ]
    )
    rows["category"] = [
        words.bracketed(name, between) for name, between in zip(rows["input_words"], rows["between"], strict=True)
    ]
    rows["told"] = [
        words("scenarios.from_to", low=row["at_low"], high=row["at_high"]) for row in rows.to_dict("records")
    ]
    columns: Columns = {
        "input_words": "text",
        "between": "text",
        "at_low": "text",
        "at_high": "text",
        "mark_words": "text",
        "document_ids": "documents",
    }
    title = words(f"scenarios.tornado_{result}")
    return Chart(
        title=title,
        kind="bars",
        rows=rows,
        roles={"category": "category", "value": "change", "label": "told"},
        value_title=words.text(f"scenarios.tornado_axis_{result}"),
        alt=words("scenarios.tornado_alt", first=rows["category"].iloc[0], told=rows["told"].iloc[0]),
        table=make_table(words, title, rows, columns, f"inputs_that_matter_{result}"),
        document_ids=keys_in(rows["document_ids"]),
    )


def result_words(words: Words, result: str, value: float) -> str:
    """Write a result of the chart of inputs."""
    return growth_words(words, value) if result == "growth" else percent(words, value)


def plants_map(ask: Ask, words: Words, near: pd.DataFrame, plants: pd.DataFrame) -> Map | None:
    """Draw the sites of a species and the plants on record around them; None where there is none of either."""
    if near.empty:
        return None
    sites = pd.DataFrame(
        {
            "latitude": near["latitude"],
            "longitude": near["longitude"],
            "name": near["site_name"],
            "tooltip": [bands_words(words, row) for row in near.to_dict("records")],
            "group": SITE,
            "is_approximate": near["precision_km"] > 10,
        }
    )
    placed = pd.DataFrame(
        {
            "latitude": plants["latitude"],
            "longitude": plants["longitude"],
            "name": plants["name"],
            "tooltip": plants["tooltip"],
            "group": PLANT,
            "is_approximate": True,
        }
    )
    columns: Columns = {
        "name": "text",
        "state_name": "text",
        "energy": "text",
        "capacity_mw": "number",
        "plant_status": "text",
        "plant_year": "text",
        "note": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    title = words("scenarios.plants_map")
    return Map(
        title=title,
        layers=(Points(rows=pd.concat([placed, sites], ignore_index=True), groups=groups(words)),),
        alt=words("scenarios.plants_alt", sites=len(sites), plants=len(placed)),
        table=make_table(words, words("scenarios.plants_table"), plants, columns, "plants"),
        size="middle",
        group_kind="protection",
        document_ids=keys_in([*near["document_ids"], *plants["document_id"]]),
        caveat_ids=("plant_place_uneven",),
    )


def groups(words: Words) -> dict[str, str]:
    """Return the legend of the map."""
    return {SITE: words.text("scenarios.group_site"), PLANT: words.text("scenarios.group_plant")}


def bands_words(words: Words, row: Mapping[Any, Any], unlisted: Collection[str] = ()) -> str:
    """Write how many are on record in each band of distance; a band without any is not told: the lists have gaps.

    unlisted: the bands of which the list does not hold all ground; there none on record is not known.
    """
    bands = ("within_5", "within_25", "beyond_25")
    counts = {band: int(str(row[band])) for band in bands}
    listed = [words(f"scenarios.band_{band}", count=count) for band, count in counts.items() if count]
    unknown = [words.text(f"scenarios.not_known_{band}") for band in bands if band in unlisted and not counts[band]]
    if not listed and len(unknown) == len(bands):
        return words.text("scenarios.band_not_known")
    if not listed:
        listed = [words.text("scenarios.band_none_nearer" if unknown else "scenarios.band_none")]
    return words.listed([*listed, *unknown])
