"""Tables on paper: which columns stand beside each other, how wide each is, and what goes on a line below the row."""

from collections.abc import Callable, Sequence
from typing import Any

from neaspec.blocks import Table
from neaspec.render.cells import NUMBERS, column_title, keys_of
from neaspec.render.citations import Citations
from neaspec.render.document import table_texts

FITS = 88  # characters of the type used that fit beside each other on the page
GUTTER = 2.5  # characters between columns
LONGEST_WORD, WIDEST = 15, 46  # characters a column asks for at least and at most
SENTENCES = 60  # characters; a column whose cells are longer needs room for its lines
BREAKABLE = 22  # a word longer than this may be broken anywhere
FEW = 12  # rows; of fewer, the longest cell decides how wide its column is
LONG_CELL = 500  # characters; a row with a longer cell may go on over the page
ZERO_WIDTH = "\u200b"
MARKS = ("documents", "caveats")


def table_content(table: Table, marks: Citations, mark_list: Callable[..., list[dict[str, Any]]]) -> dict[str, Any]:
    """Return a table for the template.

    Columns without a single entry are left out; those that do not fit beside the others are written on a line below
    their row, each with its label.
    """
    texts = list(table_texts(table, marks))
    kept = [place for place in range(len(table.columns)) if not texts or any(row[place] for row in texts)] or [0]
    titles = [column_title(column) for column in table.columns]
    widths = {place: _width([titles[place], *(row[place] for row in texts)]) for place in kept}
    across = _across(table, kept, widths)
    below = [place for place in kept if place not in across]
    rows, under = [], []
    for number, row in enumerate(texts):
        cells: list[Any] = []
        for place in across:
            column = table.columns[place]
            if column.kind in MARKS:
                keys = keys_of(table.rows[column.name].iloc[number])
                cells.append(mark_list(marks, keys) if column.kind == "documents" else mark_list(marks, (), keys))
            else:
                cells.append(breakable(row[place]))
        rows.append(cells)
        under.append([[titles[place], breakable(row[place])] for place in below if row[place]])
    return {
        "kind": "table",
        "title": table.title,
        "rows": rows,
        "under": under if below else [],
        "is_long": [max(len(text) for text in row) > LONG_CELL for row in texts],
        "columns": [
            {"label": titles[place], "width": _share(*widths[place]), "is_number": table.columns[place].kind in NUMBERS}
            for place in across
        ],
    }


def _across(table: Table, kept: Sequence[int], widths: dict[int, tuple[float, float]]) -> list[int]:
    """Choose the columns that stand beside each other: the first ones that fit, marks always."""
    room = FITS - sum(widths[place][0] + GUTTER for place in kept if table.columns[place].kind in MARKS)
    across = []
    for place in kept:
        if table.columns[place].kind in MARKS:
            across.append(place)
            continue
        least, usual = widths[place]
        need = max(least, min(usual, WIDEST) * 0.5 if usual > SENTENCES / 2 else least) + GUTTER
        if need <= room or not across:
            across.append(place)
            room -= need
    return across


def breakable(text: str) -> str:
    """Let a very long word be broken: an address must not run out of its column."""
    if all(len(word) <= BREAKABLE for word in text.split()):
        return text
    parts = []
    for word in text.split(" "):
        cut = [word[at : at + 8] for at in range(0, len(word), 8)] if len(word) > BREAKABLE else [word]
        parts.append(ZERO_WIDTH.join(cut))
    return " ".join(parts)


def _width(texts: Sequence[str]) -> tuple[float, float]:
    """Return the characters a column needs for its longest word and for most of its cells."""
    words = max((len(word) for text in texts for word in text.split()), default=1)
    lengths = sorted(len(text) for text in texts)
    usual = lengths[-1 if len(lengths) < FEW else int(len(lengths) * 0.9) - 1]
    return max(min(words, LONGEST_WORD), 3), min(usual, WIDEST)


def _share(least: float, usual: float) -> float:
    """Return the share of the width a column gets: enough for its words, more for its sentences."""
    return round(GUTTER + max(least, least * 0.6 + usual * 0.5), 1)
