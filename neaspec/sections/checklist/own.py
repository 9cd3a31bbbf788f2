"""A State's own list beside the working list: what is sure, what is doubtful, what only one of them has."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Answer, Block, Columns, Page, Table, Text
from neaspec.checklist.match import NONE, KnownNames, Match, match_list
from neaspec.checklist.own_list import ListedName
from neaspec.checklist.presence import ABSENT, ELSEWHERE, PRESENT
from neaspec.data.queries import Ask
from neaspec.sections.common import compose, in_sentence, make_table
from neaspec.text import Words


def own_page(ask: Ask, words: Words, area_id: str, country_code: str, listed: Sequence[ListedName]) -> Page:
    """Make the blocks of a State's own list beside the working list; nothing of it is merged."""
    species = ask("checklist_species", shared_area_id=area_id)
    cells = ask("checklist_cells", shared_area_id=area_id)
    of_state = [row for row in listed if row.presence != ELSEWHERE]
    matches = match_list(of_state, KnownNames(species, ask("checklist_names", shared_area_id=area_id)))
    names = {
        str(row["taxon_id"]): words.bracketed(str(row["english_name"]), str(row["scientific_name"]))
        for _, row in species.iterrows()
    }
    own = cells[(cells["country_code"] == country_code) & (cells["records"] > 0) & (cells["presence"] != "not_found")]
    countries = cells.drop_duplicates("country_code").set_index("country_code")["country_name"]
    state = in_sentence(words, country_code, countries[country_code])
    title = words("checklist.own_title")
    shown = blocks(words, matches, names, set(own["taxon_id"]), state)
    elsewhere = len(listed) - len(of_state)
    if elsewhere:
        shown.insert(1, Text(text=words("checklist.own_elsewhere", count=elsewhere, state=state), style="note"))
    return compose(ask, "checklist", title, "", shown)


def blocks(
    words: Words, matches: Sequence[Match], names: dict[str, str], recorded: set[str], state: str
) -> list[Block]:
    """Say how many names are sure, doubtful and new, then list each; doubtful ones first."""
    sure = [match for match in matches if match.is_sure]
    new = [match for match in matches if match.kind == NONE]
    doubtful = [match for match in matches if not match.is_sure and match.kind != NONE]
    present = {match.taxon_ids[0] for match in sure if match.listed.presence == PRESENT}
    possible = {taxon_id for match in doubtful for taxon_id in match.taxon_ids}
    absent = [match for match in sure if match.listed.presence == ABSENT and match.taxon_ids[0] in recorded]
    times = Counter(match.taxon_ids[0] for match in sure)
    twice = [match for match in sure if times[match.taxon_ids[0]] > 1]
    said = words("checklist.own_lead", sure=len(sure), rows=len(matches), doubtful=len(doubtful), none=len(new))
    tables = [
        match_table(words, "doubtful", doubtful, names),
        match_table(words, "twice", twice, names),
        match_table(words, "absent", absent, names, state=state),
        match_table(words, "new", new, names),
        species_table(words, "added", present - recorded, names, state),
        species_table(words, "missing", recorded - present - possible, names, state),
        match_table(words, "sure", sure, names),
    ]
    shown = [table for table in tables if table is not None]
    is_whole = recorded <= present
    note = [Text(text=words("checklist.own_none", state=state), style="note")] if is_whole else []
    return [Answer(text=said), *note, *shown]


def match_table(
    words: Words, kind: str, matches: Sequence[Match], names: dict[str, str], **values: object
) -> Table | None:
    """List rows of the own list with what each is taken for and why; none where there are none."""
    if not matches:
        return None
    rows = pd.DataFrame(
        {
            "own_line": [match.listed.line for match in matches],
            "own_name": [match.listed.name for match in matches],
            "match_words": [words.listed((names[key] for key in match.taxon_ids), "semicolon") for match in matches],
            "match_reason": [words(f"checklist.reason_{match.kind}") for match in matches],
            "document_ids": [match.document_id for match in matches],
        }
    )
    columns: Columns = {"own_line": "integer", "own_name": "text", "match_words": "text", "match_reason": "text"}
    if kind == "new":
        columns = {"own_line": "integer", "own_name": "text"}
    elif rows["document_ids"].any():
        columns = {**columns, "document_ids": "documents"}
    title = words(f"checklist.own_{kind}", count=len(rows), **values)
    return make_table(words, title, rows, columns, f"own_list_{kind}")


def species_table(words: Words, kind: str, keys: set[str], names: dict[str, str], state: str) -> Table | None:
    """List species that only one of the two lists has; none where there are none."""
    if not keys:
        return None
    rows = pd.DataFrame({"species_and_name": sorted(names[key] for key in keys)})
    title = words(f"checklist.own_{kind}", count=len(rows), state=state)
    return make_table(words, title, rows, {"species_and_name": "text"}, f"own_list_{kind}")
