"""Every map of every page, with choices that narrow it, as blocks."""

from collections.abc import Iterator

from neaspec.blocks import Map, walk
from neaspec.data.queries import Ask
from neaspec.sections.briefs.choices import BriefsChoices
from neaspec.sections.delegation.page import CountryChoices
from neaspec.sections.home.page import OverviewChoices
from neaspec.sections.map_page import MapChoices
from neaspec.sections.movements import MovementsChoices
from neaspec.sections.sites.page import SitesChoices
from neaspec.sections.species.page import SpeciesChoices
from neaspec.web.page_cache import composed_page

MEMBERS = ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS")


def maps_of_pages(ask: Ask) -> Iterator[Map]:
    """Give the maps of all pages that have one; the pages come from the cache that other tests use, too."""
    kinds = ask("species_styles")["species_id"].tolist()
    pages = [("overview", OverviewChoices()), ("sites", SitesChoices()), ("map", MapChoices())]
    pages.append(("briefs", BriefsChoices()))
    pages += [("sites", SitesChoices(country_code=code)) for code in MEMBERS]
    pages += [("country", CountryChoices(country_code=code)) for code in MEMBERS]
    pages += [("movements", MovementsChoices(species_id=kind)) for kind in [None, *kinds]]
    pages += [("species", SpeciesChoices(species_id=kind)) for kind in kinds]
    for name, choices in pages:
        yield from (block for block in walk(composed_page(name, choices, ask).blocks) if isinstance(block, Map))
