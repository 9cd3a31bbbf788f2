"""What lists and conventions say of the species, 1 % levels worked out from estimates, and totals documents state."""

import pandas as pd

from neaspec.blocks import Block, Columns, Text
from neaspec.data.queries import Ask
from neaspec.sections.checklist.states import cell_words
from neaspec.sections.common import make_table
from neaspec.sections.figures import Row
from neaspec.sections.species.page import category_words
from neaspec.text import Words

SCHEMES = ("iucn", "cms", "cites", "national_list")


def listings_tab(ask: Ask, words: Words, area_id: str, species: pd.DataFrame, records: pd.DataFrame) -> list[Block]:
    """Show Red List categories, appendices and classes as stated, and the 1 % levels."""
    return [*levels(ask, words, species, records), *listings(ask, words, area_id, species, records)]


def listings(ask: Ask, words: Words, area_id: str, species: pd.DataFrame, records: pd.DataFrame) -> list[Block]:
    """Show what lists and conventions say, each as its document has it; of national lists those of its States."""
    area = ask("shared_areas").set_index("shared_area_id").loc[area_id]
    states = set(str(area["country_codes"]).split())
    names = dict(zip(species["taxon_id"], species["english_name"], strict=True))
    flagship = {row.species_id: row.taxon_id for row in species.dropna(subset=["species_id"]).itertuples()}
    statuses = ask("species_statuses", species_id=None)
    codes = {row.name: row.country_code for row in ask("countries_named").itertuples()}
    statuses = statuses[statuses["species_id"].isin(flagship) & statuses["scheme"].isin(SCHEMES)]
    statuses = statuses[[pd.isna(name) or codes.get(name) in states for name in statuses["country_name"]]]
    rows = [
        {
            "english_name": names[flagship[row["species_id"]]],
            "list_words": words.term("scheme", row["scheme"]),
            "listing_words": category_words(words, row["scheme"], row["category"]),
            "state_name": row["country_name"],
            "year": row["assessed_year"],
            **{key: row[key] for key in ("document_id", "locator", "caveat_ids")},
        }
        for row in statuses.to_dict("records")
    ]
    rows += [
        {
            "english_name": row["english_name"],
            "list_words": words.term("listing_scheme", row["listing_scheme"]),
            "listing_words": category_words(words, row["listing_scheme"], row["listing"]),
            "state_name": row["country_name"] if row["listing_scheme"] == "national_list" else None,
            "year": int(str(row["as_of"])[:4]) if not pd.isna(row["as_of"]) else None,
            **{key: row[key] for key in ("document_id", "locator", "caveat_ids")},
        }
        for row in records[records["listing_scheme"].notna()].to_dict("records")
    ]
    if not rows:
        return []
    frame = pd.DataFrame(rows).drop_duplicates().rename(columns={"document_id": "document_ids"})
    frame = frame.sort_values(["english_name", "list_words", "listing_words"], kind="stable", ignore_index=True)
    columns: Columns = {
        "english_name": "text",
        "list_words": "text",
        "listing_words": "text",
        "state_name": "text",
        "year": "year",
        "document_ids": "documents",
        "caveat_ids": "caveats",
        "locator": "text",
    }
    title = words("checklist.listings_table", count=len(frame))
    return [make_table(words, title, frame, columns, "working_species_list_listings")]


def levels(ask: Ask, words: Words, species: pd.DataFrame, records: pd.DataFrame) -> list[Block]:
    """Show the 1 % levels beside the largest count on record in the area; they are worked out, not official."""
    flagship = species.dropna(subset=["species_id"]).set_index("species_id")
    frame = ask("one_percent_levels")
    frame = frame[frame["species_id"].isin(flagship.index)]
    if frame.empty:
        return []
    rows = []
    for row in frame.to_dict("records"):
        taxon = flagship.loc[row["species_id"]]
        counts = records[(records["taxon_id"] == taxon["taxon_id"]) & (records["unit"] == "individuals")]
        rows.append(
            {
                "english_name": taxon["english_name"],
                "population": row["population"],
                "estimate_words": words.bracketed(words.number(row["estimate"]), str(int(row["estimate_year"]))),
                "worked_out_level": row["worked_out_level"],
                "largest_count": words.listed(counts_against(words, counts, row["worked_out_level"]), "semicolon")
                or words("checklist.no_count"),
                "document_ids": words.listed([row["document_ids"], *counts["document_id"]], "space"),
                "caveat_ids": words.listed([row["caveat_ids"], *counts["caveat_ids"]], "space"),
            }
        )
    columns: Columns = {
        "english_name": "text",
        "population": "text",
        "estimate_words": "text",
        "worked_out_level": "number",
        "largest_count": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
    }
    table = make_table(words, words("checklist.levels_table"), pd.DataFrame(rows), columns, "one_percent_levels")
    return [table, Text(text=words("checklist.levels_note"), style="note")]


def counts_against(words: Words, counts: pd.DataFrame, level: int) -> list[str]:
    """Write each count with its place, and whether it reaches a level."""
    return [
        words(
            f"checklist.count_{against(row, level)}",
            count=cell_words(words, row),
            place=row["place"],
        )
        for row in counts.dropna(subset=["value"]).sort_values("as_of").to_dict("records")
    ]


def against(row: Row, level: int) -> str:
    """Tell whether a count reaches a level; a lower bound below it does not say."""
    if row["value"] >= level:
        return "reaches"
    return "may_reach" if row["qualifier"] in ("more_than", "at_least") else "below"


def totals_tab(ask: Ask, words: Words, area_id: str) -> list[Block]:
    """Show how many species or birds documents state without naming all of them."""
    totals = ask("checklist_totals", shared_area_id=area_id)
    if totals.empty:
        return []
    rows = totals.assign(
        number_words=[total_words(words, row) for _, row in totals.iterrows()],
        document_ids=totals["document_id"],
    )
    columns: Columns = {
        "country_name": "text",
        "place": "text",
        "number_words": "text",
        "as_of": "date",
        "note": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
        "locator": "text",
    }
    table = make_table(words, words("checklist.totals_table"), rows, columns, "working_species_list_totals")
    return [Text(text=words("checklist.totals_note")), table]


def total_words(words: Words, row: Row) -> str:
    """Write a total: 60,000–70,000 individuals; more than 100 species."""
    number: str = words.number(row["low"]) if pd.isna(row["high"]) else words.range(row["low"], row["high"])
    if row["qualifier"] not in ("exact", "range"):
        number = words("sites.qualified", qualifier=words.term("qualifier", row["qualifier"]), number=number)
    return words.listed([number, words.term("unit", row["unit"])], "space")
