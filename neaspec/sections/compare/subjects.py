"""What is compared of each kind of thing: States, species, sites, dates of SOMs."""

from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Block
from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in, rows_of
from neaspec.sections.compare.lines import (
    Cell,
    Line,
    areas_counted,
    figures_cell,
    headlines_of,
    level_chart,
    level_lines,
    project_cell,
    table_of,
)
from neaspec.sections.figures import figure_with_kind, period_words
from neaspec.sections.sites.wording import capital, level_words
from neaspec.text import Words, is_empty

LISTS = ("iucn", "cms", "cites")


def states(ask: Ask, words: Words, names: Sequence[str], codes: Sequence[str]) -> list[Block]:
    """Compare States: species, sites, shares of land and sea, projects, issues, meetings hosted."""
    sites = [ask("sites_protected", country_code=code, species_id=None, level=None) for code in codes]
    figures = [headlines_of(ask, "country_code", code) for code in codes]
    lines: list[Line] = [
        (
            row.name,
            tuple(
                figures_cell(words, own[own["species_id"] == row.species_id], areas_counted(ask, code, row.species_id))
                for code, own in zip(codes, figures, strict=True)
            ),
        )
        for row in rows_of(ask("species_styles"))
    ]
    lines += level_lines(words, sites)
    for realm in ("land", "marine"):
        lines.append((words(f"compare.{realm}"), tuple(share_cell(ask, words, code, realm) for code in codes)))
    projects = [ask("projects_found", species_id=None, country_code=code) for code in codes]
    lines.append((words("compare.projects"), tuple(project_cell(words, rows) for rows in projects)))
    lines.append((words("compare.issues"), tuple(issues_cell(ask, words, code) for code in codes)))
    lines.append((words("compare.hosted"), tuple(hosted_cell(ask, words, code) for code in codes)))
    return [table_of(words, names, lines), *level_chart(words, names, sites)]


def share_cell(ask: Ask, words: Words, code: str, realm: str) -> Cell:
    """Write the protected share of land or sea: as the State reports it, as it is computed."""
    rows = ask("sites_coverage", country_code=code)
    own = rows[rows["realm"] == realm]
    if own.empty:
        return Cell()
    row = own.iloc[0]
    if not row["total_area_km2"]:
        return Cell(words("compare.no_sea"), keys_in([row["document_id"]]))
    lines = [
        words(f"compare.{basis}", share=words.percent(row[f"percent_{basis}"]))
        for basis in ("reported", "computed")
        if not pd.isna(row[f"percent_{basis}"])
    ]
    return Cell(words.listed(lines, "dot"), keys_in(own["document_id"]), keys_in(own["caveat_ids"]))


def issues_cell(ask: Ask, words: Words, code: str) -> Cell:
    """Write what a State was asked to consider at the newest SOM that asked for something."""
    rows = ask("issues_asked", meeting_id=None, country_code=code, ask_kind=None)
    rows = rows[~rows["is_agenda_item"].astype(bool)]
    if rows.empty:
        return Cell()
    newest = rows[rows["meeting_id"] == rows["meeting_id"].iloc[0]]
    som = newest["meeting_id"].iloc[0].removeprefix("som_")
    line = words("compare.issues_of", som=int(som), subjects=words.listed(newest["subject"], "semicolon"))
    return Cell(line, keys_in(newest["document_ids"]))


def hosted_cell(ask: Ask, words: Words, code: str) -> Cell:
    """Name the SOMs a State hosted."""
    rows = ask("meetings_held", kind="som")
    own = rows[(rows["host_country_code"] == code) & (rows["state"] == "held")].sort_values("number")
    lines = [words("compare.som_in", number=int(row.number), year=str(row.start_date)[:4]) for row in rows_of(own)]
    return Cell(words.listed(lines), keys_in(own["document_id"]))


def species(ask: Ask, words: Words, names: Sequence[str], keys: Sequence[str]) -> list[Block]:
    """Compare species: figures by State, lists, sites, movements, projects."""
    figures = [headlines_of(ask, "species_id", key) for key in keys]
    lines: list[Line] = []
    whole = tuple(figures_cell(words, own[own["country_code"].isna()]) for own in figures)
    lines.append((words("compare.whole_range"), whole))
    for country in rows_of(ask("countries_named")):
        code = country.country_code
        cells = tuple(
            figures_cell(words, own[own["country_code"] == code], areas_counted(ask, code, key))
            for key, own in zip(keys, figures, strict=True)
        )
        lines.append((country.name, cells))
    for scheme in LISTS:
        lines.append((words.term("scheme", scheme), tuple(status_cell(ask, words, key, scheme) for key in keys)))
    sites = [ask("sites_protected", country_code=None, species_id=key, level=None) for key in keys]
    lines += level_lines(words, sites)
    lines.append((words("compare.movements"), tuple(movements_cell(ask, words, key) for key in keys)))
    projects = [ask("projects_found", species_id=key, country_code=None) for key in keys]
    lines.append((words("compare.projects"), tuple(project_cell(words, rows) for rows in projects)))
    return [table_of(words, names, lines), *level_chart(words, names, sites)]


