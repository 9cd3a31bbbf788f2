"""The index of the search, made once at the build: the terms of each statement, and names that mean the same thing.

Tables written:
    search_phrases   phrase (terms of a name, separated by a space), thing (table/key)
    search_terms     term, table_name, statement_id; a thing that a statement names stands there as the term @table/key,
                     with the terms of its names in other languages
"""

from collections import defaultdict

import duckdb
import pandas as pd

from neaspec.data.search.query import Phrases, make_phrases, things_in
from neaspec.data.search.terms import terms_of, tokens_of

Names = list[tuple[str, str, str]]  # thing, name, language


def add_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the tables of the search; the rules in queries/views/ must be there."""
    names: Names = connection.execute("select thing, name, language from names_known").fetchall()
    named = sorted((phrase_of(name), thing) for thing, name, _ in names)
    phrases = make_phrases(named)
    foreign = foreign_terms(names)
    lines = connection.execute(
        "select table_name, statement_id, concat_ws(' . ', about, said, note, locator) from statement_lines"
    ).fetchall()
    rows = [(term, table, key) for table, key, text in lines for term in terms_of_statement(text, phrases, foreign)]
    connection.register("phrases_found", pd.DataFrame(sorted(set(named)), columns=["phrase", "thing"], dtype="str"))
    connection.execute("create table search_phrases as select phrase, thing from phrases_found")
    # Sorted by term, so that a look-up reads few blocks.
    terms = pd.DataFrame(sorted(rows), columns=["term", "table_name", "statement_id"], dtype="str")
    connection.register("terms_found", terms)
    connection.execute("create table search_terms as select term, table_name, statement_id from terms_found")


def phrase_of(name: str) -> str:
    """Return the terms of a name, separated by a space."""
    return " ".join(term for token in tokens_of(name) for term in token.terms)


def foreign_terms(names: Names) -> dict[str, frozenset[str]]:
    """Return for each thing the terms of its names in other languages, so that a part of such a name finds it."""
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for thing, name, language in names:
        if language != "en":
            terms[thing] |= terms_of(name)
    return {thing: frozenset(matched) for thing, matched in terms.items()}


def terms_of_statement(text: str, phrases: Phrases, foreign: dict[str, frozenset[str]]) -> set[str]:
    """Return the terms of one statement: its words, the things it names, their names in other languages."""
    terms = terms_of(text)
    for thing in things_in(text, phrases):
        terms |= {f"@{thing}"} | foreign.get(thing, frozenset())
    return terms
