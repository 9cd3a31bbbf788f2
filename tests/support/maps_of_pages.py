"""Every map of every page, with choices that narrow it, as blocks."""

from collections.abc import Iterator

from neaspec.blocks import Map, walk
from neaspec.data.queries import Ask
from neaspec.sections import briefs, country, movements, overview
from neaspec.sections.sites import page as sites
from neaspec.sections.species import page as species
from neaspec.text import Words

MEMBERS = ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS")


def maps_of_pages(ask: Ask, words: Words) -> Iterator[Map]:
    """Give the maps of all pages that have one."""
    kinds = ask("species_styles")["species_id"].tolist()
    pages = [overview.page(ask, words, overview.OverviewChoices()), sites.page(ask, words, sites.SitesChoices())]
    pages += [sites.page(ask, words, sites.SitesChoices(country_code=code)) for code in MEMBERS]
    pages += [country.page(ask, words, country.CountryChoices(country_code=code)) for code in MEMBERS]
    pages += [movements.page(ask, words, movements.MovementsChoices(species_id=kind)) for kind in [None, *kinds]]
    pages += [species.page(ask, words, species.SpeciesChoices(species_id=kind)) for kind in kinds]
    pages += [briefs.page(ask, words, briefs.BriefsChoices())]
    for page in pages:
        yield from (block for block in walk(page.blocks) if isinstance(block, Map))
