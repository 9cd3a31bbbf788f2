"""The counts of one species: a picture for each large area, the census by region, all other figures as a table."""

import re

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Details, Notice, Side, Table, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.sections.figures import Row, figure_words, mark_of, period_words
from neaspec.text import Words

LARGE_CHARTS = 3  # areas with a series, or with many figures, drawn at once
MORE_CHARTS = 8  # areas drawn on demand; the others stay in the table
MANY_POINTS = 8
NO_ORDER = 99.0
YOUNG = ("cubs", "juveniles")  # never the latest figure of an area that has others
AGE_PARTS = ("adults", "cubs", "juveniles")
FEWEST_POINTS = 3  # areas with fewer figures stay in the table
COLUMNS: Columns = {
    "area_name": "text",
    "country_names": "text",
    "period_words": "text",
    "value": "number",
    "low": "number",
    "high": "number",
    "qualifier_words": "text",
    "unit_words": "text",
    "figure_kind_words": "text",
    "counted_words": "text",
    "method_words": "text",
    "season": "text",
    "derived_words": "text",
    "document_id": "documents",
    "locator": "text",
    "caveat_ids": "caveats",
    "note": "text",
}

MAY_BE_EMPTY = ("country_names", "low", "high", "season", "derived_words", "note")


def series_label(words: Words, row: Row) -> str:
    """Name a figure by kind, part of the population and method."""
    kind, method = words.term("count_kind", row["count_kind"]), words.term("method", row["method"])
    if row["population_part"] in ("all_ages", "not_stated", "pairs"):
        return words("species.series_label", kind=kind, method=method)
    part = words.term("population_part", row["population_part"])
    return words("species.series_label_part", kind=kind, part=part, method=method)


def counts_blocks(ask: Ask, words: Words, counts: pd.DataFrame, species_id: str) -> list[Block]:
    """Show all figures: pictures of the areas with figures of several years, the others as rows."""
    if counts.empty:
        return [Notice(text=words("species.counts_none"), kind="empty")]
    rows = described_counts(words, counts)
    rows["species_id"] = species_id
    large, small = areas_drawn(rows)
    drawn = {count_id for group in (*large, *small) for count_id in group["count_id"]}
    blocks: list[Block] = [*overlaps(ask, words, counts, species_id)]
    drawn_areas = [area_chart(words, group) for group in (*large, *small)]
    if drawn_areas:
        more = (*in_pairs(drawn_areas), *joined_notes(words, [*large, *small]))
        blocks.append(Details(title=words("species.area_charts", count=len(drawn_areas)), blocks=more))
    blocks += census(ask, words, species_id)
    others = rows[~rows["count_id"].isin(drawn)]
    if not others.empty:
        title = words("species.other_table", count=len(others))
        blocks.append(Details(title=title, blocks=(counts_table(words, title, others, "counts"),)))
    how = (Text(text=words("species.counts_how"), style="note"),)
    return [*blocks, Details(title=words("species.counts_how_title"), blocks=how)]


def described_counts(words: Words, counts: pd.DataFrame) -> pd.DataFrame:
    """Put words beside the codes of counts."""
    listed = counts.to_dict("records")
    return counts.assign(
        period_words=[period_words(words, row) for row in listed],
        series_words=[series_label(words, row) for row in listed],
        qualifier_words=[words.term("qualifier", row["qualifier"]) for row in listed],
        unit_words=[words.term("unit", row["unit"]) for row in listed],
        figure_kind_words=[words.term("count_kind", row["count_kind"]) for row in listed],
        counted_words=[words.term("population_part", row["population_part"]) for row in listed],
        method_words=[words.term("method", row["method"]) for row in listed],
        derived_words=[words("species.derived", formula=row["formula"]) if row["is_derived"] else "" for row in listed],
    )


def ages_apart(rows: pd.DataFrame) -> pd.Series:
    """Tell which figures of adults or young are drawn apart: where figures are many and no series of ages stands."""
    is_age = rows["population_part"].isin(AGE_PARTS)
    same = [rows["chart_area"], rows["unit"]]
    has_age_series = (is_age & rows["series_id"].notna()).groupby(same).transform("any")
    return is_age & ~has_age_series & (is_age.groupby(same).transform("size") > MANY_POINTS)


