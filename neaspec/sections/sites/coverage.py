"""Protected-area coverage of the six member States: computed and country-reported, side by side."""

import pandas as pd

from neaspec.blocks import Block, Chart, Columns, Heading, Notice, Text
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, make_table
from neaspec.text import Words


def coverage(ask: Ask, words: Words, country_code: str | None) -> list[Block]:
    """Draw land and sea apart, each with the computed and the reported share."""
    rows = ask("sites_coverage", country_code=country_code)
    heading = Heading(text=words("sites.coverage"))
    if rows.empty:
        return [heading, Notice(text=words("sites.coverage_none"), kind="empty")]
    rows = rows.assign(
        country=rows["country_name"],
        label=[
            "" if pd.isna(number) else words("sites.coverage_label", number=int(number))
            for number in rows["national_report_number"]
        ],
    )
    blocks: list[Block] = [heading]
    for realm in ("land", "marine"):
        blocks += coverage_of(words, rows[rows["realm"] == realm], realm)
    return [*blocks, Text(text=words("sites.coverage_note"), style="note")]


def coverage_of(words: Words, rows: pd.DataFrame, realm: str) -> list[Block]:
    """Draw one realm; a State without a sea is named and has no table; shares that are not reported are named."""
    if rows.empty:
        return []
    columns: Columns = {
        "country": "text",
        "percent_computed": "percent",
        "percent_reported": "percent",
        "national_report_number": "integer",
        "percent_with_oecm": "percent",
        "protected_area_km2": "number",
        "total_area_km2": "number",
        "as_of": "date",
        "document_id": "documents",
        "locator": "text",
        "caveat_ids": "caveats",
        "note": "text",
    }
    units = {"protected_area_km2": "km²", "total_area_km2": "km²"} | {
        name: "%" for name in columns if name.startswith("percent_")
    }
    title = words(f"sites.coverage_{realm}")
    table = make_table(words, words(f"sites.coverage_table_{realm}"), rows, columns, f"coverage_{realm}", units)
    if (rows["total_area_km2"] == 0).all():
        return [Text(text=words("sites.coverage_no_sea", countries=words.listed(rows["country"]), count=len(rows)))]
    drawn = rows[rows["percent_computed"].notna() | rows["percent_reported"].notna()]
    notes: list[Block] = []
    for key, named in (
        ("sites.coverage_no_sea", rows[~rows.index.isin(drawn.index)]["country"]),
        ("sites.coverage_not_reported", drawn[drawn["percent_reported"].isna()]["country"]),
    ):
        if len(named):
            notes.append(Text(text=words(key, countries=words.listed(named), count=len(named)), style="note"))
    if drawn.empty:
        return [*notes, table]
    summary = words.listed(
        (
            words(
                "sites.coverage_pair",
                country=row["country"],
                computed=words.number(row["percent_computed"]),
                reported=words.number(row["percent_reported"]) or words("sites.coverage_missing"),
            )
            for _, row in drawn.iterrows()
        ),
        "semicolon",
    )
    chart = Chart(
        title=title,
        kind="pairs",
        rows=drawn,
        roles={"category": "country", "first": "percent_computed", "second": "percent_reported", "label": "label"},
        value_title=words(f"sites.coverage_axis_{realm}"),
        table=table,
        alt=words("sites.coverage_alt", title=title, summary=summary),
        unit=words("sites.coverage_unit"),
        counted=words("sites.coverage_counted"),
        period=words("sites.coverage_period", date=words.date(str(drawn["as_of"].max())[:7])),
        document_ids=keys_in(drawn["document_id"]),
        caveat_ids=keys_in(drawn["caveat_ids"]),
    )
    return [chart, *notes]
