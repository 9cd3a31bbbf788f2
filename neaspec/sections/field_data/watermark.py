"""Mark blocks as made up: each title, name of a file and row says so, whatever the block is taken away as."""

from dataclasses import replace

from neaspec.blocks import Answer, Block, Chart, Column, Details, Entry, Heading, Map, Metric, Side, Table, Tabs
from neaspec.text import Words

COLUMN = "is_made_up"


def marked(words: Words, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the same blocks, each saying that it is made up; tables say it in each row too."""
    return tuple(_marked(words, block) for block in blocks)


def _marked(words: Words, block: Block) -> Block:
    if isinstance(block, Table):
        return _table(words, block)
    if isinstance(block, Chart | Map):
        return replace(
            block,
            title=_said(words, block.title),
            alt=_said(words, block.alt),
            table=_table(words, block.table),
        )
    if isinstance(block, Metric):
        return replace(block, label=_said(words, block.label))
    if isinstance(block, Details):
        return replace(block, title=_said(words, block.title), blocks=marked(words, block.blocks))
    if isinstance(block, Tabs):
        tabs = (replace(tab, title=_said(words, tab.title), blocks=marked(words, tab.blocks)) for tab in block.tabs)
        return replace(block, tabs=tuple(tabs))
    if isinstance(block, Side):
        return replace(block, cells=tuple(marked(words, cell) for cell in block.cells))
    if isinstance(block, Entry):
        return replace(block, title=_said(words, block.title), details=marked(words, block.details))
    if isinstance(block, Answer):
        return replace(block, text=_said(words, block.text))
    if isinstance(block, Heading):
        return replace(block, text=_said(words, block.text))
    return block


def _said(words: Words, title: str) -> str:
    return words("field_data.made_up_prefix", title=title)


def _table(words: Words, table: Table) -> Table:
    column = Column(name=COLUMN, label=words.column(COLUMN))
    rows = table.rows.copy()
    rows.insert(0, COLUMN, words("field_data.made_up"))
    stem = words("field_data.made_up_stem", stem=table.file_name)
    return replace(table, title=_said(words, table.title), columns=(column, *table.columns), rows=rows, file_name=stem)
