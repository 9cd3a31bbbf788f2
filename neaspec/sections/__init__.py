"""What each page says: one module or folder per subject, choices in, blocks out. Nothing here knows Streamlit or files.

PAGES is the one list of pages, its first page lives at the root; MENU says how the navigation groups them.
"""

from importlib import import_module
from types import ModuleType

PAGES = {
    "overview": "home.page",
    "map": "map_page",
    "species": "species.page",
    "movements": "movements",
    "field_data": "field_data.page",
    "sites": "sites.page",
    "projects": "projects.page",
    "issues": "issues.page",
    "cooperation": "cooperation.page",
    "country": "delegation.page",
    "changes": "changes",
    "briefs": "briefs.page",
    "sources": "sources.page",
    "compare": "compare.page",
    "scenarios": "scenarios.page",
    "checklist": "checklist.page",
    "boundary": "boundary.page",
    "search": "search",
    "about": "about",
}
# The six entries of the navigation: heading -> pages below it; pages below no heading are entries of their own. A page
# that stands nowhere is reached by links.
MENU = {
    "": ("overview", "country"),
    "explore": ("map", "species", "movements", "sites", "checklist", "boundary", "compare", "scenarios"),
    "for_the_som": ("issues", "changes", "briefs"),
    "cooperation": ("projects", "cooperation"),
    "data": ("sources", "field_data", "about"),
}
FIRST_PAGE = next(iter(PAGES))


def section(name: str) -> ModuleType:
    """Return the module with page(ask, words, choices) and the class of choices of a page.

    By name, because an address names a page, and because a page nobody asks for is not loaded.

    Raises:
        KeyError: if there is no such page.
    """
    return import_module(f"{__name__}.{PAGES[name]}")
