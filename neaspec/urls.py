"""Addresses: what a page is composed of, as its address in the browser says it, and back.

A link to a view names the page and the choices by short keys (?species=amur_leopard); a section knows them as the
fields of its choices (species_id). Defaults are left out of an address.
"""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from neaspec.blocks import Page, Table, walk
from neaspec.edition import EDITION, current_edition
from neaspec.errors import AddressError
from neaspec.languages import DEFAULT_LANGUAGE, LANG, current_language
from neaspec.sections import FIRST_PAGE, section

AS_KNOWN = "as_known"
DELEGATION = "d"  # the State a reader is here for; a mark on pages, and a choice of those that have delegation_code
ADDED = "add"  # a picture that the page of stories adds to the story it shows; it is taken out of the address then
FOR_ALL_PAGES = (AS_KNOWN, DELEGATION, LANG, EDITION)  # what every link takes along
PRESENT = "present"  # how a page is shown; no choice of any section
_SHORT = {
    "from_meeting_id": "from",
    "to_meeting_id": "to",
    "ask_kind": "kind",
    "part": "kind",
    "delegation_code": DELEGATION,
}


class _Base:
    """Where the app is served: what stands before every address of ours."""

    path = ""


def serve_below(folder: str) -> None:
    """Say once, when a server starts, below which folder it serves the app; empty for the root of its host."""
    _Base.path = "/".join(["", *(part for part in folder.split("/") if part)])


def base_path() -> str:
    """Return what stands before every address of ours: nothing, or the folder of the app (/dash)."""
    return _Base.path


def below_base(path: str) -> str | None:
    """Return a path of a request without the folder of the app; None if it is not in there."""
    if path == base_path():
        return "/"
    return path.removeprefix(base_path()) if path.startswith(f"{base_path()}/") else None


@dataclasses.dataclass(frozen=True)
class _Nothing:
    """The choices of a page that has none."""


def short_key(field: str) -> str:
    """Return the key in the browser's address for a field of a section's choices."""
    return _SHORT.get(field, field.removesuffix("_id").removesuffix("_code"))


def chosen(choices: Any) -> dict[str, str]:
    """Return field -> value of all choices that are made."""
    fields = dataclasses.fields(choices or _Nothing())
    return {field.name: value for field in fields if (value := getattr(choices, field.name))}


def choices_class(page_name: str) -> Any:
    """Return the class of a section's choices.

    Raises:
        AddressError: if there is no such page.
    """
    name = "".join(part.capitalize() for part in page_name.split("_"))
    try:
        return getattr(section(page_name), f"{name}Choices")
    except KeyError:
        raise AddressError(f"there is no page {page_name!r}") from None


def choices_from(page_name: str, given: Mapping[str, str]) -> Any:
    """Return the choices that an address of a file asks for, by the names of their fields.

    Raises:
        AddressError: if there is no such page, or it has no such choice.
    """
    choices_type = choices_class(page_name)
    fields = {field.name for field in dataclasses.fields(choices_type)}
    unknown = sorted(set(given) - fields - {AS_KNOWN, LANG, EDITION})
    if unknown:
        raise AddressError(f"{page_name} has no choice {unknown}; it has {sorted(fields)}")
    return choices_type(**{name: value for name, value in given.items() if name in fields and value})


def choices_shown(page_name: str, query: Mapping[str, str]) -> Any:
    """Return the choices of a page from its address in the browser; what it does not know is left out.

    Raises:
        AddressError: if there is no such page.
    """
    choices_type = choices_class(page_name)
    values = {field.name: query.get(short_key(field.name), "") for field in dataclasses.fields(choices_type)}
    return choices_type(**{name: value for name, value in values.items() if value})


def kept_choices(as_known: str) -> dict[str, str]:
    """Return what an address says beside the choices of its page: the meeting looked back to, language, edition."""
    language = current_language()
    kept = {
        AS_KNOWN: as_known,
        LANG: "" if language == DEFAULT_LANGUAGE else language,
        EDITION: current_edition(),
    }
    return {key: value for key, value in kept.items() if value}


def screen_address(page_name: str, choices: Any, as_known: str = "", stated: Collection[str] = (), **more: str) -> str:
    """Return path and query under which the browser shows a page.

    Choices at their default are left out, except `stated` ones: what is printed must hold when a default changes.
    """
    defaults = chosen(choices_class(page_name)())
    query = {
        short_key(name): value
        for name, value in chosen(choices).items()
        if defaults.get(name) != value or name in stated
    }
    query |= kept_choices(as_known)
    path = "" if page_name == FIRST_PAGE else quote(page_name)
    written = urlencode(query | more)
    return f"{base_path()}/{path}" + (f"?{written}" if written else "")


def file_address(folder: str, name: str, choices: Any, as_known: str = "") -> str:
    """Return the address of a file made of a page: /<folder>/<name>?<field>=<value>, below the folder of the app."""
    written = urlencode(chosen(choices) | kept_choices(as_known))
    return f"{base_path()}/{folder}/{name}" + (f"?{written}" if written else "")


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


def adding_address(data_address: str, kept: Mapping[str, str]) -> str:
    """Return the address of the page of stories that adds a picture, from the address of the picture's rows.

    kept: what links take along.
    """
    picture = data_address.removeprefix(f"{base_path()}/table/")
    return f"{base_path()}/briefs?{urlencode({ADDED: picture} | dict(kept))}"


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
