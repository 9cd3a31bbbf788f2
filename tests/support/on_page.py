"""What a reader finds on a page: its sentences, the rows of its tables in words, its entries."""

from collections.abc import Iterable

from neaspec.blocks import Block, Chart, Details, Entry, Heading, Notice, Page, Table, Text, walk


def blocks_of(page: Page, kind: type) -> list:
    """Give all blocks of one kind, those behind others too."""
    return [block for block in walk(page.blocks) if isinstance(block, kind)]


def said(page: Page) -> list[str]:
    """Give the lead, the headings, the sentences and the notices of a page, in order."""
    return [page.lead, *(block.text for block in walk(page.blocks) if isinstance(block, Heading | Text | Notice))]


def below(page: Page, heading: str) -> list[Block]:
    """Give the blocks under one heading, up to the next of its level."""
    names = [block.text if isinstance(block, Heading) else None for block in page.blocks]
    rest = list(page.blocks)[names.index(heading) + 1 :]
    end = next((place for place, block in enumerate(rest) if isinstance(block, Heading)), len(rest))
    return rest[:end]


def table(page: Page | Iterable[Block], file_name: str) -> Table:
    """Give one table by the name of its file; those of charts and maps too."""
    blocks = page.blocks if isinstance(page, Page) else page
    return next(block for block in walk(blocks) if isinstance(block, Table) and block.file_name == file_name)


def column(page: Page | Iterable[Block], file_name: str, name: str) -> list:
    """Give one column of a table."""
    return list(table(page, file_name).rows[name])


def entry(page: Page | Iterable[Block], title: str) -> Entry:
    """Give the entry of a title."""
    blocks = page.blocks if isinstance(page, Page) else page
    return next(block for block in walk(blocks) if isinstance(block, Entry) and block.title == title)


def chart(page: Page, kind: str) -> Chart:
    """Give the first chart of a kind."""
    return next(block for block in blocks_of(page, Chart) if block.kind == kind)


def inside(block: Details | Entry) -> list[Block]:
    """Give what is behind a block."""
    return list(walk(block.blocks if isinstance(block, Details) else block.details))
