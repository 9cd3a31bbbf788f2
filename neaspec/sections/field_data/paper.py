"""Results on paper: long lists end after some hundred rows, and say so; the workbook and the CSV files have all."""

from dataclasses import replace

from neaspec.blocks import Block, Chart, Details, Entry, Map, Side, Table, Tabs, Text
from neaspec.text import Words

MOST_ROWS = 500  # of one table: setting type grows faster than the rows do


def cut_for_paper(words: Words, blocks: tuple[Block, ...], most: int = MOST_ROWS) -> tuple[Block, ...]:
    """Return the same blocks with the first rows of their tables, and below each cut one how many there are."""
    return tuple(part for block in blocks for part in _cut(words, block, most))


def _cut(words: Words, block: Block, most: int) -> tuple[Block, ...]:
    if isinstance(block, Table):
        return replace(block, rows=block.rows.head(most)), *_said(words, block, most)
    if isinstance(block, Chart | Map):
        short = replace(block.table, rows=block.table.rows.head(most))
        return replace(block, table=short), *_said(words, block.table, most)
    if isinstance(block, Details):
        return (replace(block, blocks=cut_for_paper(words, block.blocks, most)),)
    if isinstance(block, Tabs):
        return (
            replace(
                block, tabs=tuple(replace(tab, blocks=cut_for_paper(words, tab.blocks, most)) for tab in block.tabs)
            ),
        )
    if isinstance(block, Side):
        return (replace(block, cells=tuple(cut_for_paper(words, cell, most) for cell in block.cells)),)
    if isinstance(block, Entry):
        return (replace(block, details=cut_for_paper(words, block.details, most)),)
    return (block,)


def _said(words: Words, table: Table, most: int) -> tuple[Text, ...]:
    count = len(table.rows)
    if count <= most:
        return ()
    sentence = words("field_data.paper_rows", shown=words.number(most, 0), count=words.number(count, 0))
    return (Text(text=sentence, style="note"),)
