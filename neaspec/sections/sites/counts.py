"""Flagship species at one site: how they use it, and the figures documents give."""

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Heading, Notice, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.figures import figure_with_kind, mark_of, season_or_years, year
from neaspec.sections.sites.wording import filled
from neaspec.text import Words

# Fewer figures than this are read better in the table.
FEWEST_DRAWN = 3
NO_PART = {"not_stated", "pairs"}  # not stated, or said by the kind of the figure already


def species_and_counts(ask: Ask, words: Words, site_id: str, parent: pd.DataFrame) -> list[Block]:
    """Tell which species use the site, and show all figures of one part, kind and method as one series."""
    uses = ask("sites_species", site_id=site_id)
    counts = ask("sites_counts", site_id=site_id)
    blocks: list[Block] = [Heading(text=words("sites.species"))]
    larger = parent[parent["species_names"].notna()]
    if uses.empty and counts.empty and larger.empty:
        return []
    if uses.empty:
        blocks += [Notice(text=species_of_larger(words, row), kind="empty") for _, row in larger.iterrows()]
    else:
        uses = uses.assign(use_words=[words.term("role", role) for role in uses["role"]])
        columns: Columns = {
            "species_name": "text",
            "use_words": "text",
            "as_of": "date",
            "document_id": "documents",
            "locator": "text",
            "caveat_ids": "caveats",
            "note": "text",
        }
        blocks.append(
            make_table(words, words("sites.species_table"), uses, filled(uses, columns), f"species_{site_id}")
        )
    if counts.empty:
        return blocks if uses.empty else [*blocks, Notice(text=words("sites.counts_none"), kind="empty")]
    rows = described_counts(words, counts)
    table = counts_table(words, rows, site_id)
    # A figure that no author answers for stays in the table: a curve would give it weight.
    is_weak = rows["caveat_ids"].fillna("").str.contains("web_page_only")
    drawn = rows[rows["year_to"].notna() & (rows["value"].notna() | rows["low"].notna()) & ~is_weak]
    return [*blocks, counts_chart(words, drawn, table) if len(drawn) >= FEWEST_DRAWN else table]


def species_of_larger(words: Words, larger: pd.Series) -> str:
    """Say that no species is named for the site itself, and which are named for the larger one it belongs to."""
    return words("sites.species_none_parent", parent=larger["name"], species=larger["species_names"])


def described_counts(words: Words, counts: pd.DataFrame) -> pd.DataFrame:
    """Add the words, the mark and the series of each figure."""
    series = [series_words(words, row) for _, row in counts.iterrows()]
    return counts.assign(
        series=series,
        population_part=[words.term("population_part", part) for part in counts["population_part"]],
        figure=[figure_with_kind(words, row) for _, row in counts.iterrows()],
        period_words=[season_or_years(words, row) for _, row in counts.iterrows()],
        method_words=[words.term("method", method) for method in counts["method"]],
        mark=[mark_of(row) for _, row in counts.iterrows()],
        joined=counts["is_joined"].astype(bool),
    )


def series_words(words: Words, row: pd.Series) -> str:
    """Name a series: species, the side where only one was counted, part of the population, kind and method."""
    species = row["species_name"]
    if not pd.isna(row["side_name"]):
        species = words("sites.species_side", species=species, side=row["side_name"])
    placeholders = {"species": species, "kind": words.term("count_kind", row["count_kind"])}
    placeholders["method"] = words.term("method", row["method"])
    if row["population_part"] in NO_PART:
        return words("sites.counts_series", **placeholders)
    return words("sites.counts_series_part", part=words.term("population_part", row["population_part"]), **placeholders)


def counts_table(words: Words, rows: pd.DataFrame, site_id: str) -> Table:
    """List every figure with its kind, method, season and source."""
    columns: Columns = {
        "species_name": "text",
        "side_name": "text",
        "figure": "text",
        "population_part": "text",
        "period_words": "text",
        "method_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    return make_table(words, words("sites.counts_table"), rows, filled(rows, columns), f"counts_{site_id}")


def counts_chart(words: Words, drawn: pd.DataFrame, table: Table) -> Chart:
    """Draw the figures by year; only those of one documented series are joined."""
    drawn = drawn.sort_values(["series", "year_to", "count_id"], ignore_index=True)
    top = drawn[["value", "high"]].max(axis=1)
    summary = words.listed(
        (
            words(
                "sites.counts_summary" if len(group) > 1 else "sites.counts_summary_one",
                series=name,
                count=len(group),
                period=words.period(year(group["year_to"].min()), year(group["year_to"].max())),
                highest=words.number(top[group.index].max()),
            )
            for name, group in drawn.groupby("series", sort=True)
        ),
        "semicolon",
    )
    first, last = str(int(drawn["year_to"].min())), str(int(drawn["year_to"].max()))
    return Chart(
        title=words("sites.counts_chart"),
        kind="ranges",
        rows=drawn,
        roles={
            "x": "year_to",
            "y": "value",
            "low": "low",
            "high": "high",
            "series": "series",
            "mark": "mark",
            "species": "species_id",
            "joined": "joined",
        },
        value_title=words("sites.counts_axis"),
        category_title=words("sites.counts_axis_years"),
        alt=words("sites.counts_alt", summary=summary),
        table=table,
        unit=words("sites.counts_axis"),
        counted=words("sites.counts_counted"),
        period=words.period(first, last),
        document_ids=keys_in(drawn["document_id"]),
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
