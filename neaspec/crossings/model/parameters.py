"""Every number the definition of a crossing rests on, in one place.

The reason of each is shown beside it on the page: reason_<name> in assets/text/en/field_data.toml.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Parameters:
    """What a result was made with; lengths in metres, speeds in kilometres an hour."""

    border_zone_m: float = 5_000.0
    coast_m: float = 22_224.0
    contradiction_m: float = 5_000.0
    fixes_for_confirmed: int = 2
    minutes_for_confirmed: float = 30.0
    landscape_m: float = 100_000.0
    site_m: float = 10_000.0
    smallest_cell: int = 3
    big_cat_kmh: float = 40.0
    bird_kmh: float = 160.0
    silence_days: float = 1_826.0
    device_year: int = 1990
    obscured_m: float = 30_000.0
    loci_least: int = 6
    loci_mismatches: int = 2
    shift_samples: int = 3
    occasion_days: int = 7

    def stated(self) -> dict[str, float]:
        """Return name -> value, in the order of the definition."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
