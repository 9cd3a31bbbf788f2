"""Every table of every page as a CSV file with an address of its own: /table/<page>/<file>.csv?<choices>.

The address says all that the file depends on: the page, its choices, the meeting as known at. It can be kept, quoted
and asked again; it answers with the newest data.
"""

import dataclasses
import importlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from neaspec.blocks import Page, Table, walk
from neaspec.errors import AddressError

AS_KNOWN = "as_known"
_ENDING = ".csv"


@dataclasses.dataclass(frozen=True)
class _Nothing:
    """The choices of a page that has none."""


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
    chosen = {field.name: getattr(choices, field.name) for field in dataclasses.fields(choices or _Nothing())}
    given = {name: value for name, value in (chosen | {AS_KNOWN: as_known}).items() if value}
    query = urlencode(given)
    return f"/table/{quote(page_name)}/{quote(file_name + _ENDING)}" + (f"?{query}" if query else "")


def choices_from(page_name: str, given: Mapping[str, str]) -> Any:
    """Return the choices an address asks for.

    Raises:
        AddressError: if there is no such page, or it has no such choice.
    """
    try:
        section = importlib.import_module(f"neaspec.sections.{page_name if page_name.isidentifier() else '-'}")
        made = getattr(section, f"{page_name.capitalize()}Choices")
    except (ImportError, AttributeError):
        raise AddressError(f"there is no page {page_name!r}") from None
    fields = {field.name: field for field in dataclasses.fields(made)}
    unknown = sorted(set(given) - set(fields) - {AS_KNOWN})
    if unknown:
        raise AddressError(f"{page_name} has no choice {unknown}; it has {sorted(fields)}")
    return made(**{name: value for name, value in given.items() if name in fields and value})


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
