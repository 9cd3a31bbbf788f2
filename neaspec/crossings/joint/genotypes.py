"""Genotypes held against each other: what agrees, what differs, what is missing; identity is never decided here.

Probability of identity of a locus with allele frequencies p (Waits, Luikart and Taberlet, Molecular Ecology 10, 2001):

    PID    = 2 (sum p^2)^2 - sum p^4                                two animals that are not related
    PIDsib = 0.25 + 0.5 sum p^2 + 0.5 (sum p^2)^2 - 0.25 sum p^4    two full siblings

and the product over loci. Frequencies are those of the samples given, each as often as it was typed: repeated samples
of one animal make its alleles look more frequent.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from neaspec.crossings.model.genotypes import MISSING, GenotypeTable
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.privacy.redact import redact

Alleles = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
ALL_LABORATORIES = ""
PAIR_COLUMNS = (
    "sample_a",
    "laboratory_a",
    "sample_b",
    "laboratory_b",
    "loci_compared",
    "loci_mismatched",
    "alleles_mismatched",
    "dropout_possible",
    "loci_missing",
    "mismatched_loci",
    "mismatched_after_shift",
    "pid",
    "pid_sib",
)
LOCUS_COLUMNS = ("laboratory", "locus", "samples", "missing", "alleles", "pid", "pid_sib")
SHIFT_COLUMNS = ("laboratory_a", "laboratory_b", "locus", "samples", "shift", "samples_with_shift")
MOST_PAIRS = 5_000


@dataclass(frozen=True)
class GenotypeComparison:
    """What genotypes tell.

    Attributes:
        pairs: PAIR_COLUMNS: pairs of samples that differ at few loci of enough; the likest first.
        loci: LOCUS_COLUMNS by laboratory and for all together (laboratory ""); the row with locus "" is the product
            over loci.
        shifts: SHIFT_COLUMNS: loci at which two laboratories tell the same samples apart by one length.
        compared: pairs held against each other. too_few: of these with fewer loci than it takes. left_out: pairs alike
            that are not listed, as there are too many.
    """

    pairs: pd.DataFrame
    loci: pd.DataFrame
    shifts: pd.DataFrame
    compared: int = 0
    too_few: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class _All:
    """All samples, with the loci of all tables in one order."""

    samples: list[str]
    laboratories: list[str]
    loci: list[str]
    alleles: Alleles  # samples x loci x 2


def compare_genotypes(tables: Sequence[GenotypeTable], parameters: Parameters) -> GenotypeComparison:
    """Hold every sample against every other.

    Args:
        tables: of one laboratory or several.
        parameters: loci_least, loci_mismatches, shift_samples.
    """
    everything = _put_together(tables)
    shifts = _shifts(everything, parameters)
    pooled = [frequencies(everything.alleles[:, place]) for place in range(len(everything.loci))]
    probabilities = np.array([[pid(p), pid_sib(p)] for p in pooled]).reshape(-1, 2)
    rows: list[dict[str, Any]] = []
    too_few = left_out = 0
    for number in range(len(everything.samples) - 1):
        alike, few = _alike(everything, number, parameters)
        too_few += few
        room = MOST_PAIRS - len(rows)
        left_out += max(len(alike) - room, 0)
        rows += [_pair(everything, number, other, probabilities, shifts) for other in alike[: max(room, 0)]]
    pairs = pd.DataFrame(rows, columns=list(PAIR_COLUMNS))
    order = ["loci_mismatched", "loci_compared", "sample_a", "sample_b"]
    pairs = pairs.sort_values(order, ascending=[True, False, True, True], ignore_index=True, kind="stable")
    count = len(everything.samples)
    return GenotypeComparison(
        pairs, _loci(everything), _shift_table(shifts), count * (count - 1) // 2, too_few, left_out
    )


def frequencies(alleles: Alleles) -> Floats:
    """Return the frequencies of the alleles of a locus (samples x 2) that are not missing."""
    known = alleles[alleles != MISSING]
    _, counts = np.unique(known, return_counts=True)
    return counts / counts.sum() if len(counts) else np.zeros(0)


def pid(p: Floats) -> float:
    """Return the probability that two animals that are not related have one genotype; 1 where nothing is known."""
    return float(2 * (p**2).sum() ** 2 - (p**4).sum()) if len(p) else 1.0


def pid_sib(p: Floats) -> float:
    """Return the probability that two full siblings have one genotype; 1 where nothing is known."""
    if not len(p):
        return 1.0
    square = (p**2).sum()
    return float(0.25 + 0.5 * square + 0.5 * square**2 - 0.25 * (p**4).sum())


def _put_together(tables: Sequence[GenotypeTable]) -> _All:
    names: dict[str, str] = {}
    for table in tables:
        for locus in table.loci:
            names.setdefault(locus.casefold(), locus)
    place = {name: number for number, name in enumerate(names)}
    blocks, samples, laboratories = [], [], []
    for table in tables:
        block = np.full((len(table.samples), len(names), 2), MISSING, dtype=np.int64)
        for number, locus in enumerate(table.loci):
            block[:, place[locus.casefold()]] = table.alleles[:, number]
        blocks.append(block)
        samples += list(table.samples)
        laboratories += [table.laboratory] * len(table.samples)
    alleles = np.concatenate(blocks) if blocks else np.zeros((0, 0, 2), dtype=np.int64)
    return _All(samples, laboratories, list(names.values()), alleles)


def _alike(everything: _All, number: int, parameters: Parameters) -> tuple[list[int], int]:
    """Return the later samples that differ from one at few loci, and how many have too few loci to be told."""
    own, others = everything.alleles[number], everything.alleles[number + 1 :]
    is_typed = (own[:, 0] != MISSING) & (others[:, :, 0] != MISSING)
    differs = is_typed & (own != others).any(axis=2)
    is_enough = is_typed.sum(axis=1) >= parameters.loci_least
    is_near = is_enough & (differs.sum(axis=1) <= parameters.loci_mismatches)
    return (np.flatnonzero(is_near) + number + 1).tolist(), int((~is_enough).sum())


def _pair(
    everything: _All, number: int, other: int, probabilities: Floats, shifts: "dict[tuple[str, str, int], _Shift]"
) -> dict[str, Any]:
    one, two = everything.alleles[number], everything.alleles[other]
    is_typed = (one[:, 0] != MISSING) & (two[:, 0] != MISSING)
    differs = is_typed & (one != two).any(axis=1)
    places = np.flatnonzero(differs)
    labs = everything.laboratories[number], everything.laboratories[other]
    moved = [place for place in np.flatnonzero(is_typed) if _differs_after_shift(one, two, int(place), labs, shifts)]
    has_shift = any(_shift_between(labs, int(place), shifts) for place in np.flatnonzero(is_typed))
    return {
        "sample_a": redact(everything.samples[number]),
        "laboratory_a": redact(labs[0]),
        "sample_b": redact(everything.samples[other]),
        "laboratory_b": redact(labs[1]),
        "loci_compared": int(is_typed.sum()),
        "loci_mismatched": len(places),
        "alleles_mismatched": sum(alleles_apart(one[place], two[place]) for place in places),
        "dropout_possible": sum(may_be_dropout(one[place], two[place]) for place in places),
        "loci_missing": int((~is_typed).sum()),
        "mismatched_loci": ", ".join(redact(everything.loci[place]) for place in places),
        "mismatched_after_shift": len(moved) if has_shift else None,
        "pid": float(probabilities[is_typed, 0].prod()),
        "pid_sib": float(probabilities[is_typed, 1].prod()),
    }


def alleles_apart(one: Alleles, two: Alleles) -> int:
    """Return how many of the two alleles differ."""
    return 2 - sum((Counter(one.tolist()) & Counter(two.tolist())).values())


def may_be_dropout(one: Alleles, two: Alleles) -> bool:
    """Whether two genotypes differ as they do when one allele of the one was not amplified."""
    is_single = (one[0] == one[1]) != (two[0] == two[1])
    return bool(is_single and set(one.tolist()) & set(two.tolist()))


@dataclass(frozen=True)
class _Shift:
    laboratory_a: str
    laboratory_b: str
    locus: str
    samples: int  # typed by both at this locus
    shift: int  # of the second laboratory against the first
    samples_with_shift: int


def _shifts(everything: _All, parameters: Parameters) -> dict[tuple[str, str, int], _Shift]:
    """Return the shifts of pairs of laboratories, by laboratory, laboratory and locus, told by samples both typed."""
    rows: dict[str, dict[str, int]] = {}
    for number, (sample, laboratory) in enumerate(zip(everything.samples, everything.laboratories, strict=True)):
        rows.setdefault(laboratory, {}).setdefault(sample.casefold(), number)
    shifts: dict[tuple[str, str, int], _Shift] = {}
    names = sorted(rows)
    for first in names:
        for second in names[names.index(first) + 1 :]:
            shared = sorted(rows[first].keys() & rows[second].keys())
            pairs = [(rows[first][sample], rows[second][sample]) for sample in shared]
            for place, locus in enumerate(everything.loci):
                shift = _shift_of(everything.alleles[:, place], pairs)
                if shift and shift[1] and shift[2] >= parameters.shift_samples:
                    shifts[first, second, place] = _Shift(first, second, locus, *shift)
    return shifts


def _shift_of(alleles: Alleles, pairs: Sequence[tuple[int, int]]) -> tuple[int, int, int] | None:
    """Return samples typed by both, the shift most of them show, and how many show it; None = none typed by both."""
    typed = [(alleles[one], alleles[two]) for one, two in pairs if alleles[one, 0] and alleles[two, 0]]
    if not typed:
        return None
    apart = [int(two[0] - one[0]) for one, two in typed if two[0] - one[0] == two[1] - one[1]]
    if not apart:
        return len(typed), 0, 0
    shift, count = max(Counter(apart).items(), key=lambda item: (item[1], -abs(item[0]), item[0]))
    return (len(typed), shift, count) if 2 * count > len(typed) else (len(typed), 0, 0)


def _differs_after_shift(
    one: Alleles, two: Alleles, place: int, labs: tuple[str, str], shifts: dict[tuple[str, str, int], _Shift]
) -> bool:
    return bool((one[place] + _shift_between(labs, place, shifts) != two[place]).any())


def _shift_between(labs: tuple[str, str], place: int, shifts: dict[tuple[str, str, int], _Shift]) -> int:
    """Return the shift of the second laboratory against the first at a locus; 0 = none is known."""
    there, back = shifts.get((labs[0], labs[1], place)), shifts.get((labs[1], labs[0], place))
    return there.shift if there else -back.shift if back else 0


def _loci(everything: _All) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    laboratories = sorted(set(everything.laboratories))
    for laboratory in (*(laboratories if len(laboratories) > 1 else ()), ALL_LABORATORIES):
        of_it = np.array([laboratory in (ALL_LABORATORIES, name) for name in everything.laboratories], dtype=bool)
        products = [1.0, 1.0]
        for place, locus in enumerate(everything.loci):
            alleles = everything.alleles[of_it, place]
            p = frequencies(alleles)
            typed = int((alleles[:, 0] != MISSING).sum())
            if not typed:
                continue
            products = [products[0] * pid(p), products[1] * pid_sib(p)]
            missing = int(of_it.sum()) - typed
            rows.append((redact(laboratory), redact(locus), typed, missing, len(p), pid(p), pid_sib(p)))
        rows.append((redact(laboratory), "", int(of_it.sum()), None, None, *products))
    return pd.DataFrame(rows, columns=list(LOCUS_COLUMNS)).astype({"missing": "Int64", "alleles": "Int64"})


def _shift_table(shifts: dict[tuple[str, str, int], _Shift]) -> pd.DataFrame:
    rows = [
        (
            redact(one.laboratory_a),
            redact(one.laboratory_b),
            redact(one.locus),
            one.samples,
            one.shift,
            one.samples_with_shift,
        )
        for one in shifts.values()
    ]
    return pd.DataFrame(rows, columns=list(SHIFT_COLUMNS))
