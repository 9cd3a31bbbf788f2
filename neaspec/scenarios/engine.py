"""The engine: many runs of a population through the years, the same luck for all its futures.

One year, in this order: deaths, ageing, breeding. Runs come in blocks of a fixed size, each with its own streams, so
that the first thousand runs of ten thousand are those of a thousand. Some blocks are worked on together: as many as the
cache of a processor holds.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from neaspec.scenarios.chance import (
    Array,
    Chances,
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
    adults; odds_against: of both, widened for how years differ.
    """

    age: Array
    classes: int
    young_classes: tuple[int, int]
    ends: Array
    odds_against: Array
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

    def first_alike(self, place: int) -> int:
        """Return the first class that has the survival of a class in all runs."""
        sure, some = self.young_classes
        return 0 if place < sure else min(place, some)

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
    """Return the runs of a case; `tell` hears now and then how many runs are done.

    All runs stand in one array from the beginning, which each part of them fills its place of: nothing is put together
    later, so no more memory is needed than for the runs themselves.
    """
    effects = tuple(effect_of(scenario, case.population.birds.mean) for scenario in case.scenarios)
    strength = np.array([strengths(scenario, case.horizon_years) for scenario in case.scenarios])
    strength = strength.reshape(len(effects), case.horizon_years)
    count = -(-case.runs // BLOCK)
    birds = np.empty((len(effects) + 1, case.horizon_years + 1, count * BLOCK))
    inputs = []
    for first in range(0, count, TOGETHER):
        blocks = range(first, min(first + TOGETHER, count))
        place = slice(blocks.start * BLOCK, blocks.stop * BLOCK)
        inputs.append(_part(case, effects, strength, blocks, birds[:, :, place]).named())
        tell(min(place.stop, case.runs))
    drawn = {name: np.concatenate([own[name] for own in inputs])[: case.runs] for name in inputs[0]}
    return Runs(birds[:, :, : case.runs], drawn)


def _part(case: Case, effects: tuple[Effect, ...], strength: Array, blocks: range, birds: Array) -> Drawn:
    """Run some blocks through the years; fill in birds by future, year and run, and return the inputs of the runs."""
    population = case.population
    key = (case.seed, zlib.crc32(population.key.encode()))
    drawn = draw_inputs(population, case.spread, Stream((*key, INPUT_STREAM), blocks, BLOCK))
    of_years = Stream((*key, YEAR_STREAM), blocks, BLOCK)
    of_birds = Stream((*key, BIRD_STREAM), blocks, BLOCK)
    years = spread_of_years(population, case.spread, case.correlation)
    is_adult = np.arange(drawn.classes)[:, None] >= drawn.age[None, :]
    start = starting_birds(population.birds.mean, drawn, is_adult)
    now = [np.repeat(own[None], len(effects) + 1, axis=0) for own in start]
    birds[:, 0] = start.sum(axis=0)
    lost = lost_by_class(effects, is_adult)
    crowding = Crowding(case.density, start, is_adult)
    breeds = is_adult.astype(float)[int(population.age.ends()[0]) : -1]
    in_pairs = drawn.breeding_share * 0.5
    for year in range(case.horizon_years):
        ends, young = drawn_year(drawn, years, of_years)
        z = of_birds.normals(drawn.classes + 1)
        alive = _alive(now, drawn, ends, _lost_in(lost, strength[:, year]), crowding, z)
        if any(effect.number for effect in effects):
            alive = _without_number(alive, effects, strength[:, year])
        older = [*alive[:-2], alive[-2] + alive[-1]]  # a year later: the first one is class 1
        adults = _adults(older, breeds)
        pairs = crowding.pairs(np.floor(adults * in_pairs))
        mean = pairs * crowding.young(young, pairs, adults)
        for future, effect in enumerate(effects, 1):
            if effect.young_loss:
                mean[future] *= 1 - effect.young_loss * strength[future - 1, year]
        now = [crowding.below_baseline(poisson(mean, Luck.of(z[-1]))), *older]
        birds[:, year + 1] = sum(now)
        of_years.next_year()
        of_birds.next_year()
    return drawn


def _alive(
    now: list[Array], drawn: Drawn, ends: Array, lost: list[Array], crowding: "Crowding", z: Array
) -> list[Array]:
    """Return who of each class lives through a year. Classes that live alike have their chances worked out once."""
    adults = crowding.adults(now)
    is_one_share = all(len(shares) == 1 for shares in lost)
    chances: dict[int, Chances] = {}
    alive = []
    for place, own in enumerate(now):
        group = drawn.first_alike(place) if is_one_share else place
        if group not in chances:
            chances[group] = Chances.of(crowding.survival(_lives(drawn.of_class(place, ends), lost, place), adults))
        alive.append(crowding.below_baseline(binomial(own, chances[group], Luck.of(z[place]))))
    return alive


def _lost_in(lost: list[Array], strength: Array) -> list[Array]:
    """Return the shares of birds that die in addition in a year."""
    return [shares * strength[future] for future, shares in enumerate(lost)]


def _lives(survival: Array, lost: list[Array], place: int) -> Array:
    """Return the survival of a class by future and run: that of the baseline, and less of it in each scenario."""
    lives = np.empty((len(lost) + 1, len(survival)))
    lives[0] = survival
    for future, shares in enumerate(lost, 1):
        np.multiply(survival, 1 - shares[min(place, len(shares) - 1)], out=lives[future])
    return lives


def _adults(older: list[Array], breeds: Array) -> Array:
    """Return the adults by future and run (breeds: which runs have adults in the classes before the last one)."""
    adults = older[-1]
    for place, shares in enumerate(breeds, len(older) - 1 - len(breeds)):
        adults = adults + older[place] * shares
    return adults


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
    odds = _odds_against(ends, spread_of_years(population, spread, 0.0).survival)
    return Drawn(age.astype(float), last + 1, classes, ends, odds, per_pair, share, young)


def _odds_against(survival: Array, spread: float) -> Array:
    """Return the odds against survival, widened so that its mean over years stays that of the input.

    By the usual approximation of the mean of a logit-normal.
    """
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(((1 - survival) / survival) ** np.sqrt(1 + np.pi * spread**2 / 8), dtype=float)


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
        # 1 / (1 + odds against): one exponential for both ages
        against = drawn.odds_against * np.exp(-years.survival * z[0])
        against += 1
        ends = np.divide(1.0, against, out=against)
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
    growth = np.maximum(adult, 1e-9) + recruits + 1.0
    for _ in range(STEPS_TO_GROWTH):
        power = growth ** (age - 1)
        value = power * (growth - adult) - recruits
        slope = power + (age - 1) * power / growth * (growth - adult)
        better = np.maximum(growth - value / np.maximum(slope, 1e-300), np.maximum(adult, 1e-9))
        if np.allclose(better, growth, rtol=1e-13, atol=0):
            return np.asarray(better)
        growth = better
    return np.asarray(growth)


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
    order = np.argsort(np.ascontiguousarray((whole - exact).T), axis=1, kind="stable")
    gets_more = np.empty(order.shape, dtype=bool)
    np.put_along_axis(gets_more, order, np.arange(len(whole)) < left[:, None], axis=1)
    return np.asarray(whole + gets_more.T)


def lost_by_class(effects: tuple[Effect, ...], is_adult: Array) -> list[Array]:
    """Return by scenario, class and run which share of birds dies in addition at full strength."""
    place = np.arange(len(is_adult))[:, None]
    out = []
    for effect in effects:
        first, immature, adult = effect.shares
        by_age = np.where(is_adult, adult, np.where(place == 0, first, immature))
        out.append(by_age if len({first, immature, adult}) > 1 else np.full((1, 1), adult))
    return out


def _without_number(classes: list[Array], effects: tuple[Effect, ...], strength: Array) -> list[Array]:
    """Take off birds that are counted as a number, from all classes alike, never below none."""
    alive = np.array(classes)
    for future, effect in enumerate(effects, 1):
        taken = effect.number * strength[future - 1]
        if taken:
            own = alive[:, future]
            kept = np.maximum(1 - taken / np.maximum(own.sum(axis=0), 1.0), 0.0)
            alive[:, future] = np.minimum(np.floor(own * kept + 0.5), own)
    return list(alive)


class Crowding:
    """Density dependence of some runs; off, it gives back what it gets."""

    def __init__(self, density: DensityDependence, start: Array, is_adult: Array) -> None:
        """Remember the adults of the start, from which slopes count."""
        self.kind, self.size = density.kind, density.size
        self.is_off = density.kind == "none"
        self.young_slope, self.survival_slope = density.young_slope, density.survival_slope
        self.is_adult = is_adult
        self.first = np.log10((start * is_adult).sum(axis=0) + 1)

    def below_baseline(self, birds: Array) -> Array:
        """Return birds by future, without crowding in no scenario more than in the baseline.

        A quantile may be a bird wrong; deaths never give birds.
        """
        for own in birds[1:] if self.is_off else ():
            np.minimum(own, birds[0], out=own)
        return birds

    def adults(self, now: list[Array]) -> Array:
        """Return the adults by future and run, where survival depends on them."""
        if self.kind != "log_linear" or not self.survival_slope:
            return np.empty(0)
        return np.asarray((np.array(now) * self.is_adult[:, None]).sum(axis=0), dtype=float)

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
