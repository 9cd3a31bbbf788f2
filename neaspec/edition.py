"""The edition of the tables a page is read in: a value of its address (?edition=3), carried by links, caches and files.

There are editions where this server has a desk; an address without one means the newest tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from neaspec.languages import in_language

EDITION = "edition"
_current: ContextVar[str] = ContextVar("edition", default="")


def current_edition() -> str:
    """Return the number of the edition that this run of a page, or this request, reads; empty for the newest tables."""
    return _current.get()


def set_edition(number: str) -> None:
    """Say which edition the rest of this run reads; runs in other threads keep theirs."""
    _current.set(number)


@contextmanager
def in_reading(language: str, edition: str) -> Iterator[None]:
    """Work in a language and an edition, and go back to those before."""
    token = _current.set(edition)
    try:
        with in_language(language):
            yield
    finally:
        _current.reset(token)
