"""What a paper can be about, and how long it is."""

from dataclasses import dataclass
from typing import Literal

KINDS = ("som", "country", "species", "site", "area", "issue")
LENGTHS = ("1", "2", "full")
Length = Literal["1", "2", "6"]  # of the front: the most pages it has
MOST_PAGES = {"1": 1, "2": 2, "6": 6}


@dataclass(frozen=True)
class BriefsChoices:
    """What the reader chose: the kind of paper, what it is about, how long it is.

    length: pages at most, or full: the front of two pages (of a SOM: six) and an annex. country_code: also, of a paper
    on an issue, the State for which elements of a response are put together; "" = for all.
    """

    kind: str = "som"
    country_code: str = ""
    species_id: str = "amur_tiger"
    issue_id: str | None = None
    site_id: str = "tumen_estuary"
    area_id: str = "tumen_estuary"
    length: str = "2"


def front_length(choices: BriefsChoices) -> Length:
    """Return the limit that holds for the front of a paper."""
    if choices.length == "full":
        return "6" if choices.kind == "som" else "2"
    return "1" if choices.length == "1" else "2"
