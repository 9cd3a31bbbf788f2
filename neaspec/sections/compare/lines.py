"""Lines of a comparison: what is said of each thing under one name, with what it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Chart, Column, Table
from neaspec.data.queries import Ask
from neaspec.sections.common import joined_keys, keys_in, make_table, rows_of
from neaspec.sections.figures import figure_with_kind, years
from neaspec.sections.sites.wording import LEVELS, capital, level_words
from neaspec.text import Words


@dataclass(frozen=True)
class Cell:
    """What one thing has on a line; an empty text is told as not on record here."""

    text: str = ""
    document_ids: tuple[str, ...] = ()
    caveat_ids: tuple[str, ...] = ()


Line = tuple[str, tuple[Cell, ...]]


def table_of(words: Words, names: Sequence[str], lines: Iterable[Line]) -> Table:
    """Set things side by side; a line that none of them has is left out."""
    rows = []
    for label, cells in lines:
        if not any(cell.text for cell in cells):
            continue
        row = {"what": label}
        row |= {f"thing_{number}": cell.text or words("compare.not_on_record") for number, cell in enumerate(cells)}
        row["document_ids"] = joined_keys(key for cell in cells for key in cell.document_ids)
        row["caveat_ids"] = joined_keys(key for cell in cells for key in cell.caveat_ids)
        rows.append(row)
    columns = (
        Column(name="what", label=words.column("compared")),
        *(Column(name=f"thing_{number}", label=name) for number, name in enumerate(names)),
        Column(name="document_ids", label=words.column("document_ids"), kind="documents"),
        Column(name="caveat_ids", label=words.column("caveat_ids"), kind="caveats"),
    )
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    return Table(title=words("compare.table"), columns=columns, rows=frame, file_name="compared")


def figures_cell(words: Words, rows: pd.DataFrame, areas: pd.DataFrame | None = None) -> Cell:
    """Write figures with what was counted, where and when; of a State with figures of areas alone, how many these are.

    areas: the figures of the State's areas.
    """
    parts = [
        words.listed([figure_with_kind(words, row), row["area_name"], years(words, row)])
        for _, row in rows.iterrows()
        if not pd.isna(row["count_kind"])
    ]
    if not parts and areas is not None and len(areas):
        text = words("compare.areas_only", count=areas["area_name"].nunique())
        return Cell(text, keys_in(areas["document_id"]), keys_in(areas["caveat_ids"]))
    return Cell(words.listed(parts, "semicolon"), keys_in(rows["document_ids"]), keys_in(rows["caveat_ids"]))


def level_lines(words: Words, sites: Sequence[pd.DataFrame]) -> list[Line]:
    """Write how many sites there are of each level of protection."""
    return [
        (
            words("compare.sites_of_level", level=capital(level_words(words, level))),
            tuple(
                Cell(
                    words.number(len(of_level)),
                    keys_in(of_level["protection_document_ids"]) or keys_in(of_level["document_ids"]),
                )
                for of_level in (rows[rows["level"] == level] for rows in sites)
            ),
        )
        for level in LEVELS
        if any((rows["level"] == level).any() for rows in sites)
    ]


def level_chart(words: Words, names: Sequence[str], sites: Sequence[pd.DataFrame]) -> list[Chart]:
    """Draw how many sites of each level of protection each thing has, on one axis; nothing where there is no site."""
    rows = pd.DataFrame(
        [
            {"thing": name, "level_words": capital(level_words(words, level)), "number_of_sites": count}
            for name, own in zip(names, sites, strict=True)
            for level in LEVELS
            if (count := int((own["level"] == level).sum()))
        ]
    )
    if rows.empty:
        return []
    table = make_table(
        words,
        words("compare.levels_table"),
        rows,
        {"thing": "text", "level_words": "text", "number_of_sites": "integer"},
        "sites_by_level",
    )
    line = words.listed(
        (words("compare.level_told", name=row.thing, level=row.level_words, count=row.number_of_sites))
        for row in rows_of(rows)
    )
    return [
        Chart(
            title=words("compare.levels_title"),
            kind="stacked_bars",
            rows=rows,
            roles={"category": "thing", "value": "number_of_sites", "part": "level_words"},
            value_title=words("compare.levels_axis"),
            alt=words("compare.levels_alt", summary=line),
            table=table,
            counted=words("compare.levels_counted"),
            document_ids=keys_in(key for own in sites for key in own["protection_document_ids"]),
        )
    ]


def project_cell(words: Words, projects: pd.DataFrame) -> Cell:
    """Name projects."""
    return Cell(words.listed(projects["short_title"]), keys_in(projects["document_ids"]))


def headlines_of(ask: Ask, column: str, key: str) -> pd.DataFrame:
    """Return the figures that stand for a species or a State."""
    rows = ask("species_headlines")
    return rows[(rows[column] == key) & rows["count_kind"].notna()]


def areas_counted(ask: Ask, code: str, species_id: str) -> pd.DataFrame:
    """Return the figures of a species in areas of a State."""
    rows = ask("country_counts", country_code=code)
    return rows[rows["species_id"] == species_id]
