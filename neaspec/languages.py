"""The language a page is read in: a value of its address (?lang=…), carried by links, caches and files.

English alone is offered. The made-up language of tests (neaspec.text.PSEUDO) is offered where the environment says so:
NEASPEC_PSEUDO_LANGUAGE=1.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from neaspec.errors import AddressError
from neaspec.text import PSEUDO

LANG = "lang"
DEFAULT_LANGUAGE = "en"
_current: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def offered() -> tuple[str, ...]:
    """Return the codes of the languages that are offered, the first one by default."""
    return (DEFAULT_LANGUAGE, PSEUDO) if os.environ.get("NEASPEC_PSEUDO_LANGUAGE") == "1" else (DEFAULT_LANGUAGE,)


def language_asked(given: Mapping[str, str]) -> str:
    """Return the language an address asks for.

    Raises:
        AddressError: if it is not offered.
    """
    asked = given.get(LANG, DEFAULT_LANGUAGE)
    if asked not in offered():
        raise AddressError(f"there is no language {asked!r}; there are {list(offered())}")
    return asked


def current_language() -> str:
    """Return the language of this run of a page, or of this request."""
    return _current.get()


def set_language(language: str) -> None:
    """Say in which language the rest of this run is; runs in other threads keep theirs."""
    _current.set(language)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Work in a language, and go back to the one before."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)
