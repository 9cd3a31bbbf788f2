"""The pictures of papers and stories: sites, movements, a species over time, animals on both sides, money."""

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from neaspec.blocks import Arrows, Chart, Columns, Map, Points
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.sections.figures import figure_words, mark_of, period_words
from neaspec.sections.sites.wording import level_words
from neaspec.text import Words, is_empty

APPROXIMATE = ("approximate", "computed", "generalised", "midpoint_of_extent", "nearby_town")
LEVELS = ("international", "national", "subnational", "none", "not_known")
LARGEST_HA = 1_500_000
ENDS = ("from_latitude", "from_longitude", "to_latitude", "to_longitude")
MOST_LINES = 4  # series in one chart


def sites_map(words: Words, title: str, sites: pd.DataFrame) -> list[Map]:
    """Draw sites by protection where a position is known.

    Args:
        words: the wording.
        title: what the map shows.
        sites: rows of queries/sites_protected.sql.
    """
    placed = sites[sites["latitude"].notna()]
    if placed.empty:
        return []
    rows = pd.DataFrame(
        {
            "latitude": placed["latitude"],
            "longitude": placed["longitude"],
            "name": placed["name"],
            "tooltip": [site_line(words, row.level, row.standing, row.species_names) for row in rows_of(placed)],
            "group": placed["level"],
            "is_approximate": placed["coordinate_basis"].isin(APPROXIMATE),
            "size": [float("nan") if pd.isna(ha) else min(1.0, math.sqrt(ha / LARGEST_HA)) for ha in placed["area_ha"]],
        }
    ).reset_index(drop=True)
    groups = {level: level_words(words, level) for level in LEVELS if level in set(placed["level"])}
    listed = sites.assign(level_words=[level_words(words, row.level, row.standing) for row in rows_of(sites)])
    columns: Columns = {
        "name": "text",
        "country_names": "text",
        "level_words": "text",
        "species_names": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("briefs.part_sites"), listed, columns, "sites")
    return [
        Map(
            title=title,
            layers=(Points(rows=rows, groups=groups),),
            alt=words("briefs.sites_alt", count=len(placed), listed=words.listed(placed["name"].head(12))),
            table=table,
            view="tumen" if bool(placed["is_tumen"].astype(bool).all()) else "region",
            group_kind="protection",
            document_ids=keys_in(sites["protection_document_ids"])[:8],
        )
    ]


def site_line(words: Words, level: str, standing: object, species: object) -> str:
    """Write the protection of a site and the species that use it, for the pointer."""
    parts = [level_words(words, level, standing), "" if is_empty(species) else str(species)]
    return "\n".join(part for part in parts if part)


def movements_map(words: Words, title: str, moves: pd.DataFrame) -> list[Map]:
    """Draw recorded movements whose two ends are known and apart, coloured by species.

    Args:
        words: the wording.
        title: what the map shows.
        moves: rows of queries/movements_found.sql.
    """
    placed = moves[moves[list(ENDS)].notna().all(axis=1)]
    is_apart = (placed["from_latitude"] != placed["to_latitude"]) | (placed["from_longitude"] != placed["to_longitude"])
    drawn = placed[is_apart & ~placed["individuals"].eq(0).fillna(False)]
    if drawn.empty:
        return []
    rows = pd.DataFrame(
        {
            **{end: drawn[end] for end in ENDS},
            "name": [way(words, row) for row in rows_of(drawn)],
            "tooltip": [
                words.listed(
                    (part for part in (row.species_name, words.period(row.date_from, row.date_to)) if part), "dot"
                )
                for row in rows_of(drawn)
            ],
            "group": drawn["species_id"],
            "weight": drawn["individuals"].astype("Float64"),
            "is_directed": drawn["movement_kind"] == "journey",
        }
    ).reset_index(drop=True)
    groups = dict(zip(drawn["species_id"], drawn["species_name"], strict=True))
    listed = moves.assign(
        way=[way(words, row) for row in rows_of(moves)],
        period_words=[words.period(row.date_from, row.date_to) for row in rows_of(moves)],
        method_words=[words.term("method", method) for method in moves["method"]],
    )
    columns: Columns = {
        "species_name": "text",
        "way": "text",
        "period_words": "text",
        "method_words": "text",
        "document_id": "documents",
        "caveat_ids": "caveats",
    }
    return [
        Map(
            title=title,
            layers=(Arrows(rows=rows, groups=groups),),
            alt=words("briefs.movements_alt", count=len(drawn), listed=words.listed(sorted(set(groups.values())))),
            table=make_table(words, words("briefs.part_movements"), listed, columns, "movements"),
            group_kind="species",
            document_ids=keys_in(drawn["document_id"])[:8],
        )
    ]


def way(words: Words, row: object) -> str:
    """Say from where to where animals went, or between which places they were recorded."""
    key = "briefs.way" if getattr(row, "movement_kind", "") == "journey" else "briefs.way_both"
    return words(key, start=getattr(row, "from_name", ""), end=getattr(row, "to_name", ""))


