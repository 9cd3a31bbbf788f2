"""One species: where it lives and is counted, what is not known, survey effort, threats, sites, demographic facts."""

from collections.abc import Iterable

import pandas as pd

from neaspec.blocks import Block, Columns, Details, Heading, Notice, PageLink, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import folded, keys_in, make_table
from neaspec.sections.figures import figure_words, period_words, years
from neaspec.sections.sites.wording import LEVELS
from neaspec.sections.sites.wording import level_words as stated_level
from neaspec.sections.species.counts import series_label
from neaspec.text import Words, is_empty

GAP_STATES = ["not_surveyed", "not_reported", "not_known", "not_found"]
MOST_ZEROS = 10


def _terms(words: Words, column: str, codes: object) -> str:
    """Write codes that are separated by a space in words."""
    return words.listed(words.term(column, code) for code in keys_in([codes]))


def finer(presences: Iterable[str]) -> list[str]:
    """Leave out that a species is present where a document says how: breeding, wintering, on passage, resident."""
    listed = list(presences)
    return [value for value in listed if value not in ("present", "not_known")] or listed


def states(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Say for each country whether the species lives there and whether it was counted."""
    rows = ask("species_states", species_id=species_id)
    blocks: list[Block] = [Heading(text=words("species.states"))]
    if rows.empty:
        return [*blocks, Notice(text=words("species.states_none"), kind="empty")]
    rows = with_figures(words, rows).assign(
        country_label=rows["country_name"],
        presence_words=[
            words.listed(words.term("presence", value) for value in finer(keys_in([presences])))
            for presences in rows["presences"]
        ],
    )
    columns: Columns = {
        "country_label": "text",
        "presence_words": "text",
        "newest_words": "text",
        "kind_words": "text",
        "what": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    rows["newest_words"] = [
        words(
            "species.state_individuals" if row["unit"] == "individuals" else "species.state_figure",
            figure=row["figure"],
            unit=row["unit_words"],
            area=row["area_name"],
            period=row["period_words"],
        )
        if row["unit_words"]
        else row["figure"]
        for row in rows.to_dict("records")
    ]
    table = make_table(words, words("species.states_table"), rows, columns, "countries")
    return [*blocks, Text(text=words("species.states_how"), style="note"), table]


def with_figures(words: Words, rows: pd.DataFrame) -> pd.DataFrame:
    """Write the figures of the answer of species_states: the figure itself, or in words why a State has none."""
    listed = rows.to_dict("records")
    has_figure = rows["unit"].notna().tolist()
    return rows.assign(
        figure=[
            figure_words(words, row) if has else words(f"species.finding_{row['finding']}")
            for row, has in zip(listed, has_figure, strict=True)
        ],
        unit_words=[words.term("unit", row["unit"]) for row in listed],
        period_words=[period_words(words, row) if has else "" for row, has in zip(listed, has_figure, strict=True)],
        kind_words=[series_label(words, row) if has else "" for row, has in zip(listed, has_figure, strict=True)],
        what=["" if has or is_empty(row["what"]) else row["what"] for row, has in zip(listed, has_figure, strict=True)],
    )


def unknown(ask: Ask, words: Words, counts: pd.DataFrame, species_id: str) -> list[Block]:
    """List what is missing, and apart from it what was counted and found to be zero."""
    rows = ask("gaps_stated", species_id=species_id, country_code=None, site_id=None, project_id=None, meeting_id=None)
    blocks: list[Block] = [Heading(text=words("species.unknown"))]
    if rows.empty:
        blocks.append(Notice(text=words("species.unknown_none"), kind="empty"))
    else:
        totals = rows["state"].value_counts()
        stated = [
            words("species.unknown_state", count=totals[state], state=words.term("state", state))
            for state in GAP_STATES
            if state in totals
        ]
        blocks.append(Text(text=words("species.unknown_lead", count=len(rows), states=words.listed(stated))))
        rows = rows.assign(
            gap_words=[words.term("state", state) for state in rows["state"]], country_label=rows["country_name"]
        )
        columns: Columns = {
            "gap_words": "text",
            "what": "text",
            "country_label": "text",
            "site_name": "text",
            "document_id": "documents",
            "locator": "text",
            "caveat_ids": "caveats",
            "note": "text",
        }
        blocks.append(make_table(words, words("species.unknown_table"), rows, columns, "gaps"))
    return blocks + zeros(words, counts)


def zeros(words: Words, counts: pd.DataFrame) -> list[Block]:
    """Name the counts that found none: they are figures, not gaps."""
    none = counts[counts["value"] == 0].sort_values(["area_name", "year_to"])
    if none.empty:
        return []
    figures = [
        words("species.zero_row", area=row["area_name"], period=period_words(words, row))
        for _, row in none.head(MOST_ZEROS).iterrows()
    ]
    sentence = words("species.zeros", figures=words.listed(figures, "semicolon"))
    return [Text(text=sentence, document_ids=keys_in(none["document_id"]), caveat_ids=keys_in(none["caveat_ids"]))]


def effort(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """List with what effort the species was searched for."""
    rows = ask("species_effort", species_id=species_id)
    if rows.empty:
        return []
    rows = rows.assign(
        period_words=[years(words, row) for _, row in rows.iterrows()],
        method_words=[words.term("method", method) for method in rows["method"]],
        named_for=[words("species.effort_own" if is_own else "species.effort_shared") for is_own in rows["is_own"]],
    )
    columns: Columns = {
        "area_name": "text",
        "period_words": "text",
        "value": "number",
        "effort_unit": "text",
        "method_words": "text",
        "named_for": "text",
        "project": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    table = make_table(words, words("species.effort_table"), rows, columns, "effort")
    return [folded(words, table)]


def threats(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """List the threats named for the species, then those named for its group."""
    rows = ask("threats_named", species_id=species_id, site_id=None, country_code=None)
    blocks: list[Block] = [Heading(text=words("species.threats"))]
    if rows.empty:
        return [*blocks, Notice(text=words("species.threats_none"), kind="empty")]
    rows = rows.assign(is_own=rows["species_id"].notna()).sort_values("is_own", ascending=False, kind="stable")
    rows = rows.assign(
        threat_words=[words.term("threat_kind", kind) for kind in rows["threat_kind"]],
        named_for=[
            words("species.named_for_species" if row.is_own else f"species.named_for_{row.taxon_group}")
            for row in rows.itertuples()
        ],
        country_label=rows["country_name"],
    )
    columns: Columns = {
        "threat_words": "text",
        "what": "text",
        "named_for": "text",
        "country_label": "text",
        "site_name": "text",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    note = Text(text=words("species.threats_how"), style="note")
    table = make_table(words, words("species.threats_table"), rows, columns, "threats")
    return [*blocks, note, folded(words, table)]


def sites(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """List the sites of the species with their protection, and lead on to the map."""
    rows = ask("species_sites", species_id=species_id)
    blocks: list[Block] = [Heading(text=words("species.sites"))]
    links: list[Block] = [
        PageLink(text=words("species.sites_link"), page="sites", choices={"species": species_id}),
        PageLink(text=words("species.movements_link"), page="movements", choices={"species": species_id}),
    ]
    if rows.empty:
        return [*blocks, Notice(text=words("species.sites_none"), kind="empty"), *links]
    rows = rows.assign(protection=rows["protection"].fillna("not_known"))
    totals = rows["protection"].value_counts()
    levels = [level_words(words, level, int(totals[level])) for level in LEVELS if level in totals]
    rows = rows.assign(
        use_words=[_terms(words, "role", roles) for roles in rows["site_roles"]],
        level_words=[stated_level(words, row["protection"], row["standing"]) for _, row in rows.iterrows()],
    )
    columns: Columns = {
        "site_name": "text",
        "country_names": "text",
        "use_words": "text",
        "level_words": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("species.sites_table"), rows, columns, "sites")
    return [
        *blocks,
        Text(text=words("species.sites_lead", sites=len(rows), levels=words.listed(levels))),
        table,
        *links,
    ]


def level_words(words: Words, level: str, count: int) -> str:
    """Say how many sites have a level of protection."""
    if level in ("none", "not_known"):
        return words(f"species.sites_level_{level}", count=count)
    return words("species.sites_level", count=count, level=words.term("level", level))


def demography(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """List what was measured on the species, and apart from it what was measured on relatives."""
    rows = ask("species_demography", species_id=species_id)
    blocks: list[Block] = [Heading(text=words("species.demography"))]
    if rows.empty:
        return [*blocks, Notice(text=words("species.demography_none"), kind="empty")]
    columns: Columns = {
        "parameter": "text",
        "value": "number",
        "low": "number",
        "high": "number",
        "measure_unit": "text",
        "taxon_name": "text",
        "measured": "text",
        "formula": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    own, relatives = rows[~rows["is_relative"]], rows[rows["is_relative"]]
    if own.empty:
        blocks.append(Notice(text=words("species.demography_none"), kind="empty"))
    else:
        table = make_table(words, words("species.demography_table"), own, columns, "demography")
        blocks.append(folded(words, table))
    if not relatives.empty:
        caution = Notice(text=words("species.demography_relatives_note"), kind="caution")
        title = words("species.demography_relatives_table")
        table = make_table(words, title, relatives, columns, "demography_relatives")
        more = words("species.demography_relatives", count=len(relatives))
        blocks.append(Details(title=more, blocks=(caution, table)))
    return blocks
