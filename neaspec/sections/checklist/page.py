"""Working species list: which species of a shared area are on record in which of its States?"""

from dataclasses import dataclass

import pandas as pd

from neaspec.blocks import Block, Columns, Metric, Notice, Page, PageLink, Tab, Table, Tabs, Text
from neaspec.data.queries import Ask
from neaspec.sections.checklist import listings
from neaspec.sections.checklist.states import (
    FOUND,
    cell_words,
    order_of_states,
    sources_column,
    state_column,
    state_columns,
)
from neaspec.sections.common import compose, joined_keys, keys_in, make_table
from neaspec.text import Words, is_empty

FIRST_AREA = "tumen_estuary"
MOST_NAMED = 3  # species in a card
WEB_PAGE = "web_page"  # the lowest grade of a document: web pages, reposts of press texts


@dataclass(frozen=True)
class ChecklistChoices:
    """What the reader chose: a shared area with a list, and in how many States a species must be on record."""

    area_id: str = FIRST_AREA
    found_in: str = ""


def list_areas(ask: Ask) -> dict[str, str]:
    """Return the shared areas that have a list: key -> name."""
    listed = set(ask("checklist_species", shared_area_id=None)["shared_area_id"])
    areas = ask("shared_areas")
    areas = areas[areas["shared_area_id"].isin(listed)]
    return dict(zip(areas["shared_area_id"], areas["name"], strict=True))


def page(ask: Ask, words: Words, choices: ChecklistChoices) -> Page:
    """Make the page of the list of a shared area."""
    title = words("checklist.title")
    name = list_areas(ask).get(choices.area_id)
    if name is None:
        nothing: list[Block] = [Notice(text=words("checklist.none"), kind="empty")]
        return compose(ask, "checklist", title, words("checklist.lead_none"), nothing)
    species = ask("checklist_species", shared_area_id=choices.area_id)
    cells = ask("checklist_cells", shared_area_id=choices.area_id)
    counted = counted_species(species)
    tabs = Tabs(tabs=tuple(all_tabs(ask, words, choices, species, cells)))
    blocks = [*cards(ask, words, counted, species, cells), *what_it_is(ask, words, choices.area_id, name), tabs]
    return compose(ask, "checklist", title, lead(words, name, counted), blocks)


def counted_species(species: pd.DataFrame) -> pd.DataFrame:
    """Return what counts as a species on record: no name of a genus, no historical entry, nothing only looked for."""
    return species[species["is_species"] & ~species["is_historical"] & (species["states"] > 0)]


def lead(words: Words, name: str, counted: pd.DataFrame) -> str:
    """Say how many species are on record, and in how many States."""
    by_states = counted["states"].value_counts()
    return words(
        "checklist.lead",
        name=name,
        species=len(counted),
        three=int(by_states.get(3, 0)),
        two=int(by_states.get(2, 0)),
        one=int(by_states.get(1, 0)),
    )


def cards(ask: Ask, words: Words, counted: pd.DataFrame, species: pd.DataFrame, cells: pd.DataFrame) -> list[Block]:
    """Show how many species are on record in three, two and one of the States; of one alone, State by State."""
    blocks: list[Block] = []
    for states in (3, 2):
        rows = counted[counted["states"] == states]
        if not rows.empty:
            names = list(rows["english_name"])
            named = words.listed(names[:MOST_NAMED]) if len(names) <= MOST_NAMED else ""
            blocks.append(
                Metric(
                    label=words(f"checklist.card_{states}"),
                    value=words.number(len(rows)),
                    unit=words.term("unit", "species"),
                    counted=named,
                    document_ids=keys_in(cells.loc[cells["taxon_id"].isin(rows["taxon_id"]), "document_ids"]),
                )
            )
    alone = counted[counted["states"] == 1]
    blocks.append(
        Metric(
            label=words("checklist.card_1"),
            value="",
            lines=tuple(
                (short, words("checklist.species", count=int((alone["country_codes"] == code).sum())))
                for code, short in order_of_states(words, cells).items()
            ),
            document_ids=keys_in(alone["document_ids"]),
        )
    )
    absent = species[species["states"] == 0]
    if not absent.empty:
        blocks.append(
            Metric(
                label=words("checklist.card_0"),
                value=words.number(len(absent)),
                unit=words.term("unit", "species"),
                counted=words.listed(absent["english_name"][:MOST_NAMED]),
                document_ids=keys_in(absent["document_ids"]),
            )
        )
    return blocks