def joined_series(counts: pd.DataFrame) -> list[pd.DataFrame]:
    """Return like-for-like series with more than one figure, those that stand for the species first, then the longest.

    Args:
        counts: rows of queries/species_counts.sql for one species.
    """
    fit = counts[counts["is_joined"].astype(bool) & counts["value"].notna() & counts["year_to"].notna()]
    fit = fit[~fit["is_derived"].astype(bool)]
    series = [rows.sort_values("year_to") for _, rows in fit.groupby("series_id") if len(set(rows["year_to"])) > 1]

    def weight(rows: pd.DataFrame) -> tuple[float, int, str]:
        order = rows["headline_order"].min()
        return (99.0 if pd.isna(order) else float(order), -len(rows), str(rows["series_id"].iloc[0]))

    return sorted(series, key=weight)


def series_chart(words: Words, title: str, species_id: str, series: Sequence[pd.DataFrame]) -> list[Chart]:
    """Draw like-for-like series of one species on one axis; figures of two series are never joined or added."""
    drawn = [rows for rows in series if rows["unit"].iloc[0] == series[0]["unit"].iloc[0]][:MOST_LINES]
    if not drawn:
        return []
    rows = pd.concat(drawn).assign(
        species_id=species_id if len(drawn) == 1 else "",
        series_words=lambda every: [series_name(words, row) for _, row in every.iterrows()],
        mark=lambda every: [mark_of(row) for _, row in every.iterrows()],
        year_to=lambda every: every["year_to"].astype(int),
        figure=lambda every: [figure_words(words, row) for _, row in every.iterrows()],
        period_words=lambda every: [period_words(words, row) for _, row in every.iterrows()],
        joined=True,
    )
    unit = str(rows["unit"].iloc[0])
    columns: Columns = {
        "series_words": "text",
        "period_words": "text",
        "figure": "text",
        "document_id": "documents",
        "caveat_ids": "caveats",
    }
    names = list(dict.fromkeys(rows["series_words"]))
    return [
        Chart(
            title=title,
            kind="ranges",
            rows=rows.reset_index(drop=True),
            roles={
                "x": "year_to",
                "y": "value",
                "low": "low",
                "high": "high",
                "series": "series_words",
                "mark": "mark",
                "species": "species_id",
                "joined": "joined",
            },
            value_title=words.term("unit", unit),
            category_title=words("briefs.axis_year"),
            alt=words("briefs.series_alt", listed=words.listed(names, "semicolon"), title=title),
            table=make_table(words, title, rows, columns, f"series_{species_id}"),
            unit=words.term("unit", unit),
            period=words.period(int(rows["year_to"].min()), int(rows["year_to"].max())),
            document_ids=keys_in(rows["document_id"])[:8],
        )
    ]


def series_name(words: Words, row: pd.Series) -> str:
    """Name a series by its area and what was counted."""
    part, method = (
        "" if row[name] == "not_stated" else words.term(name, row[name]) for name in ("population_part", "method")
    )
    return words.listed(dict.fromkeys(text for text in (str(row["chart_area"]), part, method) if text), "dot")


def shared_chart(words: Words, title: str, shared: pd.DataFrame) -> list[Chart]:
    """Draw the animals identified in two States, in both, and how many different ones they are; by method.

    Args:
        words: the wording.
        title: the finding.
        shared: rows of queries/movements_shared_counts.sql.
    """
    rows: list[dict[str, object]] = []
    for row in rows_of(shared):
        method = words.term("method", row.method)
        parts = [
            (row.first_country, row.first_count),
            (row.second_country, row.second_count),
            (words("briefs.on_both"), row.in_both),
            (words("briefs.different"), row.distinct_animals),
        ]
        rows += [
            {
                "what": words("briefs.by_method", what=what, method=method),
                "value": float(count),
                "species_id": row.species_id,
                "document_id": row.document_id,
            }
            for what, count in parts
            if not is_empty(count)
        ]
    if not rows:
        return []
    frame = pd.DataFrame(rows)
    columns: Columns = {"what": "text", "value": "integer", "document_id": "documents"}
    years = words.period(int(shared["year_from"].min()), int(shared["year_to"].max()))
    return [bars(words, title, frame, columns, "both_sides", unit=words.term("unit", "individuals"), period=years)]


def bars(
    words: Words, title: str, rows: pd.DataFrame, columns: Columns, file_name: str, unit: str = "", period: str = ""
) -> Chart:
    """Draw one bar a row. rows: what, value, document_id; and where they apply low, high, mark, species_id."""
    roles = {"category": "what", "value": "value"}
    roles |= {"species": "species_id"} if "species_id" in rows else {}
    roles |= {role: role for role in ("low", "high", "mark") if role in rows}
    listed = words.listed((words.labelled(row.what, words.number(row.value)) for row in rows_of(rows)), "semicolon")
    return Chart(
        title=title,
        kind="bars",
        rows=rows,
        roles=roles,
        value_title=unit,
        alt=f"{title}. {listed}.",
        table=make_table(words, title, rows, columns, file_name),
        unit=unit,
        period=period,
        document_ids=keys_in(rows["document_id"])[:8],
    )


def all_sites(ask: Ask) -> pd.DataFrame:
    """Return every site with its protection."""
    return ask("sites_protected", country_code=None, species_id=None, level=None)


def of_keys(sites: pd.DataFrame, keys: Iterable[object]) -> pd.DataFrame:
    """Return the sites with the given keys."""
    return sites[sites["site_id"].isin(set(keys))]
