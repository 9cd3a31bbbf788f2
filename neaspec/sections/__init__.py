"""What each page says: one module or folder per subject, choices in, blocks out. Nothing here knows Streamlit or files.

PAGES is the one list of pages; its order is that of the menu, its first page lives at the root.
"""

from importlib import import_module
from types import ModuleType

PAGES = {
    "overview": "overview",
    "species": "species.page",
    "movements": "movements",
    "field_data": "field_data.page",
    "sites": "sites.page",
    "projects": "projects",
    "issues": "issues",
    "cooperation": "cooperation",
    "country": "country",
    "changes": "changes",
    "briefs": "briefs.page",
    "sources": "sources.page",
}
FIRST_PAGE = next(iter(PAGES))


def section(name: str) -> ModuleType:
    """Return the module with page(ask, words, choices) and the class of choices of a page.

    By name, because an address names a page, and because a page nobody asks for is not loaded.

    Raises:
        KeyError: if there is no such page.
    """
    return import_module(f"{__name__}.{PAGES[name]}")
