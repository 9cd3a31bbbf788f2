"""The engine: many runs of a population through the years, the same luck for all its futures.

One year, in this order: deaths, ageing, breeding. Runs come in blocks of a fixed size, each with its own streams, so
that the first thousand runs of ten thousand are those of a thousand. Some blocks are worked on together: as many as the
cache of a processor holds.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from neaspec.scenarios.chance import (
    Array,
    Luck,
    Stream,
    beta_quantiles,
    binomial,
    gamma_quantiles,
    mixed_normals,
    poisson,
    whole_numbers,
)
from neaspec.scenarios.deaths import Effect, effect_of, strengths
from neaspec.scenarios.model import Case, DensityDependence, Population, Spread

BLOCK = 1000  # runs with streams of their own
TOGETHER = 10  # blocks worked on at once; no result depends on it
INPUT_STREAM, YEAR_STREAM, BIRD_STREAM = 1, 2, 3
SHARE_OF_SD = {"unknown": (1.0, 0.0), "years": (0.0, 1.0), "half": (0.5**0.5, 0.5**0.5)}  # not known, between years
STEPS_TO_GROWTH = 40


@dataclass(frozen=True, eq=False)
class Drawn:
    """Inputs of runs, one value a run.

    young_classes: how many classes live as the young do, in all runs and in some. ends: survival of the young and of
    adults; logit_ends: the same as logits.
    """

    age: Array
    classes: int
    young_classes: tuple[int, int]
    ends: Array
    logit_ends: Array
    young_per_pair: Array
    breeding_share: Array
    young_survival: Array

    def named(self) -> dict[str, Array]:
        """Return the inputs by the names of the model."""
        return {
            "age": self.age,
            "adult_survival": self.ends[1],
            "young_survival": self.young_survival,
            "young_per_pair": self.young_per_pair,
            "breeding_share": self.breeding_share,
        }

    def of_class(self, place: int, ends: Array) -> Array:
        """Return the survival of a class from that of the young and that of adults."""
        sure, some = self.young_classes
        if sure <= place < some:
            return np.asarray(np.where(place < self.age, ends[0], ends[1]))
        return np.asarray(ends[0] if place < sure else ends[1])

    def survival(self) -> Array:
        """Return survival by class and run, as it is in the middle of years."""
        return np.array([self.of_class(place, self.ends) for place in range(self.classes)])


@dataclass(frozen=True, eq=False)
class Runs:
    """All runs: birds by future (the baseline first), year (0 = the count) and run; and what each run rests on."""

    birds: Array
    inputs: dict[str, Array]


@dataclass(frozen=True)
class Years:
    """How years differ: the spread of survival (on the logit scale) and of young per pair (in logarithms)."""

    survival: float
    young: float
    correlation: float


def simulate(case: Case, tell: Callable[[int], None] = lambda _runs: None) -> Runs:
    """Return the runs of a case; `tell` hears now and then how many runs are done."""
    parts = []
    for birds, drawn in parts_of(case):
        parts.append((birds, drawn.named()))
        tell(min(sum(len(own["age"]) for _, own in parts), case.runs))
    return joined(parts, case.runs)


def joined(parts: list[tuple[Array, dict[str, Array]]], runs: int) -> Runs:
    """Return parts as one set of so many runs."""
    birds = np.concatenate([own for own, _ in parts], axis=2)[:, :, :runs]
    names = parts[0][1]
    return Runs(birds, {name: np.concatenate([own[name] for _, own in parts])[:runs] for name in names})


def parts_of(case: Case) -> Iterator[tuple[Array, Drawn]]:
    """Give the runs of a case some blocks at a time: birds by future, year and run, and their inputs."""
    effects = tuple(effect_of(scenario, case.population.birds.mean) for scenario in case.scenarios)
    strength = np.array([strengths(scenario, case.horizon_years) for scenario in case.scenarios])
    count = -(-case.runs // BLOCK)
    for first in range(0, count, TOGETHER):
        blocks = range(first, min(first + TOGETHER, count))
        yield _part(case, effects, strength.reshape(len(effects), case.horizon_years), blocks)


def _part(case: Case, effects: tuple[Effect, ...], strength: Array, blocks: range) -> tuple[Array, Drawn]:
    """Run some blocks through the years. Birds stand by class, future and run."""
    population = case.population
    key = (case.seed, zlib.crc32(population.key.encode()))
    drawn = draw_inputs(population, case.spread, Stream((*key, INPUT_STREAM), blocks, BLOCK))
    of_years = Stream((*key, YEAR_STREAM), blocks, BLOCK)
    of_birds = Stream((*key, BIRD_STREAM), blocks, BLOCK)
    years = spread_of_years(population, case.spread, case.correlation)
    is_adult = np.arange(drawn.classes)[:, None] >= drawn.age[None, :]
    start = starting_birds(population.birds.mean, drawn, is_adult)
    now = np.repeat(start[:, None], len(effects) + 1, axis=1)
    birds = np.empty((len(effects) + 1, case.horizon_years + 1, len(drawn.age)))
    birds[:, 0] = now.sum(axis=0)
    lost = lost_by_class(effects, is_adult)
    crowding = Crowding(case.density, start, is_adult)
    for year in range(case.horizon_years):
        ends, young = drawn_year(drawn, years, of_years)
        at_adults, z = crowding.adults(now), of_birds.normals(drawn.classes + 1)
        for place in range(drawn.classes):
            lives = crowding.survival(_lives(drawn.of_class(place, ends), lost, place, strength[:, year]), at_adults)
            alive = binomial(now[place], lives, Luck.of(z[place]))
            # the quantile may be a bird wrong; deaths never give birds
            now[place] = np.minimum(alive, alive[0]) if crowding.is_off else alive
        _take_number(now, effects, strength[:, year])
        now[-1] += now[-2]
        now[1:-1] = now[:-2]
        adults = now[-1].copy()
        for place in range(int(population.age.ends()[0]), drawn.classes - 1):
            adults += now[place] * is_adult[place]
        pairs = crowding.pairs(np.floor(adults * (drawn.breeding_share * 0.5)))
        mean = pairs * crowding.young(young, pairs, adults)
        for future, effect in enumerate(effects, 1):
            mean[future] *= 1 - effect.young_loss * strength[future - 1, year]
        born = poisson(mean, Luck.of(z[-1]))
        now[0] = np.minimum(born, born[0]) if crowding.is_off else born
        birds[:, year + 1] = now.sum(axis=0)
        of_years.next_year()
        of_birds.next_year()
    return birds, drawn


def _lives(survival: Array, lost: list[Array], place: int, strength: Array) -> Array:
    """Return the survival of a class by future and run: that of the baseline, and less of it in each scenario."""
    lives = np.empty((len(lost) + 1, len(survival)))
    lives[0] = survival
    for future, shares in enumerate(lost):
        np.multiply(survival, 1 - shares[min(place, len(shares) - 1)] * strength[future], out=lives[future + 1])
    return lives


def draw_inputs(population: Population, spread: Spread, stream: Stream) -> Drawn:
    """Draw what is not known, once a run."""
    uniforms = stream.uniforms(5)
    known = SHARE_OF_SD[spread][0]
    adult = beta_quantiles(population.adult_survival.mean, population.adult_survival.sd * known, uniforms[0])
    young = beta_quantiles(population.young_survival.mean, population.young_survival.sd * known, uniforms[1])
    per_pair = gamma_quantiles(population.young_per_pair.mean, population.young_per_pair.sd * known, uniforms[2])
    low, high = population.breeding_share.ends()
    age = whole_numbers(*population.age.ends(), uniforms[4])
    first, last = (int(end) for end in population.age.ends())
    early = young ** (1 / age) if population.is_to_adult else young
    ends = np.array([early, adult])
    classes = (first, last) if population.is_to_adult else (1, 1)
    share = low + (high - low) * uniforms[3]
    return Drawn(age.astype(float), last + 1, classes, ends, logit(ends), per_pair, share, young)


def spread_of_years(population: Population, spread: Spread, correlation: float) -> Years:
    """Return how years differ; a good year is good for all ages."""
    between = SHARE_OF_SD[spread][1]
    adult, young = population.adult_survival, population.young_per_pair
    variance = adult.mean * (1 - adult.mean)
    of_survival = adult.sd * between / variance if variance else 0.0
    of_young = np.sqrt(np.log1p((young.sd * between / young.mean) ** 2)) if young.mean else 0.0
    return Years(of_survival, float(of_young), correlation)


def drawn_year(drawn: Drawn, years: Years, stream: Stream) -> tuple[Array, Array]:
    """Return survival of the young and of adults, and young per pair, of one year."""
    ends, young = drawn.ends, drawn.young_per_pair
    if not years.survival and not years.young:
        return ends, young
    z = stream.normals(2)
    if years.survival:
        # widened so that the mean over years stays that of the input (the usual approximation of a logit-normal mean)
        scale = np.sqrt(1 + np.pi * years.survival**2 / 8)
        ends = expit(drawn.logit_ends * scale + years.survival * z[0])
    if years.young:
        goes_with = mixed_normals(z[0], z[1], years.correlation) if years.correlation else z[1]
        young = young * np.exp(years.young * goes_with - years.young**2 / 2)
    return ends, young


def growth_of(drawn: Drawn) -> Array:
    """Return the growth factor of the mean of each run: the root of  g^(a-1) (g - s) = b f/2 p0 … p(a-1)."""
    age, adult = drawn.age, drawn.ends[1]
    is_young = np.arange(drawn.classes)[:, None] < age[None, :]
    product = np.prod(np.where(is_young, drawn.survival(), 1.0), axis=0)
    recruits = drawn.breeding_share * drawn.young_per_pair / 2 * product
    found = np.maximum(adult, 1e-9) + recruits + 1.0
    for _ in range(STEPS_TO_GROWTH):
        power = found ** (age - 1)
        value = power * (found - adult) - recruits
        slope = power + (age - 1) * power / found * (found - adult)
        better = np.maximum(found - value / np.maximum(slope, 1e-300), np.maximum(adult, 1e-9))
        if np.allclose(better, found, rtol=1e-13, atol=0):
            return np.asarray(better)
        found = better
    return np.asarray(found)


def starting_birds(total: float, drawn: Drawn, is_adult: Array) -> Array:
    """Return the counted birds by class and run, in the stable structure of each run, in whole birds."""
    growth = np.maximum(growth_of(drawn), 1e-9)
    survival = drawn.survival()
    shares = np.zeros_like(survival)
    shares[0] = 1.0
    for place in range(1, len(shares)):
        shares[place] = shares[place - 1] * survival[place - 1] / growth
    # all adults: what comes in each year, over what leaves
    below, runs = drawn.age.astype(int) - 1, np.arange(shares.shape[1])
    adults = shares[below, runs] * survival[below, runs] / np.maximum(growth - drawn.ends[1], 1e-12)
    shares = np.where(is_adult, 0.0, shares)
    shares[-1] = adults
    exact = total * shares / shares.sum(axis=0)
    whole = np.floor(exact)
    left = np.round(total - whole.sum(axis=0))
    rank = np.argsort(np.argsort(-(exact - whole), axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(whole + (rank < left))


def lost_by_class(effects: tuple[Effect, ...], is_adult: Array) -> list[Array]:
    """Return by scenario, class and run which share of birds dies in addition at full strength."""
    place = np.arange(len(is_adult))[:, None]
    out = []
    for effect in effects:
        first, immature, adult = effect.shares
        by_age = np.where(is_adult, adult, np.where(place == 0, first, immature))
        out.append(by_age if len({first, immature, adult}) > 1 else np.full((1, 1), adult))
    return out


def _take_number(alive: Array, effects: tuple[Effect, ...], strength: Array) -> None:
    """Take off birds that are counted as a number, from all classes alike, never below none."""
    for future, effect in enumerate(effects, 1):
        taken = effect.number * strength[future - 1]
        if taken:
            own = alive[:, future]
            kept = np.maximum(1 - taken / np.maximum(own.sum(axis=0), 1.0), 0.0)
            alive[:, future] = np.minimum(np.floor(own * kept + 0.5), own)


class Crowding:
    """Density dependence of some runs; off, it gives back what it gets."""

    def __init__(self, density: DensityDependence, start: Array, is_adult: Array) -> None:
        """Remember the adults of the start, from which slopes count."""
        self.kind, self.size = density.kind, density.size
        self.is_off = density.kind == "none"
        self.young_slope, self.survival_slope = density.young_slope, density.survival_slope
        self.is_adult = is_adult
        self.first = np.log10((start * is_adult).sum(axis=0) + 1)

    def adults(self, now: Array) -> Array:
        """Return the adults by future and run, where survival depends on them."""
        if self.kind != "log_linear" or not self.survival_slope:
            return np.empty(0)
        return np.asarray((now * self.is_adult[:, None]).sum(axis=0), dtype=float)

    def survival(self, lives: Array, adults: Array) -> Array:
        """Return survival at the adults of each future."""
        if not len(adults):
            return lives
        return np.asarray(np.clip(lives + self.survival_slope * self._tenfolds(adults), 0.0, 1.0), dtype=float)

    def pairs(self, pairs: Array) -> Array:
        """Return the pairs that breed."""
        return np.minimum(pairs, self.size) if self.kind == "ceiling" else pairs

    def young(self, young: Array, pairs: Array, adults: Array) -> Array:
        """Return young per pair at the pairs and adults of each future."""
        if self.kind == "beverton_holt":
            return np.asarray(young / (1 + pairs / self.size), dtype=float)
        if self.kind == "log_linear":
            return np.asarray(np.maximum(young + self.young_slope * self._tenfolds(adults), 0.0), dtype=float)
        return young

    def _tenfolds(self, adults: Array) -> Array:
        return np.asarray(np.log10(adults + 1) - self.first, dtype=float)
