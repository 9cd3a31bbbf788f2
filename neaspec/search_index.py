"""The index of the search, made once at the build: the terms of each statement, and names that mean the same thing.

Tables written:
    search_phrases   phrase (terms of a name, separated by a space), thing (table/key)
    search_terms     term, table_name, statement_id; a thing that a statement names stands there as the term @table/key,
                     with the terms of its names in other languages
"""

from collections import defaultdict

import duckdb
import pandas as pd

from neaspec.search import Phrases, make_phrases, things_in
from neaspec.search_terms import terms_of, tokens_of

Names = list[tuple[str, str, str]]  # thing, name, language

KNOWN_NAMES = """
    select 'species/' || species_id as thing, name, 'en' as language from species
    union all select 'species/' || species_id, scientific_name, 'la' from species
    union all select 'species/' || species_id, name, language from taxon_names
        -- "leopard" alone is no name of the Amur leopard: it stands in the name of the snow leopard, too.
        where species_id is not null
        and (relation in ('accepted', 'synonym') or (relation = 'common' and language <> 'en'))
    union all select 'sites/' || site_id, name, 'en' from sites
    union all select 'sites/' || site_id, regexp_replace(name, ' *\\(.*\\)', ''), 'en' from sites
    union all select 'countries/' || country_code, unnest([name, official_name]), 'en' from countries
    union all select 'organisations/' || organisation_id, unnest([name, acronym]), 'en' from organisations
    union all select 'frameworks/' || framework_id, unnest([name, acronym]), 'en' from frameworks
    union all select 'projects/' || project_id, unnest([title, short_title]), 'en' from projects
    union all select subject_table || '/' || subject_id, name, language from names
    union all select subject_table || '/' || subject_id, name, language from search_names
"""


def add_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the tables of the search; the statements (queries/views/all_statements.sql) must be there."""
    names: Names = connection.execute(
        f"select distinct thing, name, language from ({KNOWN_NAMES}) where name <> ''"
    ).fetchall()
    named = sorted((phrase_of(name), thing) for thing, name, _ in names)
    phrases = make_phrases(named)
    foreign = foreign_terms(names)
    lines = connection.execute(
        "select table_name, statement_id, concat_ws(' . ', about, said, note, locator) from statement_lines"
    ).fetchall()
    rows = [(term, table, key) for table, key, text in lines for term in terms_of_statement(text, phrases, foreign)]
    write(connection, "search_phrases", pd.DataFrame(sorted(set(named)), columns=["phrase", "thing"]))
    write(connection, "search_terms", pd.DataFrame(sorted(rows), columns=["term", "table_name", "statement_id"]))


def write(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Write rows of text as a table in the order given: sorted by its first column, so that a look-up reads little."""
    columns = ", ".join(f'"{column}"::varchar as "{column}"' for column in rows)
    connection.register("rows_to_write", rows)
    connection.execute(f'create table "{table}" as select {columns} from rows_to_write')
    connection.unregister("rows_to_write")


def phrase_of(name: str) -> str:
    """Return the terms of a name, separated by a space."""
    return " ".join(term for token in tokens_of(name) for term in token.terms)


def foreign_terms(names: Names) -> dict[str, frozenset[str]]:
    """Return for each thing the terms of its names in other languages, so that a part of such a name finds it."""
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for thing, name, language in names:
        if language != "en":
            terms[thing] |= terms_of(name)
    return {thing: frozenset(found) for thing, found in terms.items()}


def terms_of_statement(text: str, phrases: Phrases, foreign: dict[str, frozenset[str]]) -> set[str]:
    """Return the terms of one statement: its words, the things it names, their names in other languages."""
    terms = terms_of(text)
    for thing in things_in(text, phrases):
        terms |= {f"@{thing}"} | foreign.get(thing, frozenset())
    return terms