def what_it_is(ask: Ask, words: Words, area_id: str, name: str) -> list[Block]:
    """Say that this is a working list, and how much of it rests on the weakest sources."""
    return [
        Text(text=words("checklist.working", name=name)),
        *trust(ask, words, area_id),
        PageLink(text=words("checklist.to_boundary"), page="boundary", choices={"area": area_id}),
    ]


def promised(ask: Ask, area_id: str) -> list[Block]:
    """Say which lists the documents promised are not on record here."""
    areas = ask("shared_areas")
    rows = promised_lists(ask, areas[areas["shared_area_id"] == area_id].iloc[0])
    return [
        Text(text=str(row["what"]), style="note", document_ids=keys_in([row["document_id"]]))
        for _, row in rows.iterrows()
    ]


def trust(ask: Ask, words: Words, area_id: str) -> list[Block]:
    """Say how many statements rest on web pages and reposts, and how many entries on nothing else."""
    records = ask("checklist_records", shared_area_id=area_id)
    cited = ask("sources_cited", document_ids=list(records["document_id"].unique()))
    grades = dict(zip(cited["document_id"], cited["grade"], strict=True))
    is_web = records["document_id"].map(grades) == WEB_PAGE
    if not is_web.any():
        return []
    alone = int(is_web.groupby(records["taxon_id"]).all().sum())
    sentence = words(
        "checklist.trust",
        web=int(is_web.sum()),
        records=len(records),
        alone=alone,
        entries=records["taxon_id"].nunique(),
    )
    return [Text(text=sentence)]


def promised_lists(ask: Ask, area: pd.Series) -> pd.DataFrame:
    """Return the lists of species that documents speak of and that were not found: of the area, then of its sites."""
    gaps = [
        ask("gaps_stated", species_id=None, country_code=None, site_id=key, project_id=None, meeting_id=None)
        for key in keys_in([area["site_id"], area["site_ids"]])
    ]
    stated = pd.concat(gaps).drop_duplicates("gap_id")
    return stated[stated["subject_table"] == "checklist_records"]


def all_tabs(
    ask: Ask, words: Words, choices: ChecklistChoices, species: pd.DataFrame, cells: pd.DataFrame
) -> list[Tab]:
    """Make the tabs; one without anything in it is left out."""
    area_id = choices.area_id
    records = ask("checklist_records", shared_area_id=area_id)
    names = ask("checklist_names", shared_area_id=area_id)
    filled = [
        ("list", words("checklist.tab_list"), [*list_tab(words, choices, species, cells), *promised(ask, area_id)]),
        ("names", words("checklist.tab_names"), names_tab(words, species, names)),
        ("levels", words("checklist.tab_levels"), listings.listings_tab(ask, words, area_id, species, records)),
        ("totals", words("checklist.tab_totals"), listings.totals_tab(ask, words, area_id)),
        ("records", words("checklist.tab_records", count=len(records)), records_tab(words, records)),
    ]
    return [Tab(key=key, title=title, blocks=tuple(blocks)) for key, title, blocks in filled if blocks]


def list_tab(words: Words, choices: ChecklistChoices, species: pd.DataFrame, cells: pd.DataFrame) -> list[Block]:
    """Show the list: one row a species, one column a State."""
    chosen = species
    if choices.found_in in FOUND:
        chosen = species[species["states"] == FOUND[choices.found_in]]
    if chosen.empty:
        return [Notice(text=words("checklist.none_found"), kind="empty")]
    return [list_table(words, chosen, cells), Text(text=words("checklist.how_to_read"), style="note")]