def status_cell(ask: Ask, words: Words, species_id: str, scheme: str) -> Cell:
    """Write the status that a list gives a species now, with its year."""
    rows = ask("species_statuses", species_id=species_id)
    own = rows[(rows["scheme"] == scheme) & (rows["standing"] == "held")]
    lines = [
        words.bracketed(str(row.category), "" if pd.isna(row.assessed_year) else str(int(row.assessed_year)))
        for row in rows_of(own)
    ]
    return Cell(
        words.listed(dict.fromkeys(lines), "semicolon"), keys_in(own["document_id"]), keys_in(own["caveat_ids"])
    )


def movements_cell(ask: Ask, words: Words, species_id: str) -> Cell:
    """Say how many movements between States are on record."""
    rows = ask("movements_found", species_id=species_id, country_code=None, method=None)
    line = words("compare.movements_count", count=len(rows)) if len(rows) else ""
    return Cell(line, keys_in(rows["document_id"]))


def sites(ask: Ask, words: Words, names: Sequence[str], keys: Sequence[str]) -> list[Block]:
    """Compare sites: State, protection, area, species with newest counts, projects."""
    known = ask("sites_protected", country_code=None, species_id=None, level=None).set_index("site_id", drop=False)
    rows = [known.loc[key] for key in keys]
    cited = [keys_in([row["document_ids"]]) for row in rows]
    protected = [keys_in([row["protection_document_ids"]]) for row in rows]
    plain: dict[str, list[str]] = {
        "states": [text(row["country_names"]) for row in rows],
        "site_kind": [words.term("site_kind", row["site_kind"]) for row in rows],
        "area": [
            "" if pd.isna(row["area_ha"]) else words.unit(words.number(row["area_ha"]), words.term("unit", "ha"))
            for row in rows
        ],
    }
    lines: list[Line] = [
        (words(f"compare.{name}"), tuple(Cell(said, keys) for said, keys in zip(line, cited, strict=True)))
        for name, line in plain.items()
    ]
    levels = [capital(level_words(words, str(row["level"]), row["standing"])) for row in rows]
    lines.append((words("compare.protection"), tuple(map(Cell, levels, protected))))
    for name in ("designations", "recognitions", "proposals"):
        lines.append((words(f"compare.{name}"), tuple(map(Cell, (text(row[name]) for row in rows), protected))))
    for species in rows_of(ask("species_styles")):
        lines.append((species.name, tuple(count_cell(ask, words, key, species.species_id) for key in keys)))
    projects = [ask("sites_projects", site_id=key) for key in keys]
    lines.append((words("compare.projects"), tuple(site_projects_cell(words, own) for own in projects)))
    return [table_of(words, names, lines)]


def text(value: object) -> str:
    """Return a cell as text."""
    return "" if is_empty(value) else str(value)


def count_cell(ask: Ask, words: Words, site_id: str, species_id: str) -> Cell:
    """Write the newest figure of a species at a site; how it uses the site where nothing was counted."""
    counts = ask("sites_counts", site_id=site_id)
    own = counts[(counts["species_id"] == species_id) & counts["is_newest"].astype(bool)]
    if len(own):
        newest = own.sort_values("year_to", ascending=False, kind="stable").iloc[:1]
        row = newest.iloc[0]
        figure = words.bracketed(figure_with_kind(words, row), period_words(words, row))
        return Cell(figure, keys_in(newest["document_id"]), keys_in(newest["caveat_ids"]))
    used = ask("sites_species", site_id=site_id)
    used = used[used["species_id"] == species_id]
    roles = dict.fromkeys(words.term("role", role) for role in used["role"])
    return Cell(words.listed(roles), keys_in(used["document_id"]))


def site_projects_cell(words: Words, rows: pd.DataFrame) -> Cell:
    """Name the projects at a site."""
    return Cell(words.listed(dict.fromkeys(rows["short_title"])), keys_in(rows["document_id"]))


def soms(ask: Ask, words: Words, names: Sequence[str], keys: Sequence[str]) -> list[Block]:
    """Compare what was on record at the dates of SOMs: species, sites, projects, money, issues."""
    asks = [ask.at(key) for key in keys]
    headlines = [then("species_headlines") for then in asks]
    lines: list[Line] = []
    for species in rows_of(ask("species_styles")):
        own = [rows[(rows["species_id"] == species.species_id) & (rows["place_in_state"] == 1)] for rows in headlines]
        lines.append((species.name, tuple(figures_cell(words, rows) for rows in own)))
    sites_then = [then("sites_protected", country_code=None, species_id=None, level=None) for then in asks]
    lines += level_lines(words, sites_then)
    projects = [then("projects_found", species_id=None, country_code=None) for then in asks]
    begun = [rows[rows["state"] != "proposed"] for rows in projects]
    lines.append((words("compare.projects"), tuple(project_cell(words, rows) for rows in begun)))
    lines.append((words("compare.stated_totals"), tuple(totals_cell(then, words) for then in asks)))
    return [table_of(words, names, lines), *level_chart(words, names, sites_then)]


def totals_cell(ask: Ask, words: Words) -> Cell:
    """Write the stated totals of projects, each by itself."""
    rows = ask("projects_budgets", project_id=None)
    own = rows[rows["part"] == "whole"]
    totals = [
        words("compare.total", project=row.short_title, amount=words.number(row.amount, 0)) for row in rows_of(own)
    ]
    return Cell(words.listed(totals, "semicolon"), keys_in(own["document_ids"]))
