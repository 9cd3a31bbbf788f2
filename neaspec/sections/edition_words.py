"""What an edition of the tables is called."""

from neaspec.data.editions import Edition
from neaspec.text import Words


def edition_name(words: Words, edition: Edition) -> str:
    """Name an edition by its number, its name and the day of its publication."""
    if edition.number == 0:
        return words("common.edition_first")
    return words("common.edition_named", number=edition.number, name=edition.name, date=words.date(edition.day))
