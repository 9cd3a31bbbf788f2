"""What a scenario is made of: a population with what is known of it, futures with more deaths, the frame of a run."""

import math
from dataclasses import dataclass, field, replace
from typing import Literal

Mark = Literal["own", "relative", "assumption", "fitted", "yours"]
Ages = Literal["first_year", "immature", "adult"]
AGES: tuple[Ages, ...] = ("first_year", "immature", "adult")
INPUTS = ("birds", "age", "adult_survival", "young_survival", "young_per_pair", "breeding_share")
Spread = Literal["unknown", "years", "half"]
SPREADS: tuple[Spread, ...] = ("half", "unknown", "years")
Density = Literal["none", "ceiling", "log_linear", "beverton_holt"]
DENSITIES: tuple[Density, ...] = ("none", "ceiling", "log_linear", "beverton_holt")

MOST_SCENARIOS = 4
MOST_YEARS = 100
MOST_RUNS = 100_000
MOST_NUMBERS = 8_000_000  # of birds by future, year and run: 64 MB, so that a case takes less than 100 MB
MOST_BIRDS = 100_000_000
MOST_AGE = 15
MOST_YOUNG = 20.0
MOST_SEED = 2**32 - 1

COUNTED = ("birds", "age")  # inputs that are whole numbers
SHARES = ("adult_survival", "young_survival", "breeding_share")  # inputs that are shares of birds
MOST_OF = dict.fromkeys(SHARES, 1.0)
PARTNERS = (  # of a scenario: two numbers that say nothing without each other, and what goes with them
    (("line_km", "deaths_per_km"), ("found_share", "marker_effect")),
    (("units", "deaths_per_unit"), ("avoidance",)),
    (("mitigation_year", "mitigation"), ()),
)
SLOPES = ("young_slope", "survival_slope")  # of density dependence; one at least is needed
ENDS_IN_SD = 2  # standard deviations from the middle to an end that a reader does not give


BASELINE = "baseline"  # the future without more deaths; no scenario has its name


@dataclass(frozen=True)
class Quantity:
    """An input: its middle, its standard deviation, the low and the high that documents (or a reader) give.

    mark: where it comes from. rows: keys of the rows of the data it rests on. note: why, where it is an assumption.
    """

    mean: float
    sd: float = 0.0
    low: float = float("nan")
    high: float = float("nan")
    mark: Mark = "yours"
    rows: tuple[str, ...] = ()
    note: str = ""

    def ends(self) -> tuple[float, float]:
        """Return low and high; where none is given, the middle itself."""
        low = self.mean if self.low != self.low else self.low
        return low, self.mean if self.high != self.high else self.high

    def is_ordered(self) -> bool:
        """Tell whether the middle lies between low and high."""
        low, high = self.ends()
        return low <= self.mean <= high

    def fixed(self, value: float) -> "Quantity":
        """Return the same with one value and no spread."""
        return replace(self, mean=value, sd=0.0, low=value, high=value)


def of_reader(name: str, mean: float, sd: float = 0.0, low: float | None = None, high: float | None = None) -> Quantity:
    """Return an input that a reader gives. An end that is not given lies two standard deviations from the middle.

    Birds and the age of first breeding have no spread of their own: an end that is not given is the middle.
    """
    if name in COUNTED:
        return Quantity(mean, sd, mean if low is None else low, mean if high is None else high)
    least, most = max(mean - ENDS_IN_SD * sd, 0.0), min(mean + ENDS_IN_SD * sd, MOST_OF.get(name, MOST_YOUNG))
    # comparing with what is no number gives the other one: a middle that is none leaves no ends
    ends = (least, most) if math.isfinite(mean) else (mean, mean)
    return Quantity(mean, sd, ends[0] if low is None else low, ends[1] if high is None else high)


@dataclass(frozen=True)
class Population:
    """What is known of the birds.

    age: of first breeding. young_survival: of the first year, after which birds live as adults do; or, if
    `is_to_adult`, of all years from fledging to the age of first breeding. breeding_share: of adults.
    """

    key: str
    birds: Quantity
    age: Quantity
    adult_survival: Quantity
    young_survival: Quantity
    young_per_pair: Quantity
    breeding_share: Quantity
    is_to_adult: bool = False

    def inputs(self) -> dict[str, Quantity]:
        """Return the inputs by name."""
        return {name: getattr(self, name) for name in INPUTS}

    def survival(self, age: int) -> list[float]:
        """Return the middle survival of each class, for an age of first breeding."""
        if self.is_to_adult:
            return [self.young_survival.mean ** (1 / age)] * age + [self.adult_survival.mean]
        return [self.young_survival.mean] + [self.adult_survival.mean] * age


@dataclass(frozen=True)
class DensityDependence:
    """How crowding lowers what birds raise, or how they survive; by default it does not.

    ceiling: at most `size` pairs breed. beverton_holt: young per pair are halved at `size` pairs. log_linear: young per
    pair, and survival, change by a slope for each tenfold of adults beyond those of the start.
    """

    kind: Density = "none"
    size: float = 0.0
    young_slope: float = 0.0
    survival_slope: float = 0.0


@dataclass(frozen=True)
class Band:
    """Breeding pairs in a band of distance: their share of all, which share of their young and of birds is lost a year.

    In words and tables only: to_km, where the band ends (0 = it has no end, or none is stated); evidence, key of the
    case on record (of demography) that its numbers are taken after (empty = an assumption).
    """

    pairs: float
    young_loss: float = 0.0
    extra_mortality: float = 0.0
    to_km: float = 0.0
    evidence: str = ""


@dataclass(frozen=True)
class Scenario:
    """One future beside the baseline.

    extra_mortality: share of the birds of each age group that dies in addition each year, or one share for all.
    birds: birds a year that die in addition; with `is_number` they stay that number, else the share they are at first.
    line_km, deaths_per_km, found_share, marker_effect: of a line. units, deaths_per_unit, avoidance: of turbines.
    bands: by distance. young_loss: share of fledged young lost. start_year (1 = the first), end_year (None = for ever).
    mitigation_year, mitigation: from which year on which share of these deaths is avoided.
    """

    name: str
    extra_mortality: tuple[float, float, float] = (0.0, 0.0, 0.0)
    birds: float = 0.0
    is_number: bool = False
    line_km: float = 0.0
    deaths_per_km: float = 0.0
    found_share: float = 1.0
    marker_effect: float = 0.0
    units: float = 0.0
    deaths_per_unit: float = 0.0
    avoidance: float = 0.0
    bands: tuple[Band, ...] = ()
    young_loss: float = 0.0
    start_year: int = 1
    end_year: int | None = None
    mitigation_year: int | None = None
    mitigation: float = 0.0


@dataclass(frozen=True)
class Case:
    """A whole question: a population, its futures, and how it is run.

    below: size a reader names, to see the chance of falling below it; None = no such question. year: shown in results;
    None = the last one.
    """

    population: Population
    scenarios: tuple[Scenario, ...]
    horizon_years: int = 30
    runs: int = 10_000
    seed: int = 1
    spread: Spread = "half"
    correlation: float = 0.0
    density: DensityDependence = field(default_factory=DensityDependence)
    below: float | None = None

    def numbers_a_run(self) -> int:
        """Return how many numbers of birds a run holds: one for each year, the count first, of each future."""
        return (self.horizon_years + 1) * (len(self.scenarios) + 1)
