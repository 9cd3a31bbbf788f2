"""Every number the definition of a crossing rests on, in one place, each with its reason (shown on the page)."""

from dataclasses import dataclass, fields

REASONS = {
    "border_zone_m": (
        "Maps of the same border differ by about 1 km, in places by 3 km and more; on tracks along the six States' "
        "borders a band of 5 km holds nearly all positions that two maps put into different countries."
    ),
    "coast_m": (
        "Spoonbills feed on tidal flats and cranes roost on sandbanks that maps count as sea. 12 nautical miles is the "
        "breadth of the territorial sea (United Nations Convention on the Law of the Sea, article 3)."
    ),
    "contradiction_m": (
        "A station whose declared country and position disagree by more than this is reported; up to this the map may "
        "be the one that errs. The declared country is used in both cases."
    ),
    "fixes_for_confirmed": (
        "One position of a tag can be an error of the device; two in the same country are taken as a stay. A picture, "
        "a sample or a ring with its country declared is enough alone."
    ),
    "landscape_m": (
        "Big cats are told by border landscape where no protected area is stated: land this near to the border."
    ),
    "site_m": "A tagged bird is told by the name of a public wetland if it was this near to its point.",
    "smallest_cell": (
        "Fewer animals than this in one place and season are told one level higher, so that no single animal can be "
        "found. The number is for the holders of the data to set; no published threshold was found."
    ),
}


@dataclass(frozen=True)
class Parameters:
    """What a result was made with; lengths in metres."""

    border_zone_m: float = 5_000.0
    coast_m: float = 22_224.0
    contradiction_m: float = 5_000.0
    fixes_for_confirmed: int = 2
    landscape_m: float = 100_000.0
    site_m: float = 10_000.0
    smallest_cell: int = 3

    def stated(self) -> dict[str, float]:
        """Return name -> value, in the order of the definition."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
