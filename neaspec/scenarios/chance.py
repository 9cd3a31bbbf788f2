"""Chance that is the same for all futures: deviates from raw bits, and quantiles of what they are the luck of.

Drawing for each future in turn falls out of step as soon as the numbers differ, and then more deaths can leave more
birds. Here one deviate stands for the luck of a class, a run and a year, and each future takes the quantile of its own
distribution at it. Bits of PCG64 are the same for all releases of NumPy; its normal deviates need not be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

Array = NDArray[Any]  # of float64
STRIDE = 1 << 24  # bits of a year begin so far behind those of the year before
LEAST_VARIANCE = 9.0  # of a binomial; below it the exact quantile is taken
LEAST_MEAN = 20.0  # of a Poisson
SURE_VARIANCE = 100.0  # from here on no deviate there is (8.3 at most) leads below none or above all
NORMAL_CELLS = 8192  # of the table of normal deviates
TAIL_CELLS = NORMAL_CELLS // 64  # at either end, of which no table is asked
TABLE_END, TABLE_SIZE = 6.5, 1301  # of quantiles of inputs, in normal deviates
AT_ONCE, FARTHEST = 2000, 10  # exact quantiles worked out together; how many deviations from the mean they may lie


class Stream:
    """Deviates of one purpose for one or several blocks of runs; no other purpose and no number of futures moves them.

    Each block has bits of its own. In a block each run has a twin with the mirrored luck, which steadies what is worked
    out of the runs and halves the work.
    """

    def __init__(self, key: Sequence[int], blocks: Sequence[int], runs: int) -> None:
        """Begin the stream of a key (seed, species, purpose) for blocks of so many runs each (an even number)."""
        self._bits = [np.random.PCG64(np.random.SeedSequence([*key, block])) for block in blocks]
        self._half = runs // 2
        self._used = 0

    def uniforms(self, rows: int) -> Array:
        """Return numbers between 0 and 1, never 0 or 1 themselves: so many for each run."""
        half = self._drawn(rows)
        return self._with_twins(half, 1 - half)

    def normals(self, rows: int) -> Array:
        """Return standard normal deviates: so many for each run."""
        half = normal_of(self._drawn(rows))
        return self._with_twins(half, np.negative(half))

    def next_year(self) -> None:
        """Go on where the next year begins, however much this one needed."""
        for bits in self._bits:
            bits.advance(STRIDE - self._used)
        self._used = 0

    def _drawn(self, rows: int) -> Array:
        """Return uniforms by row, block and run, without twins."""
        count = rows * self._half
        self._used += count
        raw = np.empty((rows, len(self._bits), self._half), dtype=np.uint64)
        for place, bits in enumerate(self._bits):
            raw[:, place] = bits.random_raw(count).reshape(rows, self._half)
        raw >>= np.uint64(11)
        uniforms = raw.view(np.int64) + 0.5  # with a sign they become fractions much faster
        uniforms *= 2.0**-53
        return uniforms

    def _with_twins(self, half: Array, twins: Array) -> Array:
        """Return each block as its runs and then their twins, in one row."""
        out = np.empty((len(half), len(self._bits), 2 * self._half))
        out[..., : self._half] = half
        out[..., self._half :] = twins
        return out.reshape(len(half), -1)


def normal_of(uniforms: Array) -> Array:
    """Return the normal deviates below which these shares lie: exact in both tails, elsewhere to 3 millionths.

    Between the tails by a table of the exact ones: nothing but sums and products, the same on every machine, and three
    times as fast.
    """
    places, steps = _normal_table()
    scaled = uniforms * NORMAL_CELLS
    cell = scaled.astype(np.intp)
    scaled -= cell
    # every cell is one of the table; the mode that would clip others spares a look at each
    deviates = np.take(steps, cell, mode="clip")
    deviates *= scaled
    deviates += np.take(places, cell, mode="clip")
    # one look for both tails: below the first cell that counts, the number without a sign is a huge one
    cell -= TAIL_CELLS
    far = np.flatnonzero(cell.view(np.uint64) >= NORMAL_CELLS - 2 * TAIL_CELLS)
    np.put(deviates, far, ndtri(np.take(uniforms, far)))
    return deviates


@lru_cache(maxsize=1)
def _normal_table() -> tuple[Array, Array]:
    """Return the deviates at the beginning of each cell of the shares, and how far it is to the next."""
    shares = np.arange(NORMAL_CELLS + 1) / NORMAL_CELLS
    deviates = ndtri(np.clip(shares, 0.5 / NORMAL_CELLS, 1 - 0.5 / NORMAL_CELLS))
    return deviates[:-1].copy(), np.diff(deviates)


@dataclass(frozen=True)
class Luck:
    """Deviates with what quantiles take from them, the same for all futures: z, z², and (z² - 1) / 6."""

    z: Array
    square: Array
    even: Array

    @classmethod
    def of(cls, z: Array) -> "Luck":
        """Work out the polynomials once."""
        square = z * z
        even = square - 1
        even *= 1 / 6
        return cls(z, square, even)


@dataclass(frozen=True)
class Chances:
    """Chances p to live through a year, with what quantiles take from them: once for all classes they hold for.

    With q = 1 - p, v = p q: rest q, skew q - p, and the two parts of the second term of Cornish and Fisher,
    z (odd - z² cubed) / s, where odd = (1 + 14 v) / 72 and cubed = (1 + 2 v) / 72. (With g = (q - p) / s and
    h = (1 - 6 v) / s² it is  s (h (z³ - 3z) / 24 - g² (2z³ - 5z) / 36).)
    """

    chance: Array
    rest: Array
    skew: Array
    odd: Array
    cubed: Array

    @classmethod
    def of(cls, chance: Array) -> "Chances":
        """Work out the parts once."""
        rest = 1.0 - chance
        product = chance * rest
        odd = product * (14 / 72)
        odd += 1 / 72
        product *= 2 / 72
        product += 1 / 72
        return cls(chance, rest, rest - chance, odd, product)


def binomial(number: Array, chances: Chances, luck: Luck) -> Array:
    """Return how many of so many live, each with a chance, at this luck: a quantile of the binomial distribution.

    Where its variance is 9 or more by Cornish and Fisher (a bird wrong at most), below it exactly.
    """
    quantiles = number * chances.chance
    spread = quantiles * chances.rest
    least = spread.min(initial=SURE_VARIANCE)
    small = np.flatnonzero(spread < LEAST_VARIANCE) if least < LEAST_VARIANCE else None
    if small is not None:
        np.maximum(spread, LEAST_VARIANCE, out=spread)
    np.sqrt(spread, out=spread)
    term = chances.cubed * luck.square
    np.subtract(chances.odd, term, out=term)
    term /= spread
    term += spread
    term *= luck.z
    quantiles += term
    np.multiply(chances.skew, luck.even, out=term)
    quantiles += term
    np.rint(quantiles, out=quantiles)
    if least < SURE_VARIANCE:
        np.maximum(quantiles, 0.0, out=quantiles)
        np.minimum(quantiles, number, out=quantiles)
    if small is not None:
        of_small = (np.take(np.broadcast_to(own, quantiles.shape), small) for own in (number, chances.chance, luck.z))
        np.put(quantiles, small, _small_binomial(*of_small))
    return quantiles


def poisson(mean: Array, luck: Luck) -> Array:
    """Return a number with a mean at this luck: a quantile of the Poisson distribution, exact below a mean of 20."""
    least = mean.min(initial=SURE_VARIANCE)
    quantiles = np.sqrt(np.maximum(mean, LEAST_MEAN) if least < LEAST_MEAN else mean)
    quantiles *= luck.z
    quantiles += luck.even
    quantiles += mean
    np.rint(quantiles, out=quantiles)
    if least < SURE_VARIANCE:
        np.maximum(quantiles, 0.0, out=quantiles)
    if least < LEAST_MEAN:
        small = np.flatnonzero(mean < LEAST_MEAN)
        of_small = (np.take(np.broadcast_to(own, quantiles.shape), small) for own in (mean, luck.z))
        np.put(quantiles, small, _small_poisson(*of_small))
    return quantiles


def _small_binomial(number: Array, chance: Array, z: Array) -> Array:
    """Return exact quantiles, counted from the side that is rarer: those who die where most live."""
    is_mirrored = chance > 0.5
    rare = np.where(is_mirrored, 1.0 - chance, chance)
    # At most n die with a chance below v: the quantile of those who live is n less their number.
    below = ndtr(np.where(is_mirrored, -z, z))
    odds = rare / np.maximum(1.0 - rare, 1e-300)
    first = np.exp(number * np.log1p(-np.minimum(rare, 1 - 1e-16)))

    def ratios(place: slice, steps: Array) -> Array:
        return np.asarray(odds[place, None] * np.maximum(number[place, None] - steps, 0.0) / (steps + 1))

    counted = _steps_below(first, below, number * rare, ratios)
    np.minimum(counted, number, out=counted)
    return np.where(is_mirrored, number - counted, counted)


def _small_poisson(mean: Array, z: Array) -> Array:
    """Return exact quantiles."""
    return _steps_below(np.exp(-mean), ndtr(z), mean, lambda place, steps: mean[place, None] / (steps + 1))


def _steps_below(first: Array, below: Array, mean: Array, ratios: Callable[[slice, Array], Array]) -> Array:
    """Return how many sums of chances lie below a share, each chance the one before it times a ratio."""
    counted = np.empty_like(first)
    for start in range(0, len(first), AT_ONCE):
        place = slice(start, start + AT_ONCE)
        largest = float(mean[place].max(initial=0.0))
        steps = np.arange(int(largest + FARTHEST * (largest + 1) ** 0.5) + 2, dtype=float)
        chances = np.empty((len(first[place]), len(steps) + 1))
        chances[:, 0] = first[place]
        chances[:, 1:] = ratios(place, steps)
        sums = np.cumsum(np.cumprod(chances, axis=1, out=chances), axis=1, out=chances)
        counted[place] = (sums < below[place, None]).sum(axis=1)
    return counted


def beta_parameters(mean: float, sd: float) -> tuple[float, float]:
    """Return both parameters of the beta distribution of a mean and a standard deviation (0 < mean < 1, sd > 0)."""
    size = mean * (1 - mean) / sd**2 - 1
    return mean * size, (1 - mean) * size


def beta_quantiles(mean: float, sd: float, uniforms: Array) -> Array:
    """Return shares with a mean and a standard deviation, by quantiles; no spread means the mean itself."""
    if sd == 0 or mean in (0.0, 1.0):
        return np.full_like(uniforms, mean)
    return _by_table(_beta_table(*beta_parameters(mean, sd)), uniforms)


def gamma_quantiles(mean: float, sd: float, uniforms: Array) -> Array:
    """Return numbers from 0 on with a mean and a standard deviation, by quantiles; no spread means the mean itself."""
    if sd == 0 or mean == 0:
        return np.full_like(uniforms, mean)
    return _by_table(_gamma_table((mean / sd) ** 2), uniforms) * (sd**2 / mean)


def _by_table(quantiles: Array, uniforms: Array) -> Array:
    """Return quantiles from a table that is even in normal deviates: exact to a few millionths, and much faster."""
    return np.asarray(np.interp(ndtri(uniforms), _grid(), quantiles), dtype=float)


def _grid() -> Array:
    return np.linspace(-TABLE_END, TABLE_END, TABLE_SIZE)


@lru_cache(maxsize=16)
def _beta_table(first: float, second: float) -> Array:
    return np.asarray(betaincinv(first, second, ndtr(_grid())), dtype=float)


@lru_cache(maxsize=16)
def _gamma_table(shape: float) -> Array:
    return np.asarray(gammaincinv(shape, ndtr(_grid())), dtype=float)


def forget_tables() -> None:
    """Let go the tables of inputs, so that the next run works them out again."""
    _beta_table.cache_clear()
    _gamma_table.cache_clear()


def whole_numbers(low: float, high: float, uniforms: Array) -> NDArray[np.int64]:
    """Return whole numbers between two, each as likely."""
    count = int(high) - int(low) + 1
    return np.asarray(int(low) + np.floor(uniforms * count), dtype=np.int64)


def mixed_normals(first: Any, second: Any, correlation: float) -> Array:
    """Return deviates that go with the first by a correlation."""
    return np.asarray(correlation * first + np.sqrt(1 - correlation**2) * second, dtype=float)
