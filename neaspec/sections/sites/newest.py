"""The newest figure of each species at each site, in one line."""

from dataclasses import dataclass

from neaspec.data.queries import Ask
from neaspec.sections.common import keys_in
from neaspec.sections.figures import Row, number_words, year
from neaspec.text import Words, is_empty


@dataclass(frozen=True)
class Newest:
    """A species at a site with its newest figure in words; `year_to` is 0 where there is no figure."""

    species_id: str
    text: str
    year_to: int
    caveat_ids: tuple[str, ...]


def newest_of_sites(ask: Ask, words: Words) -> dict[str, list[Newest]]:
    """Give the species of each site with their newest figures."""
    by_site: dict[str, list[Newest]] = {}
    for row in ask("sites_newest").to_dict("records"):
        has_figure = not is_empty(row["count_kind"])
        by_site.setdefault(str(row["site_id"]), []).append(
            Newest(
                species_id=str(row["species_id"]),
                text=newest_words(words, row),
                year_to=int(row["year_to"]) if has_figure else 0,
                caveat_ids=keys_in([row["caveat_ids"]]),
            )
        )
    return by_site


def latest(figures: list[Newest]) -> str:
    """Give the newest of these figures in words; nothing where there is none."""
    last = max(figures, key=lambda figure: figure.year_to, default=None)
    return last.text if last and last.year_to else ""


def newest_words(words: Words, row: Row) -> str:
    """Write the newest figure of a species at a site with its year; the name alone where there is none."""
    if is_empty(row["count_kind"]):
        return str(row["species_name"])
    number = number_words(words, row)
    figure = words("sites.newest", species=row["species_name"], number=number, year=year(row["year_to"]))
    return words.bracketed(
        figure, "" if is_empty(row["side_name"]) else words("sites.side_alone", side=row["side_name"])
    )
