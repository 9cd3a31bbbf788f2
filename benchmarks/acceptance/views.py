"""The views that are measured: every page as it opens, of every species, for every State, as of an earlier meeting."""

from dataclasses import fields, replace

from neaspec.blocks import Page
from neaspec.sections import PAGES
from neaspec.urls import choices_class
from neaspec.web.page_cache import composed_page, newest_ask

EARLIER = "som_24"
EACH = {"species_id": ("species_styles", "species_id"), "country_code": ("member_states", "country_code")}


def all_views() -> list[Page]:
    """Return all views, composed."""
    ask = newest_ask()
    views: list[Page] = []
    for name in PAGES:
        if name == "search":  # it shows what was searched for, nothing before
            continue
        choices = choices_class(name)()
        views.append(composed_page(name, choices, ask))
        for field in fields(choices):
            if field.name in EACH:
                query, column = EACH[field.name]
                for key in ask(query)[column].tolist():
                    views.append(composed_page(name, replace(choices, **{field.name: key}), ask))
        views.append(composed_page(name, choices, ask.at(EARLIER)))
    return views
