"""Forms made from the description of the tables: a column that is added there is asked for here."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from neaspec.desk.changes import Table
from neaspec.desk.kinds import FILLED, Field
from neaspec.errors import TextError
from neaspec.render.screen.escape import plain
from neaspec.text import Words

MOST_CHOICES = 600  # of a box; a table with more rows is asked for by its key
NAMES = ("name", "title", "subject", "item", "area_name")  # columns a row is known by, the first that it has
FIGURES = ("integer", "number")  # what a row is about; asked for with what must be filled in
BESIDE = 3
NOT_ASKED = frozenset({*FILLED, "document_id", "derived_from_ids", "formula", "caveat_ids"})


def row_form(
    words: Words, fields: tuple[Field, ...], tables: Mapping[str, Table], values: Mapping[str, str], key: str
) -> dict[str, str]:
    """Ask for the cells of a row; return column -> text, empty for those that are not filled in.

    Args:
        words: wording.
        fields: of the table.
        tables: what is published, for the rows that a cell can refer to.
        values: what is filled in already.
        key: of the form.
    """
    asked = [field for field in fields if field.name not in NOT_ASKED]
    first = [field for field in asked if field.is_required or field.type in FIGURES]
    others = [field for field in asked if field not in first]
    row = side_by_side(words, first, tables, values, key)
    is_open = any(values.get(field.name) for field in others if field.name not in ("country_code", "country_codes"))
    with st.expander(plain(words("desk.more_cells", count=len(others))), expanded=is_open):
        row |= side_by_side(words, others, tables, values, key)
    return row


def side_by_side(
    words: Words, fields: list[Field], tables: Mapping[str, Table], values: Mapping[str, str], key: str
) -> dict[str, str]:
    """Ask for cells, some beside each other; return column -> text."""
    row = {}
    for number in range(0, len(fields), BESIDE):
        for place, field in zip(st.columns(BESIDE), fields[number : number + BESIDE], strict=False):
            with place:
                row[field.name] = cell(words, field, tables, values.get(field.name, ""), key)
    return row


def cell(words: Words, field: Field, tables: Mapping[str, Table], value: str, key: str) -> str:
    """Ask for one cell: a choice where the description or another table says what it may be, else a text."""
    label = plain(words("desk.required", label=field.title) if field.is_required else field.title)
    about = plain(words.sentences(field.meaning + ".", field.unit, field.example))
    names = choices(words, field, tables)
    if names and len(names) <= MOST_CHOICES:
        options = list(names)
        chosen = st.selectbox(
            label,
            options,
            index=options.index(value) if value in names else None,
            format_func=lambda option: names[option],
            placeholder=words("desk.nothing"),
            help=about,
            key=f"{key} {field.name}",
        )
        return chosen or ""
    return str(st.text_input(label, value=value, help=about, key=f"{key} {field.name}")).strip()


def choices(words: Words, field: Field, tables: Mapping[str, Table]) -> dict[str, str]:
    """Return value -> words of what a cell may hold; nothing where it is free or holds several keys."""
    if field.allowed:
        return told_apart({value: term_or_key(words, field.name, value) for value in field.allowed})
    if field.type == "boolean":
        return {value: words.term("boolean", value) for value in ("true", "false")}
    if field.refers_to in tables and not field.name.endswith(("_ids", "_codes")):
        table = tables[field.refers_to]
        return told_apart({key: row_name(row, key) for key, row in table.rows.items()})
    return {}


def told_apart(names: dict[str, str]) -> dict[str, str]:
    """Return names of which no two are equal: a box of choices knows what was chosen by its name alone."""
    times = Counter(names.values())
    return {key: name if times[name] == 1 else f"{name} · {key}" for key, name in names.items()}


def term_or_key(words: Words, column: str, value: str) -> str:
    """Return the words for an allowed value; one that pages show as a mere sign, or not at all, is shown as it is."""
    try:
        term = words.term(column, value)
    except TextError:
        return value
    return term if any(letter.isalpha() for letter in term) else value


def row_name(row: Mapping[str, str], key: str) -> str:
    """Return what a row is known by."""
    return next((row[column] for column in NAMES if row.get(column)), key)