def areas_drawn(rows: pd.DataFrame) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Give the rows that are drawn at once and those drawn on demand, in groups of one area and unit each.

    Areas that stand for the species come first, then those with a series, then those with most figures. Mere parts of
    a total are drawn on demand.
    """
    fit = rows["year_to"].notna() & ~rows["is_derived"]
    fit &= rows["value"].notna() | (rows["low"].notna() & rows["high"].notna())
    same_area = ["chart_area", "unit", "apart"]
    fitting = rows[fit].assign(
        apart=ages_apart(rows[fit]),
        is_joinable=rows["series_id"].notna() & rows[fit].duplicated(["chart_area", "unit", "series_id"]),
        is_part=rows["is_region_part"].astype(float),
    )
    groups = fitting.groupby(same_area, sort=True)
    areas = groups.agg(
        order=("headline_order", "min"),
        size=("count_id", "size"),
        highest=("value", "max"),
        has_series=("is_joinable", "any"),
        part_share=("is_part", "mean"),
    )
    stands = areas["order"].notna()
    areas = areas[(areas["highest"] != 0) & (areas["size"] >= stands.map({True: 2, False: FEWEST_POINTS}))]
    areas = areas.assign(
        order=pd.to_numeric(areas["order"]).fillna(NO_ORDER),
        has_no_series=~(areas["has_series"] | areas["order"].notna()),
        fewest=-areas["size"],
        is_mere_part=areas["order"].isna() & (areas["part_share"] > 0.5),
    ).sort_values(["order", "has_no_series", "fewest", "chart_area", "unit"], kind="stable")
    whole = areas[~areas["is_mere_part"]]
    large = whole[~whole["has_no_series"] | (whole["size"] >= MANY_POINTS)].head(LARGE_CHARTS)
    large = large if len(large) else whole.head(1)
    rest = areas.drop(index=whole.index[: len(large)]).head(MORE_CHARTS)
    return ([groups.get_group(key) for key in large.index], [groups.get_group(key) for key in rest.index])


def range_or_mark(row: Row) -> str:
    """Tell how a figure is drawn; a range is drawn whole, whatever its qualifier."""
    return "exact" if pd.isna(row["value"]) else mark_of(row)


def joined_rows(words: Words, group: pd.DataFrame) -> pd.DataFrame:
    """Add what a picture needs: mark, label, and which rows are joined; two series never share a name."""
    rows = group.sort_values(["year_to", "count_id"])
    twins = {name for name, same in rows.groupby("series_words") if len(same["series_id"].dropna().unique()) > 1}
    listed = rows.to_dict("records")
    return rows.assign(
        joined=rows["is_joined"].astype(bool),
        series_words=[
            words("species.series_twin", label=row["series_words"], name=row["series_name"])
            if row["series_words"] in twins and pd.notna(row["series_id"])
            else row["series_words"]
            for row in listed
        ],
        mark=[range_or_mark(row) for row in listed],
        label=[
            figure_words(words, row) if pd.isna(row["value"]) and row["qualifier"] != "exact" else "" for row in listed
        ],
        year_to=rows["year_to"].astype(int),
    )


def area_chart(words: Words, group: pd.DataFrame) -> Chart:
    """Draw the figures of one area; only figures of one series are joined."""
    rows = joined_rows(words, group)
    area, unit = str(rows["chart_area"].iloc[0]), str(rows["unit"].iloc[0])
    title = "species.chart_title_ages" if rows["population_part"].isin(AGE_PARTS).all() else "species.chart_title"
    kinds = list(dict.fromkeys(rows["series_words"]))
    grown = rows[~rows["population_part"].isin(YOUNG)]
    last = (grown if len(grown) else rows).iloc[-1]
    newest = words(
        "species.chart_alt_newest",
        figure=figure_words(words, last),
        period=last["period_words"],
        series=last["series_words"],
    )
    unit_words = words.term("unit", unit)
    placeholders = {
        "area": area,
        "unit": unit_words,
        "points": len(rows),
        "series": words.listed(kinds, "semicolon"),
        "newest": newest,
    }
    return Chart(
        title=words(title, area=area),
        kind="ranges",
        rows=rows,
        roles={
            "x": "year_to",
            "y": "value",
            "low": "low",
            "high": "high",
            "series": "series_words",
            "mark": "mark",
            "label": "label",
            "species": "species_id",
            "joined": "joined",
        },
        value_title=words(f"species.axis_{unit}"),
        category_title=words("species.axis_year"),
        alt=words("species.chart_alt", **placeholders),
        table=counts_table(words, words("species.chart_table", area=area), rows, file_name(area)),
        unit=unit_words,
        counted=words.listed(kinds, "semicolon"),
        period=words.period(int(rows["year_from"].fillna(rows["year_to"]).min()), int(rows["year_to"].max())),
        document_ids=keys_in(rows["document_id"]),
        caveat_ids=keys_in(rows["caveat_ids"]),
    )


def joined_notes(words: Words, groups: list[pd.DataFrame]) -> list[Block]:
    """Say which series are joined by a line and why their figures are alike; one note for each reason."""
    if not groups:
        return []
    rows = pd.concat(groups)
    rows = rows[rows["series_id"].notna() & rows["series_id"].duplicated(keep=False)]
    rows = rows.sort_values("is_joined", ascending=False, kind="stable").drop_duplicates("series_id")
    return [
        Text(text=words(key, name=words.listed(same["series_name"], "semicolon"), comparability=reason), style="note")
        for key, alike in (("species.joined", True), ("species.not_joined", False))
        for reason, same in rows[rows["is_joined"].astype(bool) == alike].groupby("comparability", sort=False)
    ]


def in_pairs(charts: list[Chart]) -> list[Block]:
    """Put charts two by two."""
    pairs = [charts[start : start + 2] for start in range(0, len(charts), 2)]
    return [Side(cells=tuple((chart,) for chart in pair), weights=(1.0,) * len(pair)) for pair in pairs]


def file_name(area: str) -> str:
    """Name the file of an area's figures."""
    return "_".join(["counts", *re.findall(r"[a-z0-9]+", area.lower())])[:60]


