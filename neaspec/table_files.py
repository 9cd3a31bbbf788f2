"""Every table of every page as a CSV file with an address of its own: /table/<page>/<file>.csv?<choices>.

The address says all that the file depends on: the page, its choices, the meeting as known at. It can be kept, quoted
and asked again; it answers with the newest data.
"""

from typing import Any
from urllib.parse import quote

from neaspec.addresses import file_address
from neaspec.blocks import Page, Table, walk
from neaspec.errors import AddressError

_ENDING = ".csv"


def named_tables(page: Page) -> dict[str, Table]:
    """Return the tables of a page by file name, in reading order; a name that comes again gets a number."""
    named: dict[str, Table] = {}
    for block in walk(page.blocks):
        if isinstance(block, Table):
            name, number = block.file_name, 1
            while name in named:
                number += 1
                name = f"{block.file_name}-{number}"
            named[name] = block
    return named


def table_address(page_name: str, choices: Any, as_known: str, file_name: str) -> str:
    """Return the address of a table.

    Args:
        page_name: of a section.
        choices: what the page is composed of: the section's dataclass of strings.
        as_known: key of a meeting, empty for today.
        file_name: a name of named_tables.
    """
    return file_address("table", f"{quote(page_name)}/{quote(file_name + _ENDING)}", choices, as_known)


def find_table(page: Page, file: str) -> Table:
    """Return the table a file name means.

    Raises:
        AddressError: if the page has none of that name.
    """
    named = named_tables(page)
    name = file.removesuffix(_ENDING)
    if name not in named or not file.endswith(_ENDING):
        raise AddressError(f"{page.name} has no table {file!r}; it has {sorted(named)}")
    return named[name]