def list_table(words: Words, species: pd.DataFrame, cells: pd.DataFrame) -> Table:
    """Make the table of the list."""
    rows = species.merge(state_columns(words, cells), on="taxon_id")
    rows = rows.assign(
        species_and_name=[
            words.bracketed(str(row["english_name"]), str(row["scientific_name"])) for _, row in rows.iterrows()
        ],
    )
    states = order_of_states(words, cells).items()
    table = make_table(
        words,
        words("checklist.table", count=len(rows)),
        rows,
        {"species_and_name": "text", "caveat_ids": "caveats"},
        "working_species_list",
    )
    first, caveats = table.columns
    sources = (sources_column(words, code, short) for code, short in states)
    columns = (first, *(state_column(code, short) for code, short in states), *sources, caveats)
    return Table(title=table.title, columns=columns, rows=rows, file_name=table.file_name)


def names_tab(words: Words, species: pd.DataFrame, names: pd.DataFrame) -> list[Block]:
    """Show names by language, and which printed names mean which accepted one."""
    living = names[names["language"] != "la"]
    by_language = {
        language: rows.groupby("taxon_id")["name"].agg(lambda cells: words.listed(cells))
        for language, rows in living.groupby("language")
    }
    sources = living.groupby("taxon_id")["document_id"].agg(joined_keys)
    caveats = living.groupby("taxon_id")["caveat_ids"].agg(joined_keys)
    rows = species[["taxon_id", "scientific_name", "english_name", "name_list"]].copy()
    columns: Columns = {"scientific_name": "text", "english_name": "text"}
    for language in ("zh", "ko", "ru"):
        if language in by_language:
            rows[f"names_{language}"] = rows["taxon_id"].map(by_language[language]).fillna("")
            columns = {**columns, f"names_{language}": "text"}
    rows["document_ids"] = rows["taxon_id"].map(sources)
    rows["caveat_ids"] = rows["taxon_id"].map(caveats)
    columns = {**columns, "document_ids": "documents", "caveat_ids": "caveats"}
    table = make_table(words, words("checklist.names_table"), rows, columns, "working_species_list_names")
    return [table, *synonym_blocks(words, names), Text(text=names_note(words, species), style="note")]


def synonym_blocks(words: Words, names: pd.DataFrame) -> list[Block]:
    """Show the scientific names that documents print and that are not the accepted ones."""
    others = names[(names["language"] == "la") & (names["name_kind"] != "accepted")]
    if others.empty:
        return []
    rows = others.assign(
        printed_name=others["name"],
        accepted_name=others["scientific_name"],
        kind_of_name=[words.term("name_kind", kind) for kind in others["name_kind"]],
        document_ids=others["document_id"],
    )
    columns: Columns = {
        "printed_name": "text",
        "kind_of_name": "text",
        "accepted_name": "text",
        "note": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
        "locator": "text",
    }
    title = words("checklist.synonyms_table", count=len(rows))
    return [make_table(words, title, rows, columns, "working_species_list_synonyms")]


def names_note(words: Words, species: pd.DataFrame) -> str:
    """Say whose names are accepted here, and that authors of names are not on record."""
    lists = words.listed(sorted(set(species["name_list"])))
    missing = int(species["authorship"].map(is_empty).sum())
    return words.sentences(
        words("checklist.names_after", lists=lists),
        words("checklist.no_authors", count=missing) if missing else "",
    )


def records_tab(words: Words, records: pd.DataFrame) -> list[Block]:
    """Show every statement behind the list."""
    rows = records.assign(
        cell_words=[cell_words(words, row) for _, row in records.iterrows()],
        document_ids=records["document_id"],
    )
    columns: Columns = {
        "scientific_name": "text",
        "country_name": "text",
        "place": "text",
        "as_stated": "text",
        "cell_words": "text",
        "note": "text",
        "document_ids": "documents",
        "caveat_ids": "caveats",
        "locator": "text",
    }
    matched = int(records["is_name_matched_here"].sum())
    table = make_table(words, words("checklist.records_table"), rows, columns, "working_species_list_records")
    return [Text(text=words("checklist.matched_here", count=matched), style="note"), table]