def counts_table(words: Words, title: str, rows: pd.DataFrame, name: str) -> Table:
    """Make a table of counts; columns that would be empty are left out."""
    columns: Columns = {
        column: kind
        for column, kind in COLUMNS.items()
        if column not in MAY_BE_EMPTY or (rows[column].notna() & (rows[column] != "")).any()
    }
    return make_table(words, title, rows, columns, name)


def overlaps(ask: Ask, words: Words, counts: pd.DataFrame, species_id: str) -> list[Block]:
    """Say that national counts share animals, with States, methods and figures where one document gives them."""
    shared = ask("movements_shared_counts", species_id=species_id)
    shared = shared[shared["in_both"] > 0]
    is_marked = counts["caveat_ids"].fillna("").str.split().map(lambda keys: "overlapping_counts" in keys).any()
    if shared.empty and not is_marked:
        return []
    sentences = [words("species.overlap")]
    sentences += [
        words(
            "species.overlap_figures",
            method=words.term("method", row["method"]),
            period=words.period(row["year_from"], row["year_to"]),
            first=row["first_country"],
            first_count=words.number(row["first_count"]),
            second=row["second_country"],
            second_count=words.number(row["second_count"]),
            both=words.number(row["in_both"]),
        )
        for row in shared.to_dict("records")
    ]
    return [Notice(text=" ".join(sentences), kind="caution")]


def census(ask: Ask, words: Words, species_id: str) -> list[Block]:
    """Draw a census by region for the years whose parts add up to the total; other years keep only their total."""
    rows = ask("species_census", species_id=species_id)
    if rows.empty or rows["area_name"].isna().all():
        return []
    blocks: list[Block] = []
    table = census_table(words, rows)
    drawn = rows[rows["adds_up"]]
    if drawn["year"].nunique() < 2:
        nothing = Notice(text=words("species.census_none"), kind="empty")
        return [Details(title=words("species.census"), blocks=(*blocks, nothing, table))]
    shown = sorted(drawn["year"].unique())
    hidden = sorted(set(rows["year"]) - set(shown))
    highest = drawn.groupby("area_name")["value"].max()
    empty_areas = sorted(highest[highest == 0].index)
    drawn = drawn[~drawn["area_name"].isin(empty_areas)]
    biggest = drawn.groupby("area_name")["value"].max().sort_values(ascending=False)
    drawn = drawn.assign(place=drawn["area_name"].map(list(biggest.index).index)).sort_values(["place", "year"])
    last = drawn[drawn["year"] == shown[-1]]
    parts = words.listed((f"{row.area_name} {words.number(row.value)}" for row in last.itertuples()), "semicolon")
    years = words.listed(str(year) for year in shown)
    cited = keys_in([*drawn["document_id"], *drawn["total_document_id"]])
    chart = Chart(
        title=words("species.census_title"),
        kind="stacked_areas",
        rows=drawn,
        roles={"x": "year", "y": "value", "series": "area_name"},
        value_title=words("species.axis_individuals"),
        category_title=words.column("year"),
        alt=words("species.census_alt", years=years, year=shown[-1], parts=parts),
        table=table,
        unit=words.term("unit", "individuals"),
        counted=words("species.census_counted"),
        period=words.period(str(shown[0]), str(shown[-1])),
        document_ids=cited,
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
    note = words("species.census_years", shown=years, hidden=words.listed(str(year) for year in hidden))
    if empty_areas:
        note += " " + words("species.census_zero", areas=words.listed(empty_areas))
    inside = (*blocks, chart, Text(text=note, style="note"))
    return [Details(title=words("species.census"), blocks=inside)]


def census_table(words: Words, rows: pd.DataFrame) -> Table:
    """Make the table of all census years: parts, total, and whether they fit."""
    has_parts = rows["area_name"].notna()
    listed = rows.assign(
        area_name=rows["area_name"].fillna(words("species.no_part")),
        adds_up_words=[
            words("species.adds_up" if fits else "species.adds_up_not" if any_part else "species.adds_up_none")
            for fits, any_part in zip(rows["adds_up"], has_parts, strict=True)
        ],
    )
    columns: Columns = {
        "year": "year",
        "area_name": "text",
        "value": "integer",
        "total": "integer",
        "parts_total": "integer",
        "adds_up_words": "text",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
    }
    return make_table(words, words("species.census_table"), listed, columns, "census")
